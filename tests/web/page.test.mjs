/** Our own page: its labs run, it carries their states, and anybody can read it. */
import assert from 'node:assert/strict';
import { button, kRace, labIn, open, pageTest, ready, stateOf, stepOf, until, untilStep, violations } from './in-page.mjs';

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

pageTest('the state survives a reload by the URL', async (page) => {
  await open(page);
  await button(page, 'One step forward').click();
  await button(page, 'One step forward').click();
  await untilStep(page, (step) => step === 2);
  const before = await stateOf(page);
  await until(page, async () => page.url(), (url) => url.includes('t=2'));
  await page.reload();
  await labIn(page).scrollIntoViewIfNeeded();
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
