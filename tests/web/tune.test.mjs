/** A task, from its button to what it has found. */
import assert from 'node:assert/strict';
import { attributes, button, embed, kRace, labIn, pageTest, ready, stateOf, until, untilStep, violations } from './in-page.mjs';

pageTest('Tune, by keyboard: a chart that grows, a choice of rates, and a race with them', async (page) => {
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  const before = await stateOf(page);
  const focused = () => labIn(page).evaluate((/** @type {any} */ lab) => lab.shadowRoot.activeElement?.textContent ?? '');
  await button(page, 'Tune').focus();
  await page.keyboard.press('Enter');
  const use = button(page, 'Use these and race');
  await use.waitFor();
  assert.equal(await focused(), 'Use these and race');
  assert.match(await labIn(page).locator('.task [role=status]').innerText(), /^Tune is done\. Lowest: sgd [^,]+, adam /);
  assert.equal(await labIn(page).locator('.task canvas').count(), 1);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await use.waitFor({ state: 'hidden' });
  assert.equal(await focused(), 'Tune');
  assert.equal(await stateOf(page), before, 'Escape keeps what was there');

  await page.keyboard.press('Enter');
  await use.waitFor();
  await page.keyboard.press('Enter');
  await button(page, 'Pause').waitFor();
  await untilStep(page, (step) => step >= 2);
  await page.keyboard.press('Space');
  await button(page, 'Play').waitFor();
  const runners = (/** @type {string} */ state) => /runners=([^&]*)/.exec(state)?.[1];
  assert.notEqual(runners(await stateOf(page)), runners(before));
  await button(page, 'Undo').click();
  await until(page, () => stateOf(page), (state) => runners(state) === runners(before));
});

pageTest('Tune is cancelled by Escape while it works, and ends when a knob is turned', async (page) => {
  // Long runs, so that there is time to press a key.
  await embed(page, '<descent-lab lab="race" problem="logistic" steps="3000"></descent-lab>');
  await ready(page);
  const cancel = button(page, 'Cancel');
  const tune = async () => {
    await button(page, 'Tune').click();
    await cancel.waitFor();
  };
  await tune();
  assert.equal(await button(page, 'Play').isDisabled(), true);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await cancel.waitFor({ state: 'hidden' });
  await labIn(page).getByText('Tune was cancelled.').waitFor();
  await tune();
  await labIn(page).locator('.runner-knobs input[type=text]').first().press('ArrowUp');
  await cancel.waitFor({ state: 'hidden' });
  await labIn(page).getByText('Tune has ended').waitFor();
});
