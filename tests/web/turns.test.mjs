/** What is shown is what runs: knobs turned on the way, Reset, Play, the time line, the status line. */
import assert from 'node:assert/strict';
import { coreModules } from '../../web/tools/core.mjs';
import { button, embedLab as embed, pageTest, site, stateOf as rawStateOf, statusOf, stepOf, until } from './in-page.mjs';
import { otherValue, requireWeb } from './support.mjs';

/** @typedef {import('playwright-core').Locator} Lab */

const axe = requireWeb('axe-core');
const stateOf = (/** @type {Lab} */ lab) => rawStateOf(lab).then(decodeURIComponent);
const rateOf = (/** @type {Lab} */ lab) => lab.locator('.runner-knobs .number-input').first().inputValue();

/** @param {Lab} lab @param {number} t */
async function seek(lab, t) {
  await lab.evaluate((/** @type {any} */ element, step) => element.seek(step), t);
  await until(lab, () => stepOf(lab), (step) => step === t);
}

/** @param {Lab} lab @param {string} text */
async function setRate(lab, text) {
  const input = lab.locator('.runner-knobs .number-input').first();
  await input.fill(text);
  await input.press('Enter');
}

/** Ends what passes in the status line, by a knob that is set to what it is. @param {Lab} lab */
const settle = (lab) => lab.evaluate((/** @type {any} */ element) => element.setAttribute('tolerance', element.tolerance));

// On the bowl x and y are the directions of curvature 1 and 10: each step of plain descent
// multiplies them by 1 − η and 1 − 10η, and the loss is (x² + 10 y²)/2.
const kBowl = 'lab="race" landscape="bowl(kappa=10)" start="-3,1" runners="sgd(lr=0.05)" steps="100"';

pageTest('after Reset the run has the rate that the slider shows', async (page) => {
  const lab = await embed(page, kBowl);
  await seek(lab, 30);
  await setRate(lab, '0.15');
  await button(lab, 'Reset').click();
  await until(lab, () => stepOf(lab), (step) => step === 0);
  assert.equal(await rateOf(lab), '0.150');
  assert.doesNotMatch(await stateOf(lab), /turned/);
  await seek(lab, 5);
  // x = −3·0.85⁵ = −1.33112, y = (−0.5)⁵ = −0.03125; at 0.05 the loss would be 2.6992.
  await settle(lab);
  await until(lab, () => statusOf(lab), (text) => /loss/.test(text));
  assert.match(await statusOf(lab), /loss 0\.8908 at step 5/);
});

pageTest('Undo after Reset brings back what was turned', async (page) => {
  const lab = await embed(page, kBowl);
  await seek(lab, 30);
  await setRate(lab, '0.15');
  await seek(lab, 40);
  const before = await stateOf(lab);
  await button(lab, 'Reset').click();
  await until(lab, () => statusOf(lab), (text) => text === 'New run with the values shown, without step 30: rate of sgd 0.05 → 0.15.');
  await button(lab, 'Undo').click();
  await until(lab, () => stepOf(lab), (step) => step === 40);
  assert.equal(await stateOf(lab), before);
});

pageTest('Undo brings back a run that a knob has begun anew, and turns that an earlier one erased', async (page) => {
  const lab = await embed(page, 'lab="decay" steps="500"');
  await seek(lab, 300);
  const before = await stateOf(lab);
  await setRate(lab, '0.02');
  await until(lab, () => stepOf(lab), (step) => step === 0);
  await setRate(lab, '0.03'); // at the start, where nothing is lost
  assert.equal(await statusOf(lab), 'The run begins anew with this change.');
  await button(lab, 'Undo').click();
  await until(lab, () => stepOf(lab), (step) => step === 300);
  assert.equal(await stateOf(lab), before);

  const race = await embed(page, kBowl);
  await seek(race, 30);
  await setRate(race, '0.15');
  await seek(race, 40);
  await seek(race, 20);
  const turned = await stateOf(race);
  await setRate(race, '0.1');
  await seek(race, 40);
  assert.doesNotMatch(await stateOf(race), /30:/);
  assert.equal(await statusOf(race), 'What was turned after step 20 is gone.');
  await button(race, 'Undo').click();
  await until(race, () => stepOf(race), (step) => step === 20);
  assert.equal(await stateOf(race), turned);
});

pageTest('Play at the end runs with the rate that the slider shows', async (page) => {
  await page.goto(site.origin);
  const lab = page.locator('#limit');
  await lab.scrollIntoViewIfNeeded();
  await button(lab, 'Play').waitFor();
  await seek(lab, 200);
  // 1 − 10·0.21 = −1.1: every step of y is longer than the one before.
  assert.match(await statusOf(lab), /diverge|loss [1-9][\d.]*/i);
  await setRate(lab, '0.05');
  await button(lab, 'Play').click();
  await until(lab, () => stepOf(lab), (step) => step === 200);
  const state = await stateOf(lab);
  assert.match(state, /runners=sgd\(lr=0\.05\)/);
  assert.doesNotMatch(state, /turned/);
  await seek(lab, 5);
  await settle(lab);
  await until(lab, () => statusOf(lab), (text) => /loss/.test(text));
  // x = −3·0.95⁵ = −2.32134, y = 0.5⁵: (x² + 10 y²)/2 = 2.69919
  assert.match(await statusOf(lab), /2\.699/);
});

pageTest('where all have diverged Play begins anew, though the planned end is far', async (page) => {
  const lab = await embed(page, kBowl.replace('0.05', '0.5'));
  await until(lab, async () => {
    await lab.evaluate((/** @type {any} */ element) => element.step(20));
    return statusOf(lab);
  }, (text) => /diverged/.test(text));
  const at = await stepOf(lab);
  assert.ok(at < 100, `${at}`);
  await setRate(lab, '0.08');
  await button(lab, 'Play').click();
  await button(lab, 'Pause').click();
  assert.match(await stateOf(lab), /runners=sgd\(lr=0\.08\)/);
  await until(lab, () => stepOf(lab), (step) => step < at);
});

pageTest('going back shows the values in force there, and a tick says what was turned', async (page) => {
  const lab = await embed(page, kBowl);
  await seek(lab, 30);
  await setRate(lab, '0.15');
  const turned = 'step 30: rate of sgd 0.05 → 0.15';
  await until(lab, () => statusOf(lab), (text) => text === turned);
  await seek(lab, 60);
  const chip = lab.locator('.chip-args');
  for (const [t, rate] of /** @type {[number, string][]} */ ([[29, '0.05'], [30, '0.15'], [10, '0.05'], [60, '0.15']])) {
    await seek(lab, t);
    await until(lab, () => chip.innerText(), (text) => text === `lr=${rate}`);
    assert.equal(Number(await rateOf(lab)), Number(rate), `at step ${t}`);
  }
  const tick = lab.locator('.turn');
  assert.equal(await tick.count(), 1);
  assert.equal(await tick.getAttribute('title'), turned);
  await tick.click();
  await until(lab, () => stepOf(lab), (step) => step === 30);
  const scrubber = lab.locator('.scrubber');
  assert.equal(await scrubber.getAttribute('aria-valuetext'), `step 30 of 100; ${turned}`);
  const description = await scrubber.evaluate((/** @type {any} */ input) =>
    input.getRootNode().getElementById(input.getAttribute('aria-describedby')).textContent);
  assert.equal(description, `Turned: ${turned}`);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => (await /** @type {any} */ (window).axe.run(document)).violations.map((/** @type {any} */ rule) => rule.id));
  assert.deepEqual(found, []);
});

pageTest('a thousand turns are as many ticks as the time line has places for', async (page) => {
  const turns = Array.from({ length: 1000 }, (_, k) => `${k + 1}:tolerance=${(k + 1) / 1e6}`).join(';');
  const lab = await embed(page, `lab="race" steps="1000" turned="${turns}"`);
  await until(lab, () => lab.locator('.turn').count(), (count) => count > 0);
  assert.ok(await lab.locator('.turn').count() <= 161);
  assert.match(String(await lab.locator('.turn').nth(80).getAttribute('title')), /^(step \d+: tolerance .*\n)+and 1 more$|^(step \d+: tolerance [^\n]*\n?){6}$/);
});

pageTest('in every lab Reset after a turn runs with the values that are shown', async (page) => {
  const labs = (await coreModules()).flatMap((module) => module.labs);
  const seen = [];
  for (const { id, knobs } of labs) {
    const live = knobs.find((knob) => knob.live);
    if (!live) continue;
    seen.push(id);
    const lab = await embed(page, `lab="${id}"`);
    await seek(lab, 2);
    const value = otherValue(live);
    const name = live.id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    await lab.evaluate((element, [key, text]) => element.setAttribute(key, text), [name, value]);
    await until(lab, () => stateOf(lab), (state) => /turned=2:/.test(state));
    await button(lab, 'Reset').click();
    const state = await until(lab, () => stateOf(lab), (text) => !/turned=/.test(text));
    const shown = await lab.evaluate((/** @type {any} */ element, key) => element[key], live.id);
    assert.ok(state.includes(`${live.id}=${shown}`) || shown === live.default, `${id}: ${shown} is shown, ${state} runs`);
    assert.equal(shown, value, id);
    assert.equal(await stepOf(lab), 0, id);
  }
  assert.ok(seen.length >= 7, seen.join());
});

pageTest('the rule of turning stands in the help', async (page) => {
  const lab = await embed(page, 'lab="decay"');
  await lab.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await lab.getByText('with the values shown').waitFor();
});

pageTest('what has diverged is said beside the way back from a preset', async (page) => {
  const lab = await embed(page, kBowl.replace('0.05', '0.5'));
  await button(lab, 'Presets').click();
  await lab.getByRole('menuitem').first().click();
  await until(lab, () => statusOf(lab), (text) => text.startsWith('Preset: '));
  await button(lab, 'Undo').click();
  await setRate(lab, '0.5');
  await lab.evaluate((/** @type {any} */ element) => element.setState(`${element.getState().spec}&t=100`.replace(/&t=0/, '')));
  await until(lab, () => statusOf(lab), (text) => /diverged at step/.test(text));
  await lab.evaluate((/** @type {any} */ element) => element.setAttribute('tolerance', 'x'));
  const both = await until(lab, () => statusOf(lab), (text) => /tolerance/.test(text));
  assert.match(both, /^.*diverged at step \d+.*race\.tolerance must be/);
});

pageTest('while a lab runs a screen reader hears of it at the start and the end, and each five seconds', async (page) => {
  const lab = await embed(page, 'lab="race" landscape="rosenbrock" runners="sgd(lr=0.0001)" steps="60" view-speed="1"');
  await lab.evaluate((/** @type {any} */ element) => {
    const live = element.shadowRoot.querySelector('.status-live');
    const heard = /** @type {string[]} */ ([]);
    Object.assign(window, { heard, began: performance.now() });
    new MutationObserver(() => {
      if (live.getAttribute('aria-live') !== 'off') heard.push(live.textContent);
    }).observe(live, { childList: true, characterData: true, subtree: true });
  });
  // Two seconds at thirty steps a second, in which the text changes every half of one.
  await button(lab, 'Play').click();
  await until(lab, () => stepOf(lab), (step) => step === 60);
  await button(lab, 'Play').waitFor();
  const heard = await until(lab, () => lab.evaluate(() => /** @type {any} */ (window).heard), (texts) => texts.at(-1)?.includes('step 60'));
  const seconds = await lab.evaluate(() => (performance.now() - /** @type {any} */ (window).began) / 1000);
  assert.ok(heard.length <= 3 + seconds / 5, heard.join(' | '));
});

pageTest('a refused recipe leaves no message when it is given up', async (page) => {
  const lab = await embed(page, kBowl);
  await lab.locator('.chip-select').dblclick();
  const input = lab.locator('.chip-input');
  await input.fill('adam(lr=0.3, foo=2)');
  await input.press('Enter');
  await lab.locator('.chip-error').waitFor();
  const [error, room] = await Promise.all([lab.locator('.chip-error').boundingBox(), lab.boundingBox()]);
  assert.ok(error && room && error.x >= room.x && error.x + error.width <= room.x + room.width);
  await input.press('Escape');
  await lab.locator('.chip-error').waitFor({ state: 'hidden' });
  await lab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.equal(await lab.locator('.chip-error').isVisible(), false);
  assert.equal(await lab.locator('.chip-args').innerText(), 'lr=0.05');
});

pageTest('a runner is edited in its chip, its columns counted from there, and wrapped from the menu', async (page) => {
  const lab = await embed(page, 'lab="race" landscape="bowl" runners="sgd(lr=0.05), adam"');
  const chip = lab.locator('.chip').nth(1);
  await chip.locator('.chip-select').dblclick();
  await chip.locator('.chip-input').fill('sgd(lr=');
  await chip.locator('.chip-input').press('Enter');
  await chip.locator('.chip-error').waitFor();
  assert.match(await chip.locator('.chip-error').innerText(), /column 8\b/);
  await chip.locator('.chip-input').fill('momentum(lr=0.02)');
  await chip.locator('.chip-input').press('Enter');
  await until(lab, () => stateOf(lab), (state) => state.includes('runners=sgd(lr=0.05), momentum(lr=0.02)'));
  await button(lab, 'Add').click();
  await lab.getByRole('menuitem', { name: /^Lookahead/ }).click();
  await until(lab, () => stateOf(lab), (state) => state.includes('runners=sgd(lr=0.05), lookahead(momentum(lr=0.02))'));
});
