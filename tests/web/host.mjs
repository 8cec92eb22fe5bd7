/** A lab in somebody else's page: what is done there with a pointer, and what that page hears. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { kHangs, site } from './in-page.mjs';
import { openPage } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * A page of someone else's with these elements in it, which must end without an error.
 * @param {string} name @param {string} body @param {(page: Page) => Promise<void>} act
 */
export function hostTest(name, body, act) {
  test(name, kHangs, async () => {
    const { page, faults, close } = await openPage(site.browser, site.origin, { viewport: { width: 1280, height: 900 } });
    // What a host hears: keys, and what reaches its error handler.
    await page.addInitScript(() => {
      const heard = { keys: /** @type {string[]} */ ([]), errors: /** @type {string[]} */ ([]) };
      Object.assign(window, { heard });
      document.addEventListener('keydown', ({ key }) => heard.keys.push(key));
      window.addEventListener('error', ({ message }) => heard.errors.push(message));
    });
    await page.route(`${site.origin}/notes.html`, (route) => route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes</title><link rel="icon" href="data:,">
        <style>body { margin: 0 } #slide { width: 800px; transform-origin: 0 0 }</style>
        <script type="module" src="js/element.js"></script><main id="slide">${body}</main></html>`,
    }));
    await page.goto(`${site.origin}/notes.html`);
    try {
      await act(page);
      assert.deepEqual(faults, []);
    } finally {
      await close();
    }
  });
}

/** @param {Page} page */
export const frame = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** @param {Page} page @param {string} id */
export async function ready(page, id) {
  await page.locator(`#${id}`).scrollIntoViewIfNeeded();
  await page.locator(`#${id}`).getByRole('button', { name: 'Play', exact: true }).waitFor();
  await frame(page);
}

/**
 * A place in an element, by shares of its width and height, where it is on the screen.
 * @param {Page} page @param {string} selector @param {number} across @param {number} down
 */
async function placeIn(page, selector, across, down) {
  const element = page.locator(selector).first();
  await element.scrollIntoViewIfNeeded();
  return element.evaluate((node, [fx, fy]) => {
    const at = node.getBoundingClientRect();
    if (at.top + fy * at.height > window.innerHeight - 20) window.scrollBy(0, at.top + fy * at.height - window.innerHeight / 2);
    if (at.top + fy * at.height < 20) window.scrollBy(0, at.top + fy * at.height - window.innerHeight / 2);
    const { left, top, width, height } = node.getBoundingClientRect();
    return /** @type {[number, number]} */ ([left + fx * width, top + fy * height]);
  }, [across, down]);
}

/** @typedef {[string, number, number]} Place */
/** @param {Page} page @param {Place} place */
export async function click(page, place) {
  await page.mouse.click(...(await placeIn(page, ...place)));
  await frame(page);
}
/** @param {Page} page @param {Place} place */
export async function hover(page, place) {
  const [x, y] = await placeIn(page, ...place);
  await page.mouse.move(x - 3, y);
  await page.mouse.move(x, y);
  await frame(page);
}
/** @param {Page} page @param {Place} from @param {Place} to */
export async function drag(page, from, to) {
  await page.mouse.move(...(await placeIn(page, ...from)));
  await page.mouse.down();
  await page.mouse.move(...(await placeIn(page, ...to)), { steps: 4 });
  await page.mouse.up();
  await frame(page);
}

/** @param {Page} page @param {string} id @param {string} key @returns {Promise<string>} */
export const knobOf = (page, id, key) => page.locator(`#${id}`).evaluate((/** @type {any} */ lab, name) =>
  decodeURIComponent(new RegExp(`(?:^|&)${name}=([^&]*)`).exec(lab.getState().spec)?.[1] ?? ''), key);
/** @param {Page} page @param {string} selector */
export const textOf = (page, selector) => page.locator(selector).first().evaluate((node) => node.textContent ?? '');

/** A race on a bowl. */
export const kRaceTag = '<descent-lab id="race" lab="race" landscape="bowl(kappa=25)" runners="sgd(lr=0.03)" start="-3,1" t="100"></descent-lab>';
