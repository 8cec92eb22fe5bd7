/** What is pasted reaches the core as it was copied: tables with their lines, other texts on one. */
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { inOneLine } from '../../web/js/widgets/field.js';
import { openBrowser, openPage } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let site;
before(async () => { site = await openBrowser(); });
after(() => site.close());

/** Not a bar: a page that never gets there must end some time. */
const kHangs = { timeout: 180_000 };
const permissions = ['clipboard-read', 'clipboard-write'];

/**
 * A test on a page with one lab, whose field of the knob is emptied and pasted into.
 * @param {string} name
 * @param {{ attributes: string, knob: string, pasted: string }} what
 * @param {(page: Page, input: import('playwright-core').Locator) => Promise<void>} body
 */
function pasteTest(name, { attributes, knob, pasted }, body) {
  test(name, kHangs, async () => {
    const { page, faults, close } = await openPage(site.browser, site.origin, { permissions });
    try {
      const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes</title><link rel="icon" href="data:,">
        <script type="module" src="js/element.js"></script><descent-lab ${attributes}></descent-lab>`;
      await page.route(`${site.origin}/notes.html`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
      await page.goto(`${site.origin}/notes.html`);
      await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
      await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
      const input = page.locator(`[data-knob=${knob}]`).locator('textarea, input');
      for (const more of await page.locator('details.more:has([data-knob]) > summary').all()) {
        if (!(await input.isVisible()) && (await more.isVisible())) await more.click();
      }
      await input.focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Control+V');
      await body(page, input);
      assert.deepEqual(faults, []);
    } finally {
      await close();
    }
  });
}

/** @param {Page} page @returns {Promise<string>} */
const stateOf = async (page) => decodeURIComponent(
  await page.locator('descent-lab').evaluate((/** @type {any} */ lab) => lab.getState().spec));

const network = { attributes: 'lab="network" data="csv" validation="0" noise="0"', knob: 'table' };

pasteTest(
  'a table with decimal commas is read as it stood in the spreadsheet, and the field says so',
  { ...network, pasted: 'a\tb\tlabel\n5,1\t3,5\t0\n4,9\t3,0\t1\n6,2\t2,2\t0\n5,5\t3,1\t1\n' },
  async (page, input) => {
    await input.press('Enter');
    const note = '4 rows, 2 inputs, 2 classes; decimal commas read; heading passed over: a, b, label';
    await page.getByText(note, { exact: true }).waitFor();
    assert.match(await stateOf(page), /table="a\tb\tlabel\n5,1\t3,5\t0\n4,9\t3,0\t1\n6,2\t2,2\t0\n5,5\t3,1\t1/);
    assert.match(await input.inputValue(), /^a\tb\tlabel\n5,1\t3,5\t0\n/);
  },
);

pasteTest(
  'a table that could be read in two ways is refused, and stays as it was pasted',
  { ...network, pasted: '1,234\t2,345\t0\n2,100\t3,200\t1' },
  async (page, input) => {
    const before = await stateOf(page);
    await input.press('Enter');
    await page.getByText("'1,234' may be 1.234 or 1234").waitFor();
    assert.equal(await stateOf(page), before);
    assert.equal(await input.inputValue(), '1,234\t2,345\t0\n2,100\t3,200\t1');
  },
);

pasteTest(
  'lines pasted into a text of words stand side by side, with a blank between them',
  {
    attributes: 'lab="transformer" task="text" length="8" blocks="1" updates="2"',
    knob: 'text',
    pasted: 'to be or not\r\nto be\tor not\nto be or not\n',
  },
  async (page, input) => {
    assert.equal(await input.inputValue(), 'to be or not to be or not to be or not');
    await input.press('Enter');
    assert.match(await stateOf(page), /text=to be or not to be or not to be or not/);
  },
);

pasteTest(
  'a formula in two lines becomes one',
  { attributes: 'lab="race" landscape="custom"', knob: 'f', pasted: 'x^2 +\n  3*y^2\n' },
  async (page, input) => {
    assert.equal(await input.inputValue(), 'x^2 + 3*y^2');
    await input.press('Enter');
    assert.match(await stateOf(page), /f="x\^2 \+ 3\*y\^2"/);
  },
);

test('line ends and tabs become one blank each, whatever stands about them', () => {
  assert.equal(inOneLine('a\r\n\r\n b \t\tc\n'), 'a b c');
  assert.equal(inOneLine('two  blanks\tstay'), 'two  blanks stay');
});
