/** What tests in a page share: the site in a browser, a page for each test, and the parts of a lab in it. */
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { openBrowser, openPage, requireWeb } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Lab */

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
export let site;
before(async () => { site = await openBrowser(); });
after(() => site.close());

const axe = requireWeb('axe-core');
/** Not a bar: a page that never gets there must end some time. */
export const kHangs = { timeout: 180_000 };

/**
 * A test in a page of its own, which must end without an error and without a request elsewhere.
 * @param {string} name
 * @param {(page: Page, requests: string[]) => Promise<void>} body
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export function pageTest(name, body, options) {
  test(name, kHangs, async () => {
    const { page, faults, requests, close } = await openPage(site.browser, site.origin, options);
    try {
      await body(page, requests);
      assert.deepEqual(faults, []);
    } finally {
      await close();
    }
  });
}

/** Our own page, where its first lab has opened. @param {Page} page @param {string} path */
export async function open(page, path = '') {
  await page.goto(`${site.origin}/${path}`);
  await labIn(page).scrollIntoViewIfNeeded();
  await ready(page);
}

/** A page of someone else's, with these elements in it. @param {Page} page @param {string} body */
export async function embed(page, body) {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Notes</title><link rel="icon" href="data:,">
    <script type="module" src="js/element.js"></script><main><h1>Notes</h1><h2>A lab</h2>${body}</main></html>`;
  await page.unroute(`${site.origin}/notes.html`);
  await page.route(`${site.origin}/notes.html`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${site.origin}/notes.html`);
}

/** The same with one lab, which has opened. @param {Page} page @param {string} attributes */
export async function embedLab(page, attributes) {
  await embed(page, `<descent-lab ${attributes}></descent-lab>`);
  await ready(page);
  return labIn(page);
}

/** The lab itself, or the first of a page. @param {Page | Lab} at @returns {Lab} */
export const labIn = (at) => ('goto' in at ? at.locator('descent-lab').first() : at);

/** @param {Page | Lab} at @param {string} name */
export const button = (at, name) => labIn(at).getByRole('button', { name, exact: true });

/** @param {Page | Lab} at */
export const scrubber = (at) => labIn(at).locator('.scrubber');

/** @param {Page | Lab} at */
export const ready = (at) => button(at, 'Play').waitFor();

/** @param {Page | Lab} at @returns {Promise<string>} */
export const stateOf = (at) => labIn(at).evaluate((/** @type {any} */ lab) => lab.getState().spec);

/** @param {Page | Lab} at */
export const stepOf = async (at) => Number(await scrubber(at).inputValue());

/** @param {Page | Lab} at */
export const statusOf = (at) => labIn(at).locator('.status-live').innerText();

/**
 * Looks once a frame; the page's policy forbids the eval inside Playwright's own waitForFunction.
 * @template T
 * @param {Page | Lab} at
 * @param {() => Promise<T>} look
 * @param {(seen: T) => boolean} holds
 */
export async function until(at, look, holds) {
  let seen = await look();
  while (!holds(seen)) {
    await /** @type {Page} */ (at).evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    seen = await look();
  }
  return seen;
}

/** @param {Page | Lab} at @param {(step: number) => boolean} holds */
export const untilStep = (at, holds) => until(at, () => stepOf(at), holds);

/** What axe finds in the page as it stands. @param {Page} page @returns {Promise<string[]>} */
export async function violations(page) {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations: found } = await /** @type {any} */ (window).axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return found.flatMap((/** @type {any} */ rule) => rule.nodes.map((/** @type {any} */ node) => `${rule.id}: ${node.target.flat().join(' ')}: ${node.failureSummary}`));
  });
}

/** A race of two on a bowl, as a spec. */
export const kRace = 'lab=race&landscape=bowl(kappa=25)&runners=sgd(lr=0.03),adam(lr=0.05)&start=-3,1';

/** A spec as attributes of an element. @param {string} spec */
export const attributes = (spec) => spec.split('&').map((pair) => pair.replace(/=(.*)/, '="$1"')).join(' ');
