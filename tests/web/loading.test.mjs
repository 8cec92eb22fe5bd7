/** What is loaded for a lab, and when. */
import assert from 'node:assert/strict';
import { coreModules } from '../../web/tools/core.mjs';
import { attributes, embed, kRace, labIn, pageTest, ready, scrubber } from './in-page.mjs';

const labs = (await coreModules()).flatMap((module) => module.labs);

pageTest('an unknown key or value is told in the element', async (page) => {
  await embed(page, '<descent-lab lab="race" runners="no-such-runner"></descent-lab>');
  await labIn(page).getByText('no-such-runner').waitFor();
  await embed(page, '<descent-lab lab="race" no-such-knob="1"></descent-lab>');
  await labIn(page).getByText('noSuchKnob').waitFor();
  await embed(page, '<descent-lab lab="no-such-lab"></descent-lab>');
  await labIn(page).getByText('no-such-lab').waitFor();
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
  await labIn(page).getByText(`lab must be one of ${labs.map(({ id }) => id).join(', ')}`).waitFor();
});

pageTest('nothing is loaded for a lab that is far from the viewport', async (page, requests) => {
  await embed(page, `<div class="far"></div><descent-lab ${attributes(kRace)}></descent-lab>`.replace('<div', '<div style="height:10000px"'));
  await page.waitForLoadState('networkidle');
  assert.equal(requests.filter((url) => url.endsWith('.wasm')).length, 0);
  await labIn(page).scrollIntoViewIfNeeded();
  await ready(page);
});
