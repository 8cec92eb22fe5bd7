/** What is taken away from a lab: tables, pictures, files, command lines. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { promisify } from 'node:util';
import { coreModules } from '../../web/tools/core.mjs';
import { kRoot } from '../../web/tools/paths.mjs';
import { openBrowser, openPage } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ name: string, text: string, size: number, words: string[] }} Saved */

const kHangs = { timeout: 180_000 };
/** Each lab at a step on the way, as it comes or as it has most to give. @type {Record<string, string>} */
const kSpecs = { 'depth-vs-width': 'built=square&t=7', attention: 't=4' };
const labs = (await coreModules()).flatMap((module) => module.labs);

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let site;
/** @type {Awaited<ReturnType<typeof openPage>>} */
let shared;
before(async () => {
  site = await openBrowser();
  shared = await openPage(site.browser, site.origin);
  await shared.page.addInitScript(keepWhatIsTaken);
  await shared.page.route(`${site.origin}/notes.html`, (route) => route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes</title><link rel="icon" href="data:,">
      <script type="module" src="js/element.js"></script><descent-lab></descent-lab></html>`,
  }));
});
after(() => site.close());

/** In the page: files are kept instead of downloaded, with the words that were drawn on a picture. */
function keepWhatIsTaken() {
  const kept = { files: /** @type {unknown[]} */ ([]), copied: /** @type {string[]} */ ([]) };
  Object.assign(window, { kept });
  const words = new WeakMap();
  const blobs = new Map();
  const drawnOn = new WeakMap();
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function draw(text, ...rest) {
    words.set(this.canvas, [...(words.get(this.canvas) ?? []), text]);
    return Reflect.apply(fillText, this, [text, ...rest]);
  };
  const { toBlob } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.toBlob = function save(done, ...rest) {
    Reflect.apply(toBlob, this, [(/** @type {Blob} */ blob) => {
      drawnOn.set(blob, words.get(this) ?? []);
      done(blob);
    }, ...rest]);
  };
  const { createObjectURL } = URL;
  URL.createObjectURL = (/** @type {Blob} */ blob) => {
    const url = createObjectURL(blob);
    blobs.set(url, blob);
    return url;
  };
  HTMLAnchorElement.prototype.click = async function click() {
    const blob = blobs.get(this.href);
    kept.files.push({ name: this.download, text: await blob.text(), size: blob.size, words: drawnOn.get(blob) ?? [] });
  };
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (/** @type {string} */ text) => { kept.copied.push(text); } } });
}

const lab = () => shared.page.locator('descent-lab');
const button = (/** @type {string} */ name) => lab().getByRole('button', { name, exact: true });

let opened = '';

/** Opens a lab, if it is not the one that is open. @param {string} name @param {string} spec */
async function open(name, spec) {
  const { page, faults } = shared;
  if (opened === `${name}&${spec}` && faults.length === 0) return;
  opened = `${name}&${spec}`;
  faults.splice(0);
  await page.goto(`${site.origin}/notes.html`);
  await page.evaluate((state) => /** @type {any} */ (document.querySelector('descent-lab')).setState(state), `lab=${name}&${spec}`);
  await button('Play').waitFor();
  const t = /t=(\d+)/.exec(spec)?.[1];
  const step = lab().getByRole('slider', { name: /^(Step|Epoch|Measurement|Query|Update)$/ });
  while ((await step.inputValue()) !== t) await page.evaluate(() => new Promise(requestAnimationFrame));
}

/** Picks an export, and waits for what it gives. @param {string} label @returns {Promise<Saved>} */
async function take(label) {
  const { page } = shared;
  const count = () => page.evaluate(() => {
    const { files, copied } = /** @type {any} */ (window).kept;
    return files.length + copied.length;
  });
  const had = await count();
  await button('Export').click();
  await lab().getByRole('menuitem').filter({ hasText: label }).first().click();
  while ((await count()) === had && shared.faults.length === 0) await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.deepEqual(shared.faults, [], label);
  return page.evaluate(() => {
    const { files, copied } = /** @type {any} */ (window).kept;
    return files.pop() ?? { name: '', text: copied.pop(), size: 1, words: [] };
  });
}

/** @returns {Promise<string[]>} */
async function exportsOffered() {
  await button('Export').click();
  const labels = await lab().getByRole('menuitem').locator('.menu-label').allInnerTexts();
  await shared.page.keyboard.press('Escape');
  return labels;
}

/** Rows of a CSV file without quoted line ends. @param {string} text */
const rowsOf = (text) => text.trimEnd().split('\n').map((line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '')).slice(0, line.endsWith(',') ? undefined : -1) ?? []);

/** Every table of the dialog: its caption, columns and rows. */
const tablesShown = () => lab().locator('.table-dialog table').evaluateAll((all) => all.map((table) => ({
  caption: table.querySelector('caption')?.textContent ?? '',
  columns: table.querySelectorAll('thead th').length,
  rows: [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
})));

for (const { id: name } of labs) {
  const spec = kSpecs[name] ?? 't=7';

  test(`${name}: the table of numbers and every export give something on every tab`, kHangs, async () => {
    await open(name, spec);
    const labels = await exportsOffered();
    assert.ok(labels.length >= 4, labels.join());
    const tabs = lab().getByRole('tab');
    for (let k = 0; k < (await tabs.count()); k++) {
      await tabs.nth(k).click();
      const tab = await tabs.nth(k).innerText();
      await button('Table of the numbers').click();
      await lab().locator('.table-dialog[open]').waitFor();
      const tables = await tablesShown();
      assert.ok(tables.length > 0, tab);
      for (const { caption, columns, rows } of tables) {
        assert.ok(caption.length > 0 && columns > 1 && rows.length > 0, `${tab}: ${caption}`);
        for (const row of rows) assert.equal(row.length, columns, `${tab}: ${caption}`);
        assert.ok(rows.some((row) => row.slice(1).some((cell) => cell !== '–')), `${tab}: ${caption} says nothing`);
      }
      await lab().locator('.table-dialog').getByRole('button', { name: 'Close' }).click();
      // What does not depend on the tab is taken once.
      for (const label of k === 0 ? labels : ['Picture', 'Series as CSV']) {
        const { text, size, words } = await take(label);
        assert.ok(size > 0 && text.length > 0, `${tab}: ${label}`);
        if (label === 'Picture') assert.ok(words.includes(tab.split(/\s/)[0]), `${tab} is not among ${words}`);
        if (label !== 'Series as CSV') continue;
        const [heads, ...rows] = rowsOf(text);
        assert.equal(new Set(heads).size, heads.length, `${tab}: ${heads}`);
        assert.ok(heads.length > 1 && rows.length > 1, `${tab}: ${heads}`);
        for (const row of rows) assert.equal(row.length, heads.length, row.join());
      }
    }
    assert.deepEqual(shared.faults, []);
  });

  test(`${name}: the copied command line runs as it stands and gives the numbers of the step seen`, kHangs, async () => {
    await open(name, spec);
    const t = Number(/t=(\d+)/.exec(spec)?.[1]);
    const { text: line } = await take('Copy the command line');
    const PATH = `${join(kRoot, 'build/native')}:${process.env.PATH}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', line], { env: { ...process.env, PATH }, maxBuffer: 1 << 28 });
    const run = JSON.parse(stdout);
    assert.equal(run.step, t, line);
    const [heads, ...rows] = rowsOf((await take('Series as CSV')).text);
    const seen = rows[t].map(Number).filter(Number.isFinite);
    /** @param {number} value */
    const isSeen = (value) => seen.some((known) => Math.abs(known - value) <= 1e-6 * Math.max(1e-3, Math.abs(value)));
    const channels = Object.values(run.channels);
    if (channels.length > 0) {
      for (const { shape, data } of channels) {
        assert.equal(shape[0], t + 1, line);
        for (const value of data.slice(data.length - data.length / shape[0])) assert.ok(value === null || isSeen(value), `${line}: ${value} is not in ${seen}`);
      }
      return;
    }
    // Attention has no series: what the query sees stands in a table.
    const numbers = run.tables[0].rows.flatMap((/** @type {any} */ { cells }) => cells).filter((/** @type {unknown} */ cell) => typeof cell === 'number');
    for (const weight of seen.slice(1)) {
      assert.ok(weight === 0 || numbers.some((/** @type {number} */ number) => Math.abs(number - weight) < 1e-9), `${heads}: ${weight}`);
    }
  });
}

test('a picture carries its title, the runners, the name of its curves and the words beside the plots', kHangs, async () => {
  await open('attention', 't=4&tokens=the ball rolled into the valley'.replaceAll(' ', '%20'));
  // Each word: on the arcs, and along both sides of the map.
  const { words } = await take('Picture');
  for (const word of ['the', 'ball', 'rolled', 'into', 'valley']) {
    assert.ok(words.filter((drawn) => drawn === word).length >= 1, `${word} is not among ${words}`);
  }
  await open('race', 'runners=adam(lr=0.2),sgd(lr=0.01)&t=7&view.tab=distance');
  const race = await take('Picture');
  assert.match(race.words.join(' '), /step 7 adam\(lr=0\.2\) {3}sgd\(lr=0\.01\) Distance/);
  await open('network', 't=7');
  const network = await take('Picture');
  assert.match(network.words.join(' '), /Training accuracy [\d.]+/);
});

test('a command line tells of a knob that was turned on the way', kHangs, async () => {
  await open('race', 'runners=sgd(lr=0.005)&t=7');
  const rate = lab().locator('.runner-knobs input[type=text]').first();
  await rate.fill('0.001');
  await rate.press('Enter');
  await button('One step forward').click();
  const { text: line } = await take('Copy the command line');
  const PATH = `${join(kRoot, 'build/native')}:${process.env.PATH}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', line], { env: { ...process.env, PATH } });
  const { step, channels } = JSON.parse(stdout);
  assert.equal(step, 8, line);
  const [heads, ...rows] = rowsOf((await take('Series as CSV')).text);
  const losses = rows.map((row) => Number(row[heads.indexOf('sgd loss')]));
  assert.deepEqual(channels['loss/0'].data.map((/** @type {number} */ loss) => loss.toPrecision(9)), losses.map((loss) => loss.toPrecision(9)));
  // At the rate it began with, the eighth step would have gone five times as far.
  const [length] = [heads.indexOf('sgd step')].map((k) => Number(rows[8][k]) / Number(rows[7][k]));
  assert.ok(length < 0.5, `${length}`);
});

test('what is counted is written without decimals', kHangs, async () => {
  await open('depth-vs-width', 't=7');
  // The tent, folded five times: 2⁵ pieces.
  const row = lab().locator('.readings tbody tr').filter({ hasText: 'pieces' }).first();
  assert.match((await row.locator('td').first().innerText()).trim(), /^32$/);
});
