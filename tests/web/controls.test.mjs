/** Knobs, the map and the menu of runners, as a reader turns them. */
import assert from 'node:assert/strict';
import { attributes, button, embed, kRace, labIn, pageTest, ready, stateOf, until, untilStep, violations } from './in-page.mjs';

pageTest('a limit beyond the slider has no mark on it', async (page) => {
  // 2/L is 0.2 on a bowl of curvature 10, and 20 on one of curvature 0.1, which the slider does not reach.
  const marks = async (/** @type {string} */ formula) => {
    await embed(page, `<descent-lab lab="race" landscape='custom(f="${formula}")' runners="sgd(lr=0.1)" start="1,1"></descent-lab>`);
    await ready(page);
    return labIn(page).locator('.slider-mark').count();
  };
  assert.equal(await marks('5*x^2+5*y^2'), 1);
  assert.equal(await marks('0.05*x^2+0.05*y^2'), 0);
});

pageTest('a number field turns a knob, and says what is wrong with a bad value', async (page) => {
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  const field = labIn(page).locator('.field-number, .field-integer').first();
  const input = field.locator('input[type=text]');
  const before = await stateOf(page);
  await input.fill('nonsense');
  await input.press('Enter');
  await field.getByRole('alert').waitFor();
  assert.match(await field.getByRole('alert').innerText(), /nonsense/);
  assert.equal(await stateOf(page), before);
  await input.press('Escape');
  await input.press('ArrowUp');
  assert.notEqual(await stateOf(page), before);
});

pageTest('a click on the map moves the start', async (page) => {
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  const before = await stateOf(page);
  const map = labIn(page).locator('[part~=plot] canvas').last();
  const box = await map.boundingBox();
  assert.ok(box);
  await map.click({ position: { x: box.width * 0.7, y: box.height * 0.4 } });
  await until(page, () => stateOf(page), (state) => state !== before);
  assert.match(await stateOf(page), /start=/);
});

pageTest('a formula with an error says in which column, keeps what was typed, and is mended', async (page) => {
  await embed(page, '<descent-lab lab="race" landscape="custom"></descent-lab>');
  await ready(page);
  const field = labIn(page).locator('[data-knob=f]');
  const input = field.locator('input');
  const before = await stateOf(page);
  await input.fill('x^2 + * y');
  await input.press('Enter');
  await field.getByRole('alert').waitFor();
  assert.match(await field.getByRole('alert').innerText(), /column 7/);
  assert.deepEqual(await violations(page), []);
  await input.press('Tab');
  assert.equal(await input.inputValue(), 'x^2 + * y');
  assert.equal(await stateOf(page), before);
  await input.fill('x^2 + 3*y^2');
  await input.press('Tab');
  await field.getByRole('alert').waitFor({ state: 'hidden' });
  assert.match(decodeURIComponent(await stateOf(page)), /landscape=custom\(f="x\^2 \+ 3\*y\^2"\)/);
  assert.equal(await input.inputValue(), 'x^2 + 3*y^2');
});

pageTest('a problem without a surface shows its curves and no map, and gives the map back', async (page) => {
  await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
  await ready(page);
  const before = await stateOf(page);
  const plot = labIn(page).locator('[part~=plot]');
  const curves = labIn(page).locator('[part~=curves]');
  const problem = labIn(page).getByRole('combobox', { name: 'Problem' });
  const surface = labIn(page).getByRole('combobox', { name: 'Surface' });
  const small = await curves.boundingBox();
  await problem.selectOption('least-squares');
  await plot.waitFor({ state: 'hidden' });
  assert.equal(await plot.locator('canvas').count(), 0);
  assert.equal(await surface.isVisible(), false);
  await labIn(page).getByText('no map to point at').waitFor();
  const large = await curves.boundingBox();
  assert.ok(small && large && large.width > small.width && large.height > small.height, JSON.stringify([small, large]));
  assert.deepEqual(await violations(page), []);
  await button(page, 'Play').click();
  await untilStep(page, (step) => step >= 5);
  await problem.selectOption('none');
  await plot.locator('canvas').first().waitFor();
  assert.equal(await surface.isVisible(), true);
  await button(page, 'Pause').click();
  await button(page, 'Reset').click();
  await until(page, () => stateOf(page), (state) => state === before);
});

pageTest('a problem may be opened without controls for it', async (page) => {
  await embed(page, '<descent-lab lab="race" problem="least-squares" hide="curves"></descent-lab>');
  await ready(page);
  await labIn(page).locator('[part~=plot] canvas').waitFor();
});

const kScreens = { desktop: { viewport: { width: 1280, height: 720 } }, phone: { viewport: { width: 375, height: 640 }, hasTouch: true, isMobile: true } };
for (const [screen, options] of Object.entries(kScreens)) {
  pageTest(`the menu of runners fits the window, is typed into, and adds one: ${screen}`, async (page) => {
    await embed(page, `<descent-lab ${attributes(kRace)}></descent-lab>`);
    await ready(page);
    await button(page, 'Add').focus();
    await page.keyboard.press('Enter');
    const menu = labIn(page).getByRole('menu', { name: 'Add a runner' });
    await menu.waitFor();
    const box = await menu.boundingBox();
    const { width, height } = options.viewport;
    assert.ok(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height, JSON.stringify(box));
    assert.deepEqual(await violations(page), []);
    const focused = () => labIn(page).evaluate((/** @type {any} */ lab) => {
      const item = lab.shadowRoot.activeElement;
      const [inner, outer] = [item, item.closest('.menu-scroll')].map((node) => node.getBoundingClientRect());
      return { text: item.querySelector('.menu-label').textContent, isSeen: inner.top >= outer.top && inner.bottom <= outer.bottom };
    });
    await page.keyboard.type('newt');
    assert.deepEqual(await focused(), { text: 'Newton', isSeen: true });
    await page.keyboard.press('End');
    assert.equal((await focused()).isSeen, true);
    await page.keyboard.press('Home');
    assert.equal((await focused()).isSeen, true);
    await menu.getByRole('menuitem', { name: /^Nesterov/ }).focus();
    await page.keyboard.press('Enter');
    await until(page, () => stateOf(page), (state) => /runners=[^&]*nesterov/.test(state));
  }, options);
}
