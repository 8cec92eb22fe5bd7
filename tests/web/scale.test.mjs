/** A pointer on a lab that its host draws at another scale. */
import assert from 'node:assert/strict';
import { coreModules } from '../../web/tools/core.mjs';
import { click, drag, frame, hostTest, hover, knobOf, kRaceTag, ready, textOf } from './host.mjs';
import { requireWeb } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

const axe = requireWeb('axe-core');
/** Labs with something to point at. */
const kAll = [
  kRaceTag,
  '<descent-lab id="network" lab="network" layers="3" size="40"></descent-lab>',
  `<descent-lab id="drawn" lab="network" layers="2" data='drawn(points="0.5,0.5,0; -0.5,-0.5,1")'></descent-lab>`,
  '<descent-lab id="function" lab="approximation" target="drawn"></descent-lab>',
  '<descent-lab id="attention" lab="attention"></descent-lab>',
  '<descent-lab id="heads" lab="transformer"></descent-lab>',
];
const known = (await coreModules()).flatMap((module) => module.labs.map(({ id }) => id));
const labs = kAll.filter((tag) => known.some((id) => tag.includes(` lab="${id}"`)));
const ids = labs.map((tag) => /id="(\w+)"/.exec(tag)?.[1] ?? '');

/** What is done with a pointer, and what comes of it; how far off its numbers may be. @type {Record<string, { on: string, act: (page: Page) => Promise<string>, off: number }>} */
const kHands = {
  'a click on the map': {
    on: 'race',
    off: 0.05,
    async act(page) {
      await click(page, ['#race .descent-plot-map', 0.75, 0.4]);
      return knobOf(page, 'race', 'start');
    },
  },
  'a drag on the map': {
    on: 'race',
    off: 0.05,
    async act(page) {
      await drag(page, ['#race .descent-plot-map', 0.3, 0.3], ['#race .descent-plot-map', 0.6, 0.7]);
      return knobOf(page, 'race', 'start');
    },
  },
  'the pointer over the map': {
    on: 'race',
    off: 0.05,
    async act(page) {
      await hover(page, ['#race .descent-plot-map', 0.25, 0.25]);
      return (await textOf(page, '#race .descent-plot-readout')).replace(/f .*/, '');
    },
  },
  'the pointer over curves': {
    on: 'race',
    off: 1,
    async act(page) {
      await hover(page, ['#race .descent-plot-curves', 0.5, 0.5]);
      return textOf(page, '#race .descent-plot-tip caption');
    },
  },
  'a click on a unit': {
    on: 'network',
    off: 0,
    async act(page) {
      await click(page, ['#network .network-diagram .descent-plot-canvas', await unitAcross(page), 0.5]);
      const text = /Layer \d+, unit \d+/i.exec(await textOf(page, '#network .network'))?.[0] ?? '';
      await page.keyboard.press('Escape');
      return text;
    },
  },
  'an example, placed and removed': {
    on: 'drawn',
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
    on: 'function',
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
    on: 'function',
    off: 0.1,
    async act(page) {
      await click(page, ['#function .approximation-hats', 0.5, 0.5]);
      return (await textOf(page, '#function .approximation-count')).replace(/.*·/, '');
    },
  },
  'a row of the attention map': {
    on: 'attention',
    off: 0,
    async act(page) {
      await click(page, ['#attention .attention-map .descent-plot-canvas', 0.5, 0.5]);
      return knobOf(page, 'attention', 't');
    },
  },
  'a head chosen': {
    on: 'heads',
    off: 0,
    async act(page) {
      await click(page, ['#heads .heads-grid .descent-plot-canvas', 0.9, 0.2]);
      return textOf(page, '#heads .heads-readout');
    },
  },
  'a cell of a head': {
    on: 'heads',
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

/** Those of the labs that there are. */
const hands = Object.entries(kHands).filter(([, { on }]) => ids.includes(on));

hostTest('a pointer means the same place at every scale of the host, in every plot', labs.join(''), async (page) => {
  for (const id of ids) await ready(page, id);
  const seen = async () => {
    const results = /** @type {Record<string, string>} */ ({});
    for (const [name, { act }] of hands) results[name] = await act(page);
    return results;
  };
  const plain = await seen();
  for (const [name, text] of Object.entries(plain)) assert.match(text, /\d/, name);
  for (const how of ['transform: scale(0.6)', 'transform: scale(1.5)', 'zoom: 0.6', 'zoom: 1.5']) {
    await page.locator('#slide').evaluate((slide, style) => slide.setAttribute('style', style), how);
    await frame(page);
    const scaled = await seen();
    for (const [name, { off }] of hands) {
      const numbers = (/** @type {string} */ text) => (text.replaceAll('−', '-').match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
      const [wanted, found] = [numbers(plain[name]), numbers(scaled[name])];
      const isNear = wanted.length === found.length && wanted.every((value, k) => Math.abs(value - found[k]) <= off);
      assert.ok(isNear, `${how}, ${name}: ${scaled[name]} for ${plain[name]}`);
    }
  }
});

hostTest('a click at three quarters of the map sets the x of three quarters, in a host of six tenths', kRaceTag, async (page) => {
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

hostTest('what has a name has a role that may have one', `${labs.join('')}<descent-lab id="race-none" lab="race" runners="momentum"></descent-lab>`, async (page) => {
  for (const id of [...ids, 'race-none']) await ready(page, id);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations, incomplete } = await /** @type {any} */ (window).axe.run(document, { runOnly: { type: 'rule', values: ['aria-allowed-attr', 'aria-prohibited-attr'] } });
    return [...violations, ...incomplete].flatMap((/** @type {any} */ rule) => rule.nodes.map((/** @type {any} */ node) => node.html));
  });
  assert.deepEqual(found, []);
});
