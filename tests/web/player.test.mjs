/** The player: every control by mouse and by keyboard, on a phone too. */
import assert from 'node:assert/strict';
import { attributes, button, embed, kRace, labIn, open, pageTest, ready, scrubber, untilStep } from './in-page.mjs';

pageTest('every control of the player works by mouse', async (page) => {
  await open(page);
  for (let i = 0; i < 3; i++) await button(page, 'One step forward').click();
  await untilStep(page, (step) => step === 3);
  await button(page, 'One step back').click();
  await untilStep(page, (step) => step === 2);
  const box = await scrubber(page).boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await untilStep(page, (step) => step > 10);
  await button(page, 'Reset').click();
  await untilStep(page, (step) => step === 0);
});

pageTest('every control of the player works by keyboard', async (page) => {
  await open(page);
  await scrubber(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await untilStep(page, (step) => step === 2);
  await page.keyboard.press('ArrowLeft');
  await untilStep(page, (step) => step === 1);
  await page.keyboard.press('Space');
  await untilStep(page, (step) => step >= 5);
  await page.keyboard.press('Space');
  await button(page, 'Play').waitFor();
  await page.keyboard.press('End');
  await untilStep(page, (step) => step > 50);
  await page.keyboard.press('r');
  await untilStep(page, (step) => step === 0);
  await page.keyboard.press('?');
  await labIn(page).getByText('play or pause').waitFor();
});

pageTest('on a phone of any width the player has two rows: where it is, then what to press', async (page) => {
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  for (const width of [320, 375, 390, 414, 430, 500]) {
    await page.setViewportSize({ width, height: 800 });
    const middles = await labIn(page).evaluate((lab) =>
      ['.scrubber-box', '.player-step', '.player-buttons', '.player-speed'].map((part) => {
        const { top, bottom } = /** @type {HTMLElement} */ (lab.shadowRoot?.querySelector(part)).getBoundingClientRect();
        return (top + bottom) / 2;
      }));
    const [scrubber, count, buttons, speed] = middles;
    assert.ok(Math.abs(scrubber - count) < 8 && Math.abs(buttons - speed) < 8 && buttons > scrubber + 16, `${width} px: ${middles}`);
  }
});
