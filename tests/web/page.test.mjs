import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { kSite } from '../../web/tools/paths.mjs';
import { openBrowser, openPage, requireWeb, standaloneFile } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let site;
before(async () => { site = await openBrowser(); });
after(() => site.close());

const axe = requireWeb('axe-core');
/** Not a bar: a page that never gets there must end some time. */
const kHangs = { timeout: 180_000 };
const kRace = 'lab=race&landscape=bowl(kappa=25)&runners=sgd(lr=0.03),adam(lr=0.05)&start=-3,1';

/**
 * A test in a page of its own, which must end without an error and without a request elsewhere.
 * @param {string} name
 * @param {(page: Page, requests: string[]) => Promise<void>} body
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
function pageTest(name, body, options) {
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

/** @param {Page} page @param {string} path */
async function open(page, path = '') {
  await page.goto(`${site.origin}/${path}`);
  await firstLab(page).scrollIntoViewIfNeeded();
  await ready(page);
}

/**
 * A page of someone else's, with these elements in it.
 * @param {Page} page
 * @param {string} body
 */
async function embed(page, body) {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Notes</title><link rel="icon" href="data:,">
    <script type="module" src="js/element.js"></script><main><h1>Notes</h1><h2>A lab</h2>${body}</main></html>`;
  await page.route(`${site.origin}/notes.html`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${site.origin}/notes.html`);
}

const firstLab = (/** @type {Page} */ page) => page.locator('descent-lab').first();
const button = (/** @type {Page} */ page, /** @type {string} */ name) => firstLab(page).getByRole('button', { name, exact: true });
const scrubber = (/** @type {Page} */ page) => firstLab(page).getByRole('slider', { name: /^(Step|Epoch|Measurement|Query|Update)$/ });

/** @param {Page} page */
async function ready(page) {
  await button(page, 'Play').waitFor();
}

/** @param {Page} page @returns {Promise<string>} */
const stateOf = (page) => firstLab(page).evaluate((/** @type {any} */ lab) => lab.getState().spec);

/** @param {Page} page */
const stepOf = async (page) => Number(await scrubber(page).inputValue());

/**
 * Looks once a frame; the page's policy forbids the eval inside Playwright's own waitForFunction.
 * @template T
 * @param {Page} page
 * @param {() => Promise<T>} look
 * @param {(seen: T) => boolean} holds
 */
async function until(page, look, holds) {
  while (!holds(await look())) await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
}

/**
 * @param {Page} page
 * @param {(step: number) => boolean} holds
 */
const untilStep = (page, holds) => until(page, () => stepOf(page), holds);

pageTest('the page runs a race, and pauses it', async (page) => {
  await open(page);
  assert.equal(await stepOf(page), 0, 'nothing runs by itself');
  await button(page, 'Play').click();
  await untilStep(page, (step) => step >= 5);
  await button(page, 'Pause').click();
  const frames = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await frames(); // what was computed before the pause is drawn
  const stopped = await stepOf(page);
  await frames();
  assert.equal(await stepOf(page), stopped);
});

pageTest('every control of the player works by mouse', async (page) => {
  await open(page);
  for (let i = 0; i < 3; i++) await button(page, 'One step forward').click();
  await untilStep(page, (step) => step === 3);
  await button(page, 'One step back').click();
  await untilStep(page, (step) => step === 2);
  const box = await scrubber(page).boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await untilStep(page, (step) => step > 10);
  await button(page, 'Reset').click();
  await untilStep(page, (step) => step === 0);
});

pageTest('on a phone of any width the player has two rows: where it is, then what to press', async (page) => {
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  for (const width of [320, 375, 390, 414, 430, 500]) {
    await page.setViewportSize({ width, height: 800 });
    const middles = await firstLab(page).evaluate((lab) =>
      ['.scrubber-box', '.player-step', '.player-buttons', '.player-speed'].map((part) => {
        const { top, bottom } = /** @type {HTMLElement} */ (lab.shadowRoot?.querySelector(part)).getBoundingClientRect();
        return (top + bottom) / 2;
      }));
    const [scrubber, count, buttons, speed] = middles;
    assert.ok(Math.abs(scrubber - count) < 8 && Math.abs(buttons - speed) < 8 && buttons > scrubber + 16, `${width} px: ${middles}`);
  }
});

pageTest('a limit beyond the slider has no mark on it', async (page) => {
  // 2/L is 0.2 on a bowl of curvature 10, and 20 on one of curvature 0.1, which the slider does not reach.
  const marks = async (/** @type {string} */ formula) => {
    await embed(page, `<descent-lab lab="race" landscape='custom(f="${formula}")' runners="sgd(lr=0.1)" start="1,1"></descent-lab>`);
    await ready(page);
    return firstLab(page).locator('.slider-mark').count();
  };
  assert.equal(await marks('5*x^2+5*y^2'), 1);
  assert.equal(await marks('0.05*x^2+0.05*y^2'), 0);
});

pageTest('every control of the player works by keyboard', async (page) => {
  await open(page);
  await scrubber(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await untilStep(page, (step) => step === 2);
  await page.keyboard.press('ArrowLeft');
  await untilStep(page, (step) => step === 1);
  await page.keyboard.press('Space');
  await untilStep(page, (step) => step >= 5);
  await page.keyboard.press('Space');
  await button(page, 'Play').waitFor();
  await page.keyboard.press('End');
  await untilStep(page, (step) => step > 50);
  await page.keyboard.press('r');
  await untilStep(page, (step) => step === 0);
  await page.keyboard.press('?');
  await firstLab(page).getByText('play or pause').waitFor();
});

pageTest('a number field turns a knob, and says what is wrong with a bad value', async (page) => {
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  const field = firstLab(page).locator('.field-number, .field-integer').first();
  const input = field.locator('input[type=text]');
  const before = await stateOf(page);
  await input.fill('nonsense');
  await input.press('Enter');
  await field.getByRole('alert').waitFor();
  assert.match(await field.getByRole('alert').innerText(), /nonsense/);
  assert.equal(await stateOf(page), before);
  await input.press('Escape');
  await input.press('ArrowUp');
  assert.notEqual(await stateOf(page), before);
});

pageTest('a click on the map moves the start', async (page) => {
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  const before = await stateOf(page);
  const map = firstLab(page).locator('[part~=plot] canvas').last();
  const box = await map.boundingBox();
  assert.ok(box);
  await map.click({ position: { x: box.width * 0.7, y: box.height * 0.4 } });
  await until(page, () => stateOf(page), (state) => state !== before);
  assert.match(await stateOf(page), /start=/);
});

pageTest('the state survives a reload by the URL', async (page) => {
  await open(page);
  await button(page, 'One step forward').click();
  await button(page, 'One step forward').click();
  await untilStep(page, (step) => step === 2);
  const before = await stateOf(page);
  await until(page, async () => page.url(), (url) => url.includes('t=2'));
  await page.reload();
  await firstLab(page).scrollIntoViewIfNeeded();
  await ready(page);
  await untilStep(page, (step) => step === 2);
  assert.equal(await stateOf(page), before);
});

pageTest('a link opens the state it carries', async (page) => {
  await open(page, `#${kRace}&t=7`);
  await untilStep(page, (step) => step === 7);
  const state = await stateOf(page);
  for (const part of ['kappa=25', 'sgd(lr=0.03)', 'adam(lr=0.05)']) assert.ok(decodeURIComponent(state).includes(part), state);
});

pageTest('an unknown key or value is told in the element', async (page) => {
  await embed(page, '<descent-lab lab="race" runners="no-such-runner"></descent-lab>');
  await firstLab(page).getByText('no-such-runner').waitFor();
  await embed(page, '<descent-lab lab="race" no-such-knob="1"></descent-lab>');
  await firstLab(page).getByText('noSuchKnob').waitFor();
  await embed(page, '<descent-lab lab="no-such-lab"></descent-lab>');
  await firstLab(page).getByText('no-such-lab').waitFor();
});

pageTest('ten labs share one engine, and do no work while idle', async (page, requests) => {
  await page.addInitScript(() => {
    const ask = window.requestAnimationFrame.bind(window);
    Object.assign(window, { framesAsked: 0 });
    window.requestAnimationFrame = (callback) => {
      /** @type {any} */ (window).framesAsked += 1;
      return ask(callback);
    };
  });
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`.repeat(10));
  for (let i = 0; i < 10; i++) {
    await page.locator('descent-lab').nth(i).scrollIntoViewIfNeeded();
    await page.locator('descent-lab').nth(i).getByRole('button', { name: 'Play', exact: true }).waitFor();
  }
  const settled = () => page.evaluate(async () => {
    // An idle period: whatever was due has been done.
    await new Promise((done) => requestIdleCallback(done));
    await new Promise((done) => setTimeout(done, 200));
    return /** @type {any} */ (window).framesAsked;
  });
  await settled();
  assert.equal(await settled(), await settled());
  assert.equal(requests.filter((url) => url.endsWith('.wasm')).length, 1);
});

pageTest('a page loads the part of the core that its labs need, and another when a state asks for it', async (page, requests) => {
  const loaded = () => requests.filter((url) => url.endsWith('.wasm')).map((url) => url.replace(/.*\//, ''));
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  assert.deepEqual(loaded(), ['descent.wasm']);
  await page.evaluate(() => /** @type {any} */ (document.querySelector('descent-lab')).setState('lab=network'));
  await scrubber(page).waitFor();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('descent-lab')).getState().spec.startsWith('lab=network'));
  assert.deepEqual(loaded(), ['descent.wasm', 'descent-networks.wasm']);
  await page.evaluate(() => /** @type {any} */ (document.querySelector('descent-lab')).setState('lab=no-such-lab'));
  await firstLab(page).getByText('lab must be one of decay, moments, race, schedules, deep-linear').waitFor();
});

pageTest('nothing is loaded for a lab that is far from the viewport', async (page, requests) => {
  await embed(page, `<div class="far"></div><descent-lab ${attributes(kRace)}></descent-lab>`.replace('<div', '<div style="height:10000px"'));
  await page.waitForLoadState('networkidle');
  assert.equal(requests.filter((url) => url.endsWith('.wasm')).length, 0);
  await firstLab(page).scrollIntoViewIfNeeded();
  await ready(page);
});

pageTest('nothing on the page jumps while it loads or runs', async (page) => {
  await page.addInitScript(() => {
    Object.assign(window, { shifts: [] });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) /** @type {any} */ (window).shifts.push(/** @type {any} */ (entry).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await open(page);
  await button(page, 'Play').click();
  await untilStep(page, (step) => step >= 20);
  await button(page, 'Pause').click();
  const shift = await page.evaluate(() => /** @type {any} */ (window).shifts.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0));
  assert.ok(shift < 0.001, `layout shift ${shift}`);
});

pageTest('Tune, by keyboard: a chart that grows, a choice of rates, and a race with them', async (page) => {
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  const before = await stateOf(page);
  const focused = () => firstLab(page).evaluate((/** @type {any} */ lab) => lab.shadowRoot.activeElement?.textContent ?? '');
  await button(page, 'Tune').focus();
  await page.keyboard.press('Enter');
  const use = button(page, 'Use these and race');
  await use.waitFor();
  assert.equal(await focused(), 'Use these and race');
  assert.match(await firstLab(page).locator('.task [role=status]').innerText(), /^Tune is done\. Lowest: sgd [^,]+, adam /);
  assert.equal(await firstLab(page).locator('.task canvas').count(), 1);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await use.waitFor({ state: 'hidden' });
  assert.equal(await focused(), 'Tune');
  assert.equal(await stateOf(page), before, 'Escape keeps what was there');

  await page.keyboard.press('Enter');
  await use.waitFor();
  await page.keyboard.press('Enter');
  await button(page, 'Pause').waitFor();
  await untilStep(page, (step) => step >= 2);
  await page.keyboard.press('Space');
  await button(page, 'Play').waitFor();
  const runners = (/** @type {string} */ state) => /runners=([^&]*)/.exec(state)?.[1];
  assert.notEqual(runners(await stateOf(page)), runners(before));
  await button(page, 'Undo').click();
  await until(page, () => stateOf(page), (state) => runners(state) === runners(before));
});

pageTest('Tune is cancelled by Escape while it works, and ends when a knob is turned', async (page) => {
  // Long runs, so that there is time to press a key.
  await embed(page, '<descent-lab lab="race" problem="logistic" steps="3000"></descent-lab>');
  await ready(page);
  const cancel = button(page, 'Cancel');
  const tune = async () => {
    await button(page, 'Tune').click();
    await cancel.waitFor();
  };
  await tune();
  assert.equal(await button(page, 'Play').isDisabled(), true);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await cancel.waitFor({ state: 'hidden' });
  await firstLab(page).getByText('Tune was cancelled.').waitFor();
  await tune();
  await firstLab(page).locator('.runner-knobs input[type=text]').first().press('ArrowUp');
  await cancel.waitFor({ state: 'hidden' });
  await firstLab(page).getByText('Tune has ended').waitFor();
});

pageTest('a formula with an error says in which column, keeps what was typed, and is mended', async (page) => {
  await embed(page, '<descent-lab lab="race" landscape="custom"></descent-lab>');
  await ready(page);
  const field = firstLab(page).locator('[data-knob=f]');
  const input = field.locator('input');
  const before = await stateOf(page);
  await input.fill('x^2 + * y');
  await input.press('Enter');
  await field.getByRole('alert').waitFor();
  assert.match(await field.getByRole('alert').innerText(), /column 7/);
  assert.deepEqual(await violations(page), []);
  await input.press('Tab');
  assert.equal(await input.inputValue(), 'x^2 + * y');
  assert.equal(await stateOf(page), before);
  await input.fill('x^2 + 3*y^2');
  await input.press('Tab');
  await field.getByRole('alert').waitFor({ state: 'hidden' });
  assert.match(decodeURIComponent(await stateOf(page)), /landscape=custom\(f="x\^2 \+ 3\*y\^2"\)/);
  assert.equal(await input.inputValue(), 'x^2 + 3*y^2');
});

pageTest('a problem without a surface shows its curves and no map, and gives the map back', async (page) => {
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  const before = await stateOf(page);
  const plot = firstLab(page).locator('[part~=plot]');
  const curves = firstLab(page).locator('[part~=curves]');
  const problem = firstLab(page).getByRole('combobox', { name: 'Problem' });
  const surface = firstLab(page).getByRole('combobox', { name: 'Surface' });
  const small = await curves.boundingBox();
  await problem.selectOption('least-squares');
  await plot.waitFor({ state: 'hidden' });
  assert.equal(await plot.locator('canvas').count(), 0);
  assert.equal(await surface.isVisible(), false);
  await firstLab(page).getByText('no map to point at').waitFor();
  const large = await curves.boundingBox();
  assert.ok(small && large && large.width > small.width && large.height > small.height, JSON.stringify([small, large]));
  assert.deepEqual(await violations(page), []);
  await button(page, 'Play').click();
  await untilStep(page, (step) => step >= 5);
  await problem.selectOption('none');
  await plot.locator('canvas').first().waitFor();
  assert.equal(await surface.isVisible(), true);
  await button(page, 'Pause').click();
  await button(page, 'Reset').click();
  await until(page, () => stateOf(page), (state) => state === before);
});

const kScreens = { desktop: { viewport: { width: 1280, height: 720 } }, phone: { viewport: { width: 375, height: 640 }, hasTouch: true, isMobile: true } };
for (const [screen, options] of Object.entries(kScreens)) {
  pageTest(`the menu of runners fits the window, is typed into, and adds one: ${screen}`, async (page) => {
    await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
    await ready(page);
    await button(page, 'Add').focus();
    await page.keyboard.press('Enter');
    const menu = firstLab(page).getByRole('menu', { name: 'Add a runner' });
    await menu.waitFor();
    const box = await menu.boundingBox();
    const { width, height } = options.viewport;
    assert.ok(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height, JSON.stringify(box));
    assert.deepEqual(await violations(page), []);
    const focused = () => firstLab(page).evaluate((/** @type {any} */ lab) => {
      const item = lab.shadowRoot.activeElement;
      const [inner, outer] = [item, item.closest('.menu-scroll')].map((node) => node.getBoundingClientRect());
      return { text: item.querySelector('.menu-label').textContent, isSeen: inner.top >= outer.top && inner.bottom <= outer.bottom };
    });
    await page.keyboard.type('newt');
    assert.deepEqual(await focused(), { text: 'Newton', isSeen: true });
    await page.keyboard.press('End');
    assert.equal((await focused()).isSeen, true);
    await page.keyboard.press('Home');
    assert.equal((await focused()).isSeen, true);
    await menu.getByRole('menuitem', { name: /^Nesterov/ }).focus();
    await page.keyboard.press('Enter');
    await until(page, () => stateOf(page), (state) => /runners=[^&]*nesterov/.test(state));
  }, options);
}

pageTest('a problem may be opened without controls for it', async (page) => {
  await embed(page, '<descent-lab lab="race" problem="least-squares" hide="curves"></descent-lab>');
  await ready(page);
  await firstLab(page).locator('[part~=plot] canvas').waitFor();
});

/** @type {Record<string, import('playwright-core').BrowserContextOptions>} */
const kLooks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { forcedColors: 'active' },
  '320 px': { viewport: { width: 320, height: 640 } },
  'reduced motion': { reducedMotion: 'reduce' },
};
for (const [look, options] of Object.entries(kLooks)) {
  pageTest(`axe finds nothing on the page, paused or running: ${look}`, async (page) => {
    await open(page);
    assert.deepEqual(await violations(page), []);
    await button(page, 'Play').click();
    await untilStep(page, (step) => step >= 5);
    assert.deepEqual(await violations(page), []);
  }, options);
}

/**
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function violations(page) {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations: found } = await /** @type {any} */ (window).axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return found.flatMap((/** @type {any} */ rule) => rule.nodes.map((/** @type {any} */ node) => `${rule.id}: ${node.target.flat().join(' ')}: ${node.failureSummary}`));
  });
}

for (const file of await readdir(`${kSite}/standalone`)) {
  const lab = file.replace('.html', '');
  test(`standalone/${file} runs from disk, alone`, kHangs, async () => {
    const url = pathToFileURL(standaloneFile(lab)).href;
    const { page, faults, requests, close } = await openPage(site.browser, 'file://', {});
    await page.goto(url);
    await ready(page);
    await button(page, 'Play').click();
    await untilStep(page, (step) => step >= 5);
    await button(page, 'Pause').click();
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(requests.filter((request) => !/^(?:data|blob):/.test(request)), [url]);
    assert.deepEqual(faults, []);
    await close();
  });
}

/**
 * A spec as attributes of an element.
 * @param {string} spec
 */
function attributes(spec) {
  return spec.split('&').map((pair) => pair.replace(/=(.*)/, '="$1"')).join(' ');
}
