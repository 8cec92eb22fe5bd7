/** Attention in somebody else's page. */
import assert from 'node:assert/strict';
import { frame, hostTest, knobOf, ready } from './host.mjs';

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

hostTest('nothing of a resize reaches the error handler of the host', '<descent-lab id="attention" lab="attention"></descent-lab>', async (page) => {
  await ready(page, 'attention');
  for (const width of [800, 560, 540, 700, 330, 1000, 575, 559, 561, 480, 800]) {
    await page.locator('#slide').evaluate((slide, px) => { slide.style.width = `${px}px`; }, width);
    await frame(page);
  }
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).heard.errors), []);
});

hostTest('an arrow key on a choice is no step, and no key for the host', '<descent-lab id="attention" lab="attention"></descent-lab>', async (page) => {
  await ready(page, 'attention');
  const [before, choices] = [await knobOf(page, 'attention', 't'), page.locator('#attention').getByRole('radiogroup', { name: 'The map shows' })];
  await choices.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).heard.keys), []);
  assert.equal(await choices.getByRole('radio').last().isChecked(), true);
  assert.equal(await knobOf(page, 'attention', 't'), before, 'an arrow key on a choice is no step');
});
