import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { formatBytes, parseCount } from '../../web/js/reference/bytes.js';
import { kSite } from '../../web/tools/paths.mjs';
import { descent } from '../../web/tools/reference/descent.mjs';
import { yearOf } from '../../web/tools/reference/html.mjs';
import { openBrowser, openEngines, openPage, requireWeb } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let site;
before(async () => { site = await openBrowser(); });
after(() => site.close());

const axe = requireWeb('axe-core');
const kHangs = { timeout: 180_000 };
const html = await readFile(join(kSite, 'reference.html'), 'utf8');
const { optimizers, schedules, landscapes, problems } = await descent('catalogue');

/** @param {string} id */
const cardOf = (id) => new RegExp(`<article class="card[^"]*" id="${id}"[^]*?</article>`).exec(html)?.[0] ?? '';

/**
 * A test in a page of its own, which must end without an error and without a request elsewhere.
 * @param {string} name
 * @param {(page: Page, requests: string[]) => Promise<void>} body
 * @param {import('playwright-core').BrowserContextOptions} [options]
 * @param {string} [hash]
 */
function pageTest(name, body, options, hash = '') {
  test(name, kHangs, async () => {
    const { page, faults, requests, close } = await openPage(site.browser, site.origin, options);
    try {
      await page.goto(`${site.origin}/reference.html${hash}`);
      await page.locator('#filter').waitFor();
      await body(page, requests);
      assert.deepEqual(faults, []);
    } finally {
      await close();
    }
  });
}

test('every optimizer has a card that lacks nothing', () => {
  for (const { id, citation, measured } of optimizers) {
    const card = cardOf(`opt-${id}`);
    assert.ok(card, id);
    const parts = {
      swatch: '<svg class="swatch"', formula: '<math', picture: '<svg class="picture"', year: yearOf(citation) ? /\(\d{4}\)<\/p>/ : '<p class="source">Nocedal &amp; Wright, <a ', race: /index\.html#lab=race&amp;runners=/,
      needs: '<dt>Asks for</dt>', norm: '<dt>Steepest under</dt>', uses: '<b>Used for</b>', limits: '<b>Watch for</b>', variant: '<b>Variant</b>',
      numpy: '<details class="numpy">', knobs: '<table class="knobs">', paper: /<a href="https?:\/\//,
    };
    for (const [part, sign] of Object.entries(parts)) assert.ok(typeof sign === 'string' ? card.includes(sign) : sign.test(card), `${id} has no ${part}`);
    assert.ok(card.includes(`<dt>Gradients a step</dt><dd>${Number(measured.gradients.toPrecision(3))}</dd>`), id);
  }
});

test('every schedule, landscape and problem has a card', () => {
  const all = { sched: schedules, land: landscapes, prob: problems };
  for (const [prefix, entries] of Object.entries(all)) {
    for (const { id } of entries) {
      const card = cardOf(`${prefix}-${id}`);
      assert.ok(card.includes('<math'), id);
      if (prefix !== 'prob') assert.ok(card.includes('<svg class="picture"'), `${id} has no picture`);
    }
  }
});

test('every optimizer and schedule stands in the timeline, in its year, or before all where a textbook tells it', () => {
  const timeline = /<ol class="timeline">[^]*?<\/ol>/.exec(html)?.[0] ?? '';
  for (const [prefix, entries] of Object.entries({ opt: optimizers, sched: schedules })) {
    for (const { id, citation } of entries) {
      const year = yearOf(citation) || 'older';
      assert.ok(year === 'older' || year >= 1951, `${id}: ${citation}`);
      const shown = timeline.slice(0, timeline.indexOf(`href="#${prefix}-${id}"`)).match(/<b>\w+<\/b>/g)?.at(-1);
      assert.equal(shown, `<b>${year}</b>`, id);
    }
  }
});

test('nothing is left to be generated, and no style is inline', () => {
  assert.doesNotMatch(html, /<!-- generated|\sstyle=|<style|undefined|NaN/);
});

test('every link into a lab opens there, and every question has one', async () => {
  const modules = await openEngines();
  const links = [...html.matchAll(/href="index\.html#(lab=[^"]+)"/g)].map(([, spec]) => spec.replace(/&amp;/g, '&').replace(/&quot;/g, '"'));
  assert.ok(links.length > optimizers.length + schedules.length);
  for (const spec of new Set(links)) {
    const own = spec.split('&').filter((pair) => !pair.startsWith('view.')).join('&');
    const lab = new URLSearchParams(own).get('lab');
    const engine = modules.find(({ labs }) => labs.some(({ id }) => id === lab))?.engine;
    assert.doesNotThrow(() => engine?.open(own).close(), spec);
    assert.ok(engine, spec);
  }
  const questions = html.match(/<dt>[^<]*\?<\/dt>[^]*?<\/dd>/g) ?? [];
  assert.ok(questions.length >= 12);
  for (const question of questions) assert.match(question, /class="see"/, question.slice(0, 80));
});

test('a link of the sheet opens as many runs as its words say, and of whom they name', async () => {
  const modules = await openEngines();
  const counts = Object.entries({ 'with and without': 2, both: 2, two: 2, three: 3, four: 4 });
  const links = [...html.matchAll(/<a class="see" href="index\.html#(lab=[^"]+)">([^<]+)<\/a>/g)];
  let held = 0;
  for (const [, written, words] of links) {
    const spec = written.replace(/&amp;/g, '&').split('&').filter((pair) => !pair.startsWith('view.')).join('&');
    const lab = new URLSearchParams(spec).get('lab');
    const session = modules.find(({ labs }) => labs.some(({ id }) => id === lab))?.engine.open(spec);
    const subjects = session?.describe().subjects.length;
    session?.close();
    const says = (/** @type {string} */ word) => new RegExp(`\\b${word}\\b`, 'i').test(words);
    for (const [word, count] of counts.filter(([word]) => says(word))) {
      assert.equal(subjects, count, `${words}: ${word}`);
      held += 1;
    }
    for (const { id } of optimizers.filter(({ title }) => says(title))) {
      assert.match(spec, new RegExp(`\\b${id}\\b`), `${words}: ${id}`);
      held += 1;
    }
  }
  assert.ok(held >= 12, String(held));
});

test('a number of parameters is read as it is written', () => {
  for (const text of ['70e9', '70B', '70 billion', '70,000,000,000', '0.07T', ' 70000M ']) assert.equal(parseCount(text).count, 70e9, text);
  assert.match(parseCount('many').message, /“many”/);
  for (const text of ['', '-3', '12', '1e20', '7 apples', '1.2.3']) assert.notEqual(parseCount(text).message, '', text);
  assert.equal(formatBytes(280e9), '280 GB');
  assert.equal(formatBytes(2.8e12), '2,800 GB');
  assert.equal(formatBytes(0), '0 GB');
});

pageTest('the page loads no engine', async (page, requests) => {
  await page.waitForLoadState('networkidle');
  assert.deepEqual(requests.filter((url) => url.endsWith('.wasm')), []);
  const scripts = await Promise.all(requests.filter((url) => url.endsWith('.js')).map(async (url) => (await (await fetch(url)).text()).length));
  assert.ok(scripts.reduce((a, b) => a + b, 0) < 20_000);
});

pageTest('the table sorts by each column, both ways, by keyboard too', async (page) => {
  const head = page.locator('#comparison thead').getByRole('button', { name: 'State' });
  const sorting = () => page.locator('#comparison th[aria-sort]').evaluateAll((heads) => heads.map((item) => `${item.textContent} ${item.getAttribute('aria-sort')}`));
  const states = () => page.locator('#comparison tbody td:nth-child(3)').evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));
  await head.click();
  assert.deepEqual(await sorting(), ['State ascending']);
  const rising = await states();
  assert.deepEqual(rising, [...rising].sort((a, b) => a - b));
  await head.press('Enter');
  assert.deepEqual(await sorting(), ['State descending']);
  assert.deepEqual(await states(), [...rising].sort((a, b) => b - a));
  await page.locator('#comparison thead').getByRole('button', { name: 'Optimizer' }).press('Space');
  const names = await page.locator('#comparison tbody th').evaluateAll((cells) => cells.map((cell) => cell.textContent?.toLowerCase() ?? ''));
  assert.deepEqual(names, [...names].sort((a, b) => a.localeCompare(b)));
});

pageTest('AdamW remembers 280 GB of a model of 70 billion parameters in bf16', async (page) => {
  const sum = (/** @type {string} */ part) => page.locator(`#memory-sum-${part}`).innerText();
  await page.getByLabel('Parameters', { exact: true }).fill('70e9');
  await page.getByLabel('Optimizer', { exact: true }).selectOption({ label: 'AdamW' });
  assert.deepEqual([await sum('weights'), await sum('gradients'), await sum('optimizer'), await sum('total')], ['140 GB', '140 GB', '280 GB', '560 GB']);
  await page.getByLabel('Optimizer state').selectOption('float32');
  assert.equal(await sum('optimizer'), '560 GB');
  assert.equal(await page.locator('#memory tr[data-state="1"] td.number').innerText(), '280 GB');
  await page.getByLabel('Parameters', { exact: true }).fill('many');
  await page.getByText('“many” is no number of parameters').waitFor();
  assert.equal(await page.getByLabel('Parameters', { exact: true }).getAttribute('aria-invalid'), 'true');
  await page.getByLabel('Parameters', { exact: true }).fill('7B');
  assert.equal(await sum('weights'), '14 GB');
});

/** @param {Page} page */
const shownCards = (page) => page.locator('.card:visible').evaluateAll((cards) => cards.map(({ id }) => id));

pageTest('cards are sifted by words and families, and a link brings a hidden one back', async (page) => {
  const all = (await shownCards(page)).length;
  assert.equal(all, optimizers.length + schedules.length + landscapes.length + problems.length);
  await page.getByRole('searchbox').fill('kingma');
  const byWord = await shownCards(page);
  assert.ok(byWord.includes('opt-adam') && byWord.length < 6, String(byWord));
  await page.getByRole('searchbox').fill('');
  const chip = page.locator('.filter-chip[data-group="schedule"]');
  await chip.press('Enter');
  assert.equal(await chip.getAttribute('aria-pressed'), 'true');
  assert.equal((await shownCards(page)).length, schedules.length);
  await page.getByRole('searchbox').fill('no such words');
  await page.getByRole('button', { name: 'Show all cards' }).waitFor();
  await page.locator('#comparison').getByRole('link', { name: 'Muon', exact: true }).click();
  await page.locator('#opt-muon').waitFor();
  assert.equal((await shownCards(page)).length, all);
});

pageTest('a link opens at the card it names', async (page) => {
  const box = await page.locator('#opt-adam').boundingBox();
  assert.ok(box && box.y >= 0 && box.y < 200, JSON.stringify(box));
}, {}, '#opt-adam');

pageTest('a snippet is copied', async (page) => {
  await page.locator('#opt-sgd .numpy summary').click();
  await page.locator('#opt-sgd .snippet button').click();
  await page.locator('#opt-sgd .snippet').getByText('Copied').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(text, await page.locator('#opt-sgd .snippet code').innerText());
}, { permissions: ['clipboard-read', 'clipboard-write'] });

pageTest('the questions print on two pages at most, and alone', async (page) => {
  await page.evaluate(() => { window.print = () => {}; });
  await page.getByRole('button', { name: 'Print this sheet' }).click();
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await page.locator('main > section:visible').evaluateAll((sections) => sections.map(({ id }) => id)), ['questions']);
  const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  assert.ok(pages === 1 || pages === 2, `${pages} pages`);
});

pageTest('at 320 px nothing has to be scrolled sideways', async (page) => {
  const { content, window } = await page.evaluate(() => ({ content: document.documentElement.scrollWidth, window: innerWidth }));
  assert.equal(content, window);
}, { viewport: { width: 320, height: 640 } });

/** @type {Record<string, import('playwright-core').BrowserContextOptions>} */
const kLooks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { forcedColors: 'active' },
  '320 px': { viewport: { width: 320, height: 640 } },
};
for (const [look, options] of Object.entries(kLooks)) {
  pageTest(`axe finds nothing on the page: ${look}`, async (page) => {
    await page.locator('#opt-adam .numpy summary').click();
    assert.deepEqual(await violations(page), []);
  }, options);
}

/** @param {Page} page @returns {Promise<string[]>} */
async function violations(page) {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations: found } = await /** @type {any} */ (window).axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return found.flatMap((/** @type {any} */ rule) => rule.nodes.map((/** @type {any} */ node) => `${rule.id}: ${node.target.flat().join(' ')}: ${node.failureSummary}`));
  });
}
