/**
 * What a reader sees must not hang on the letters a machine has, or on their size: every lab of the
 * page in two families of fonts, from a phone to a desktop. Text counts as cut where it passes the
 * edge of a box that clips or scrolls sideways, or where a field or a choice is too small for it.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { shortNames } from '../../web/js/plots/short-names.js';
import { kWeb } from '../../web/tools/paths.mjs';
import { openBrowser, openEngines, openPage, requireWeb } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let site;
before(async () => { site = await openBrowser(); });
after(() => site.close());

const kHangs = { timeout: 300_000 };
const kWidths = [320, 375, 520, 600, 768, 820, 900, 1024, 1100, 1280, 1440];

const kDejaVu = 'dejavu-fonts-ttf/ttf';
const kInter = '@fontsource/inter/files';
/** Files of a family, which Debian's plain desktop has and LOOK's letters are, and of what goes with it. */
const kFaces = /** @type {const} */ ([
  ['DejaVu', 400, `${kDejaVu}/DejaVuSans.ttf`],
  ['DejaVu', 700, `${kDejaVu}/DejaVuSans-Bold.ttf`],
  ['Inter', 400, `${kInter}/inter-latin-400-normal.woff2`],
  ['Inter', 600, `${kInter}/inter-latin-600-normal.woff2`],
  ['Inter', 700, `${kInter}/inter-latin-700-normal.woff2`],
  ['Mono', 400, `${kDejaVu}/DejaVuSansMono.ttf`],
  ['Serif', 400, `${kDejaVu}/DejaVuSerif.ttf`],
]);

/**
 * The page with letters of the test's own.
 * @param {string} font
 * @param {number} root px
 */
async function openWith(font, root) {
  const opened = await openPage(site.browser, site.origin, { bypassCSP: true, reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } });
  const { page } = opened;
  await page.route('**/letters/**', async (route) => {
    route.fulfill({ body: await readFile(join(kWeb, 'node_modules', route.request().url().replace(/.*letters\//, ''))) });
  });
  await page.goto(`${site.origin}/`);
  const faces = kFaces.map(([name, weight, file]) => `@font-face { font-family: 'Test ${name}'; font-weight: ${weight}; src: url('letters/${file}'); }`);
  await page.addStyleTag({ content: `${faces.join('\n')}
    html { font-size: ${root}px; }
    :root, descent-lab { --descent-font-ui: 'Test ${font}', 'Test DejaVu'; --descent-font-prose: 'Test Serif'; --descent-font-mono: 'Test Mono'; }` });
  await page.evaluate((names) => Promise.all(names.map(([name, weight]) => document.fonts.load(`${weight} 16px 'Test ${name}'`, 'mη'))), kFaces);
  await page.evaluate(openLabs);
  return opened;
}

/** Every lab of the page, in the midst of its run. */
async function openLabs() {
  const labs = /** @type {any[]} */ ([...document.querySelectorAll('descent-lab')]);
  for (const lab of labs) {
    lab.seek(0);
    while (!lab.shadowRoot.querySelector('.scrubber')) await new Promise(requestAnimationFrame);
    lab.seek(Math.min(60, Math.floor(lab.shadowRoot.querySelector('.scrubber').max / 2)));
  }
}

/**
 * What is cut, or lies outside or on something else, in the page as it stands.
 * @returns {Promise<string[]>}
 */
async function lookForCuts() {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const found = /** @type {Set<string>} */ (new Set());
  const range = document.createRange();
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  // A matrix of any size says itself that it scrolls, and how much there is.
  const kUnread = '.visually-hidden, .descent-plot-numbers, option, dialog, .menu, .fallback, .matrix-scroll';
  const kBoxes = 'th, td, button, .segment, .chip, .field, .pin, .part-title, .readout, .knobs, .player';
  /** @type {Map<Element, CSSStyleDeclaration>} */
  const styles = new Map();
  const styleOf = (/** @type {Element} */ element) => {
    const known = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, known);
    return known;
  };
  /** For the ear only, or a word that has given way to its symbol. @param {HTMLElement} element */
  const isUnread = (element) => {
    if (element.closest(kUnread) || !element.checkVisibility({ visibilityProperty: true })) return true;
    const head = element.closest('.head, thead');
    if (head && styleOf(head).clipPath !== 'none') return true;
    const label = element.matches('.label-word') && element.parentElement;
    return label && element.getBoundingClientRect().top >= label.getBoundingClientRect().bottom - 1;
  };
  const nameOf = (/** @type {Element} */ element) => `${element.localName}${[...element.classList].map((name) => `.${name}`).join('')}`;

  if (document.documentElement.scrollWidth > innerWidth) found.add(`the page: ${document.documentElement.scrollWidth} px wide`);
  for (const formula of document.querySelectorAll('div.tex')) {
    const [edge, column] = [formula, formula.parentElement ?? formula].map((box) => box.getBoundingClientRect().right);
    const end = Math.max(...[...formula.querySelectorAll('math')].map((part) => part.getBoundingClientRect().right));
    if (end > Math.min(edge, column) + 0.5) found.add(`the page: formula "${formula.textContent}" passes its column by ${(end - column).toFixed(1)} px`);
  }
  for (const host of document.querySelectorAll('descent-lab')) {
    const lab = /** @type {HTMLElement} */ (host.shadowRoot?.querySelector('.lab'));
    const frame = lab.getBoundingClientRect();
    const blank = host.getBoundingClientRect().bottom - frame.bottom;
    if (blank > 1) found.add(`${host.id}: ${blank.toFixed(1)} px of nothing below it`);
    const say = (/** @type {Element} */ element, /** @type {string} */ text, /** @type {string} */ fault) =>
      found.add(`${host.id}: ${nameOf(element)} "${text.trim()}" ${fault}`);
    /** @type {{ element: Element, text: string, box: DOMRect }[]} */
    const seen = [];
    const texts = document.createTreeWalker(lab, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = /** @type {Text} */ (texts.currentNode);
      const element = /** @type {HTMLElement} */ (node.parentElement);
      if (!node.data.trim() || isUnread(element)) continue;
      range.selectNodeContents(node);
      for (const text of range.getClientRects()) {
        if (text.width < 0.5) continue;
        seen.push({ element, text: node.data, box: text });
        if (text.right > frame.right + 0.5 || text.left < frame.left - 0.5) say(element, node.data, `passes the lab's edge by ${Math.max(text.right - frame.right, frame.left - text.left).toFixed(1)} px`);
        for (let box = element; box !== lab; box = /** @type {HTMLElement} */ (box.parentElement)) {
          const { overflowX, overflowY } = styleOf(box);
          const isBox = box.matches(kBoxes);
          if (overflowX === 'visible' && !isBox) continue;
          const edge = box.getBoundingClientRect();
          const [side, height] = [Math.max(text.right - edge.right, edge.left - text.left), Math.max(text.bottom - edge.bottom, edge.top - text.top)];
          if (side > 1) say(element, node.data, `passes ${nameOf(box)} by ${side.toFixed(1)} px`);
          // Ascenders of the font, not of what is written, may pass a line.
          else if ((['hidden', 'clip'].includes(overflowY) || isBox) && height > 4) say(element, node.data, `passes ${nameOf(box)} in height by ${height.toFixed(1)} px`);
          else continue;
          break;
        }
      }
    }
    for (const [k, one] of seen.entries()) {
      for (const other of seen.slice(k + 1)) {
        if (one.element === other.element || one.element.closest('.descent-plot') || other.element.closest('.descent-plot')) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (across > 1 && down > 4) say(one.element, one.text, `lies on "${other.text.trim()}", ${across.toFixed(1)} by ${down.toFixed(1)} px`);
      }
    }
    for (const field of /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (lab.querySelectorAll('input[inputmode=decimal], select'))) {
      if (isUnread(field)) continue;
      const { font, paddingLeft, paddingRight } = styleOf(field);
      pen.font = font;
      const text = field instanceof HTMLSelectElement ? field.selectedOptions[0]?.text ?? '' : field.value;
      const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      const short = pen.measureText(text).width - room;
      if (short > 0.5) say(field, text, `is ${short.toFixed(1)} px wider than its field`);
    }
  }
  return [...found];
}

for (const font of ['DejaVu', 'Inter']) {
  for (const root of [16, 24]) {
    test(`no text is cut and nothing is scrolled sideways, from 320 to 1440 px: ${font}, ${root} px`, kHangs, async () => {
      const { page, faults, close } = await openWith(font, root);
      const found = /** @type {string[]} */ ([]);
      for (const width of kWidths) {
        await page.setViewportSize({ width, height: 900 });
        found.push(...(await page.evaluate(lookForCuts)).map((fault) => `${width} px, ${font} ${root} px, ${fault}`));
      }
      assert.ok(found.length === 0, `\n${found.join('\n')}`);
      assert.deepEqual(faults, []);
      await close();
    });
  }
}

test('no preset of any lab has text that is cut, with all its knobs in sight: DejaVu, 24 px', kHangs, async () => {
  /** @type {Record<string, { title: string, spec: string }[]>} */
  const presets = {};
  for (const { engine, labs } of await openEngines()) {
    for (const { id } of labs) {
      const session = engine.open(`lab=${id}`);
      presets[id] = session.describe().presets.map(({ title, spec }) => ({ title, spec: spec.startsWith('lab=') ? spec : `lab=${id}&${spec}` }));
      session.close();
    }
  }
  const { page, faults, close } = await openWith('DejaVu', 24);
  const found = /** @type {string[]} */ ([]);
  for (let k = 0; k < Math.max(...Object.values(presets).map((list) => list.length)); k++) {
    // One of every lab at a time.
    await page.evaluate(async (/** @type {Record<string, { spec: string }[]>} */ all) => {
      for (const lab of /** @type {NodeListOf<any>} */ (document.querySelectorAll('descent-lab:not([hide])'))) {
        const preset = all[lab.getAttribute('lab')][0];
        if (!preset) continue;
        lab.setState(preset.spec);
        lab.seek(Math.min(20, lab.shadowRoot.querySelector('.scrubber').max));
        for (const more of lab.shadowRoot.querySelectorAll('.more')) more.open = true;
      }
    }, Object.fromEntries(Object.entries(presets).map(([id, list]) => [id, list.slice(k, k + 1)])));
    for (const width of [320, 820]) {
      await page.setViewportSize({ width, height: 900 });
      for (const fault of await page.evaluate(lookForCuts)) {
        const id = Object.keys(presets).find((lab) => fault.startsWith(`${lab}:`) || fault.startsWith(`${lab}-lab:`));
        found.push(`${width} px, DejaVu 24 px, ${id ? `"${presets[id][k]?.title}" of ` : ''}${fault}`);
      }
    }
  }
  assert.ok(found.length === 0, `\n${found.join('\n')}`);
  assert.deepEqual(faults, []);
  await close();
});

/** The task with most to tell; of other labs, the first. @type {Record<string, string>} */
const kLongest = { race: 'Tune', network: 'Sharpness', sharpness: 'Surface', depth: 'Slice' };

test('a result of a task is told whole, and what scrolls is reached by keyboard', kHangs, async () => {
  const { page, faults, close } = await openWith('DejaVu', 16);
  const found = /** @type {string[]} */ ([]);
  for (const lab of await page.locator('descent-lab:not([hide])').all()) {
    const tasks = lab.locator('.task-buttons button');
    if (await tasks.count() === 0) continue;
    const name = kLongest[await lab.getAttribute('lab') ?? ''];
    await (name ? tasks.filter({ hasText: name }) : tasks).first().click();
    await lab.getByRole('button', { name: /^(Keep mine|Close)$/ }).waitFor();
    const fold = lab.getByText('In numbers', { exact: true });
    if (await fold.count() > 0) await fold.click();
  }
  await page.evaluate(requireWeb('axe-core').source);
  for (const width of [320, 820, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const cuts = await page.evaluate(lookForCuts);
    const unreached = await page.evaluate(async () => {
      const { violations } = await /** @type {any} */ (window).axe.run(document, { runOnly: ['scrollable-region-focusable'], resultTypes: ['violations'] });
      return violations.flatMap((/** @type {any} */ { nodes }) => nodes.map((/** @type {any} */ { target }) => `not reached by keyboard: ${target.flat().join(' ')}`));
    });
    found.push(...[...cuts, ...unreached].map((fault) => `${width} px, DejaVu 16 px, ${fault}`));
  }
  assert.ok(found.length === 0, `\n${found.join('\n')}`);
  assert.deepEqual(faults, []);
  await close();
});

test('a lab in the page of someone else looks as it does in ours, whatever that page says of its text', kHangs, async () => {
  const { page, faults, close } = await openPage(site.browser, site.origin);
  const embed = async (/** @type {string} */ css) => {
    await page.route(`${site.origin}/notes.html`, (route) => route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes</title><link rel="icon" href="data:,"><style>${css}</style>
        <script type="module" src="js/element.js"></script><main><descent-lab lab="race"></descent-lab></main></html>`,
    }));
    await page.goto(`${site.origin}/notes.html`);
    const lab = page.locator('descent-lab');
    await lab.getByRole('button', { name: 'Play', exact: true }).waitFor();
    // Where every text and control stands.
    return lab.evaluate(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('.lab :is(button, input, select, label, h3, h4, p, th, td, summary)') ?? [])]
      .map((element) => element.getBoundingClientRect())
      .map(({ left, top, width, height }) => [left, top, width, height].map((px) => px.toFixed(1)).join(' ')));
  };
  const plain = await embed('body { margin: 8px; }');
  const hostile = await embed(`body { margin: 8px; }
    body, main, main * { letter-spacing: 3px; word-spacing: 9px; line-height: 2.4; text-align: right; text-indent: 2em; text-transform: uppercase;
      font: italic bold 22px/2.4 serif; font-variant-numeric: normal; white-space: nowrap; word-break: break-all; hyphens: auto; text-shadow: 1px 1px red; }`);
  assert.ok(plain.length > 40);
  assert.deepEqual(hostile, plain);
  assert.deepEqual(faults, []);
  await close();
});

test('names that would be cut alike keep what tells them apart', () => {
  const fits = (/** @type {number} */ most) => (/** @type {string} */ text) => text.length <= most;
  assert.deepEqual(shortNames(['constant', 'warmup steps=20', 'warmup steps=40'], fits(9)), ['constant', 'warmup…20', 'warmup…40']);
  assert.deepEqual(shortNames(['decoupled-decay/sgd', 'l2/sgd', 'decoupled-decay/momentum'], fits(9)), ['decou…sgd', 'l2/sgd', '…momentum']);
  assert.deepEqual(shortNames(['batch norm', 'batch norm, start'], fits(11)), ['batch norm', 'bat…, start']);
  assert.deepEqual(shortNames(['warmup steps=20', 'warmup steps=40'], fits(15)), ['warmup steps=20', 'warmup steps=40']);
  assert.deepEqual(shortNames(['momentum', 'momentum weightDecay=0.02'], fits(12)), ['momentum', 'momentum we…']);
  // What differs is itself too long, and one name is the beginning of another.
  assert.deepEqual(shortNames(['a-long-name/first-of-all', 'a-long-name/second-of-all'], fits(8)), ['…first-…', '…second…']);
  assert.deepEqual(shortNames(['momentum weightDecay', 'momentum weightDecay, kept'], fits(8)), ['…htDecay', 'm…, kept']);
});
