/** A lab in somebody else's page: its menus, and the keys that mean something there; and pages from disk. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { kSite } from '../../web/tools/paths.mjs';
import { hostTest, kRaceTag, ready } from './host.mjs';
import { kHangs, site } from './in-page.mjs';
import { openPage } from './support.mjs';

hostTest('a menu opens at its button in a zoomed host', kRaceTag, async (page) => {
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

hostTest('a host hears the keys that nothing in a lab has used, and no other', kRaceTag, async (page) => {
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

  assert.ok((await stepOf()) >= 0);
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
