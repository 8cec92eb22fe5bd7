/** A lab in somebody else's page: drawn at another scale, beside keys that mean something there, resized. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { kSite } from '../../web/tools/paths.mjs';
import { openBrowser, openPage, requireWeb } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

const axe = requireWeb('axe-core');
const kHangs = { timeout: 180_000 };

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let site;
before(async () => { site = await openBrowser(); });
after(() => site.close());

/**
 * A page of someone else's with these elements in it, which must end without an error.
 * @param {string} name @param {string} body @param {(page: Page) => Promise<void>} act
 */
function hostTest(name, body, act) {
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
const frame = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** @param {Page} page @param {string} id */
async function ready(page, id) {
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
async function click(page, place) {
  await page.mouse.click(...(await placeIn(page, ...place)));
  await frame(page);
}
/** @param {Page} page @param {Place} place */
async function hover(page, place) {
  const [x, y] = await placeIn(page, ...place);
  await page.mouse.move(x - 3, y);
  await page.mouse.move(x, y);
  await frame(page);
}
/** @param {Page} page @param {Place} from @param {Place} to */
async function drag(page, from, to) {
  await page.mouse.move(...(await placeIn(page, ...from)));
  await page.mouse.down();
  await page.mouse.move(...(await placeIn(page, ...to)), { steps: 4 });
  await page.mouse.up();
  await frame(page);
}

/** @param {Page} page @param {string} id @param {string} key @returns {Promise<string>} */
const knobOf = (page, id, key) => page.locator(`#${id}`).evaluate((/** @type {any} */ lab, name) =>
  decodeURIComponent(new RegExp(`(?:^|&)${name}=([^&]*)`).exec(lab.getState().spec)?.[1] ?? ''), key);
/** @param {Page} page @param {string} selector */
const textOf = (page, selector) => page.locator(selector).first().evaluate((node) => node.textContent ?? '');

const kLabs = `
  <descent-lab id="race" lab="race" landscape="bowl(kappa=25)" runners="sgd(lr=0.03)" start="-3,1" t="100"></descent-lab>
  <descent-lab id="network" lab="network" layers="3" size="40"></descent-lab>
  <descent-lab id="drawn" lab="network" layers="2" data='drawn(points="0.5,0.5,0; -0.5,-0.5,1")'></descent-lab>
  <descent-lab id="function" lab="approximation" target="drawn"></descent-lab>
  <descent-lab id="attention" lab="attention"></descent-lab>
  <descent-lab id="heads" lab="transformer"></descent-lab>`;

/** What is done with a pointer, and what comes of it; how far off its numbers may be. @type {Record<string, { act: (page: Page) => Promise<string>, off: number }>} */
const kHands = {
  'a click on the map': {
    off: 0.05,
    async act(page) {
      await click(page, ['#race .descent-plot-map', 0.75, 0.4]);
      return knobOf(page, 'race', 'start');
    },
  },
  'a drag on the map': {
    off: 0.05,
    async act(page) {
      await drag(page, ['#race .descent-plot-map', 0.3, 0.3], ['#race .descent-plot-map', 0.6, 0.7]);
      return knobOf(page, 'race', 'start');
    },
  },
  'the pointer over the map': {
    off: 0.05,
    async act(page) {
      await hover(page, ['#race .descent-plot-map', 0.25, 0.25]);
      return (await textOf(page, '#race .descent-plot-readout')).replace(/f .*/, '');
    },
  },
  'the pointer over curves': {
    off: 1,
    async act(page) {
      await hover(page, ['#race .descent-plot-curves', 0.5, 0.5]);
      return textOf(page, '#race .descent-plot-tip caption');
    },
  },
  'a click on a unit': {
    off: 0,
    async act(page) {
      await click(page, ['#network .network-diagram .descent-plot-canvas', await unitAcross(page), 0.5]);
      const text = /Layer \d+, unit \d+/i.exec(await textOf(page, '#network .network'))?.[0] ?? '';
      await page.keyboard.press('Escape');
      return text;
    },
  },
  'an example, placed and removed': {
    off: 0.05,
    async act(page) {
      const was = await knobOf(page, 'drawn', 'data');
      await click(page, ['#drawn .network-surface .descent-plot-canvas', 0.3, 0.7]);
      const now = await knobOf(page, 'drawn', 'data');
      await click(page, ['#drawn .network-surface .descent-plot-canvas', 0.3, 0.7]);
      assert.equal(await knobOf(page, 'drawn', 'data'), was);
      return now;
    },
  },
  'a target drawn': {
    off: 0.1,
    async act(page) {
      const state = () => page.locator('#function').evaluate((/** @type {any} */ lab) => lab.getState().spec);
      const before = await state();
      await drag(page, ['#function .approximation-plot .descent-plot-canvas', 0.3, 0.6], ['#function .approximation-plot .descent-plot-canvas', 0.6, 0.4]);
      const drawn = await knobOf(page, 'function', 'drawing');
      // The axis follows what is drawn.
      await page.locator('#function').evaluate((/** @type {any} */ lab, spec) => lab.setState(spec), before);
      await frame(page);
      return drawn;
    },
  },
  'a hat chosen': {
    off: 0.1,
    async act(page) {
      await click(page, ['#function .approximation-hats', 0.5, 0.5]);
      return (await textOf(page, '#function .approximation-count')).replace(/.*·/, '');
    },
  },
  'a row of the attention map': {
    off: 0,
    async act(page) {
      await click(page, ['#attention .attention-map .descent-plot-canvas', 0.5, 0.5]);
      return knobOf(page, 'attention', 't');
    },
  },
  'a head chosen': {
    off: 0,
    async act(page) {
      await click(page, ['#heads .heads-grid .descent-plot-canvas', 0.9, 0.2]);
      return textOf(page, '#heads .heads-readout');
    },
  },
  'a cell of a head': {
    off: 0.01,
    async act(page) {
      await hover(page, ['#heads .heads-map .descent-plot-canvas', 0.3, 0.6]);
      return textOf(page, '#heads .heads-readout');
    },
  },
};

/** Where the hidden layer of the diagram stands: three units, one of them in the middle. @param {Page} page */
async function unitAcross(page) {
  const selector = '#network .network-diagram .descent-plot-canvas';
  for (let across = 0.3; across < 0.7; across += 0.04) {
    await hover(page, [selector, across, 0.5]);
    if (await page.locator(selector).evaluate((/** @type {any} */ node) => node.style.cursor === 'pointer')) return across;
  }
  return NaN;
}

hostTest('a pointer means the same place at every scale of the host, in every plot', kLabs, async (page) => {
  for (const id of ['race', 'network', 'drawn', 'function', 'attention', 'heads']) await ready(page, id);
  const seen = async () => {
    const results = /** @type {Record<string, string>} */ ({});
    for (const [name, { act }] of Object.entries(kHands)) results[name] = await act(page);
    return results;
  };
  const plain = await seen();
  for (const [name, text] of Object.entries(plain)) assert.match(text, /\d/, name);
  for (const how of ['transform: scale(0.6)', 'transform: scale(1.5)', 'zoom: 0.6', 'zoom: 1.5']) {
    await page.locator('#slide').evaluate((slide, style) => slide.setAttribute('style', style), how);
    await frame(page);
    const scaled = await seen();
    for (const [name, { off }] of Object.entries(kHands)) {
      const numbers = (/** @type {string} */ text) => (text.replaceAll('−', '-').match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
      const [wanted, found] = [numbers(plain[name]), numbers(scaled[name])];
      const isNear = wanted.length === found.length && wanted.every((value, k) => Math.abs(value - found[k]) <= off);
      assert.ok(isNear, `${how}, ${name}: ${scaled[name]} for ${plain[name]}`);
    }
  }
});

hostTest('a click at three quarters of the map sets the x of three quarters, in a host of six tenths', kLabs.split('\n')[1], async (page) => {
  await ready(page, 'race');
  const x = async (/** @type {number} */ across) => {
    await click(page, ['#race .descent-plot-map', across, 0.5]);
    return Number((await knobOf(page, 'race', 'start')).split(',')[0]);
  };
  // The map is linear: what lies between a tenth and nine tenths is known from these two, unscaled.
  const [low, high] = [await x(0.1), await x(0.9)];
  assert.ok(high > low);
  await page.locator('#slide').evaluate((slide) => slide.setAttribute('style', 'transform: scale(0.6)'));
  assert.ok(Math.abs((await x(0.75)) - (low + (0.65 / 0.8) * (high - low))) < 0.02 * (high - low));
});

hostTest('arcs end at their words at every scale of the host', '<descent-lab id="attention" lab="attention" t="7"></descent-lab>', async (page) => {
  await ready(page, 'attention');
  /** The middle of what is drawn at the foot of the arcs, against the middle of the query's word, in px of the lab. */
  const away = () => page.locator('#attention').evaluate((/** @type {any} */ lab) => {
    const canvas = lab.shadowRoot.querySelector('.token-arcs canvas');
    const word = lab.shadowRoot.querySelector('.token.is-query').getBoundingClientRect();
    const box = canvas.getBoundingClientRect();
    const y = canvas.height - Math.round((5 * canvas.height) / canvas.offsetHeight);
    const copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = /** @type {CanvasRenderingContext2D} */ (copy.getContext('2d', { willReadFrequently: true }));
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, y, canvas.width, 1);
    const inked = [...Array(canvas.width).keys()].filter((i) => data[4 * i + 3] > 128);
    const foot = (canvas.width * (word.left + word.width / 2 - box.left)) / box.width;
    return (Math.min(...inked.map((i) => Math.abs(i - foot))) * canvas.offsetWidth) / canvas.width;
  });
  for (const how of ['', 'transform: scale(0.6)', 'transform: scale(1.5)']) {
    await page.locator('#slide').evaluate((slide, style) => slide.setAttribute('style', style), how);
    await page.locator('#attention').evaluate((/** @type {any} */ lab) => { lab.step(-1); lab.step(1); });
    await frame(page);
    assert.ok((await away()) < 6, how);
  }
});

hostTest('a menu opens at its button in a zoomed host', kLabs.split('\n')[1], async (page) => {
  await ready(page, 'race');
  for (const how of ['zoom: 0.6', 'zoom: 1.5']) {
    await page.locator('#slide').evaluate((slide, style) => slide.setAttribute('style', style), how);
    const add = page.locator('#race').getByRole('button', { name: 'Presets' });
    await add.click();
    const [button, menu] = [await rectOf(add), await rectOf(page.locator('#race').getByRole('menu', { name: 'Presets' }))];
    assert.ok(menu.left <= button.right && menu.right >= button.left, JSON.stringify([how, button, menu]));
    assert.ok(Math.abs(menu.top - button.bottom) < 10, JSON.stringify([how, button, menu]));
    await page.keyboard.press('Escape');
  }
});

/** @param {import('playwright-core').Locator} locator */
const rectOf = (locator) => locator.evaluate((node) => {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  return { left, right, top, bottom };
});

hostTest('a host hears the keys that nothing in a lab has used, and no other', `${kLabs.split('\n')[1]}<descent-lab id="attention" lab="attention"></descent-lab>`, async (page) => {
  await ready(page, 'attention');
  await ready(page, 'race');
  const heard = () => page.evaluate(() => /** @type {any} */ (window).heard.keys.splice(0));
  const lab = page.locator('#race');
  const press = async (/** @type {import('playwright-core').Locator} */ where, /** @type {string[]} */ ...keys) => {
    await where.focus();
    for (const key of keys) await page.keyboard.press(key);
    return heard();
  };
  const map = lab.locator('.descent-plot-map');
  const play = lab.getByRole('button', { name: /^(Play|Pause)$/ });
  const stepOf = async () => Number(await lab.getByRole('slider', { name: 'Step' }).inputValue());
  await press(lab.locator('.lab'), 'Home');
  assert.deepEqual(await press(map, ' '), []);
  await lab.getByRole('button', { name: 'Pause' }).waitFor();
  assert.deepEqual(await press(map, ' ', 'ArrowLeft', 'ArrowUp', 'Home', 'End', 'r'), []);
  assert.deepEqual(await press(map, 'n', 'PageDown', 'Control+ArrowRight'), ['n', 'PageDown', 'Control', 'ArrowRight']);
  assert.deepEqual(await press(play, 'Enter', 'Enter', ' ', ' '), []);
  assert.deepEqual(await press(play, 'b'), ['b']);
  assert.deepEqual(await press(lab.getByRole('slider', { name: 'Step' }), 'ArrowRight', 'ArrowDown', 'PageUp', 'End'), []);
  assert.deepEqual(await press(lab.locator('.runner-knobs input[type=text]').first(), 'f', 'Backspace', 'ArrowUp', 'ArrowRight', ' ', 'Escape'), []);
  assert.deepEqual(await press(lab.locator('.runner-knobs input[type=range]').first(), 'ArrowUp', 'PageDown', 'm'), ['m']);
  assert.deepEqual(await press(lab.locator('summary:visible').first(), ' ', 'Enter'), []);
  assert.deepEqual(await press(lab.locator('select').first(), 'ArrowDown', 'h'), []);
  assert.deepEqual(await press(lab.getByRole('tab').first(), 'ArrowRight', 'Home'), []);
  assert.deepEqual(await press(lab.getByRole('tab').first(), 'Tab'), ['Tab']);

  await lab.getByRole('button', { name: 'Fill the window' }).click();
  assert.deepEqual(await press(map, 'Escape', 'Escape'), ['Escape'], 'the first leaves the full window');

  const attention = page.locator('#attention');
  const [before, choices] = [await knobOf(page, 'attention', 't'), attention.getByRole('radiogroup', { name: 'The map shows' })];
  assert.deepEqual(await press(choices.getByRole('radio').first(), 'ArrowRight'), []);
  assert.equal(await choices.getByRole('radio').last().isChecked(), true);
  assert.equal(await knobOf(page, 'attention', 't'), before, 'an arrow key on a choice is no step');
  assert.ok((await stepOf()) >= 0);
});

hostTest('nothing of a resize reaches the error handler of the host', '<descent-lab id="attention" lab="attention"></descent-lab>', async (page) => {
  await ready(page, 'attention');
  for (const width of [800, 560, 540, 700, 330, 1000, 575, 559, 561, 480, 800]) {
    await page.locator('#slide').evaluate((slide, px) => { slide.style.width = `${px}px`; }, width);
    await frame(page);
  }
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).heard.errors), []);
});

hostTest('what has a name has a role that may have one', `${kLabs}<descent-lab id="race-none" lab="race" runners="momentum"></descent-lab>`, async (page) => {
  for (const id of ['race', 'network', 'drawn', 'function', 'attention', 'heads', 'race-none']) await ready(page, id);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations, incomplete } = await /** @type {any} */ (window).axe.run(document, { runOnly: { type: 'rule', values: ['aria-allowed-attr', 'aria-prohibited-attr'] } });
    return [...violations, ...incomplete].flatMap((/** @type {any} */ rule) => rule.nodes.map((/** @type {any} */ node) => node.html));
  });
  assert.deepEqual(found, []);
});

test('the page opened from disk says why no lab runs, and none of it where it is served', kHangs, async () => {
  const sentence = /from disk/;
  const { page, close } = await openPage(site.browser, 'file://');
  await page.goto(pathToFileURL(join(kSite, 'index.html')).href);
  const told = page.getByText(sentence);
  await told.waitFor();
  await told.getByRole('link').first().click();
  await page.waitForURL(/standalone\/race\.html$/);
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await page.goto(site.origin);
  await page.locator('descent-lab').first().getByRole('button', { name: 'Play', exact: true }).waitFor();
  assert.equal(await page.getByText(sentence).isVisible(), false);
  await close();
});

test('the notices and every standalone file are linked', async () => {
  const linked = async (/** @type {string} */ page) =>
    [...(await readFile(join(kSite, page), 'utf8')).matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href);
  for (const page of ['index.html', 'reference.html']) assert.ok((await linked(page)).includes('NOTICES.txt'), page);
  const links = await linked('index.html');
  for (const file of await readdir(join(kSite, 'standalone'))) assert.ok(links.includes(`standalone/${file}`), file);
});
