/** What the address carries: several labs, pins, and what it asks for that is not there. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { attributeOfKey, formatState, keyOfAttribute, parseState, splitStates } from '../../web/js/shell/url-state.js';
import { coreModules } from '../../web/tools/core.mjs';
import { button, kHangs, pageTest, site, stateOf, statusOf, stepOf, until } from './in-page.mjs';
import { openEngines, openPage, standaloneFile } from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

const labs = (await coreModules()).flatMap((module) => module.labs);

/** @param {Page} page @param {string} id */
async function opened(page, id) {
  const lab = page.locator(`#${id}`);
  await lab.scrollIntoViewIfNeeded();
  await button(lab, 'Play').waitFor();
  return lab;
}

/** @param {Page} page @param {string} id @param {number} t */
async function sought(page, id, t) {
  const lab = await opened(page, id);
  await lab.evaluate((/** @type {any} */ element, step) => element.seek(step), t);
  await until(page, () => stepOf(lab), (step) => step === t);
  return lab;
}

test('an address holds the states of several labs, each from its lab= on', () => {
  assert.deepEqual(splitStates('lab=race&t=3&lab=network&data=moons&view.id=b'), ['lab=race&t=3', 'lab=network&data=moons&view.id=b']);
  assert.deepEqual(splitStates('lab=race&t=3'), ['lab=race&t=3']);
  assert.deepEqual(splitStates('t=3&lab=race'), ['t=3&lab=race']);
  assert.deepEqual(splitStates('t=3&lab=race&lab=decay'), ['t=3&lab=race', 'lab=decay']);
  assert.deepEqual(splitStates('the-race'), ['the-race']);
});

/** Whether a knob takes a text. @param {import('../../web/js/types.js').Session} session @param {string} knob @param {string} text */
function takes(session, knob, text) {
  try {
    session.set(knob, text);
    return true;
  } catch {
    return false;
  }
}

test('what stands in an address is escaped and read as the core does it', async () => {
  const texts = (await openEngines()).flatMap(({ labs, engine }) =>
    labs.flatMap(({ id, knobs }) => knobs.filter(({ type }) => type === 'text').map((knob) => ({ lab: id, knob: knob.id, engine }))));
  const codes = Array.from({ length: 0x25 }, (_, row) => String.fromCharCode(...Array.from({ length: 16 }, (__, column) => 16 * row + column)));
  const hostile = [...codes, '%', '%2', '%zz', '100%25', '&lab=race', '#?', 'a=b;c:d/e', '"quoted" \'text\'', 'ü𝒳🎈', '\ud800x', 'e\u0301', ' \t\r\n', '+-_.~!*()'];
  const taken = new Set();
  for (const text of hostile) {
    const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd');
    const state = formatState([['lab', texts[0].lab], ['view.pin.A', text], [`view.${text}`, text]]);
    assert.match(state, /^[\x21-\x7e]*$/);
    assert.deepEqual([...parseState(state)], [['lab', texts[0].lab], ['view.pin.A', wellFormed], [`view.${wellFormed}`, wellFormed]]);
    assert.deepEqual(splitStates(`${state}&${state}`), [state, state]);
    assert.doesNotThrow(() => texts[0].engine.open(state).close(), JSON.stringify(text));
  }
  for (const { lab, knob, engine } of texts) {
    const session = engine.open(`lab=${lab}`);
    for (const text of hostile.filter((it) => takes(session, knob, it))) {
      taken.add(text);
      session.set(knob, text);
      assert.equal(formatState(parseState(session.spec())), session.spec(), JSON.stringify(text));
      const again = engine.open(formatState([['lab', lab], [knob, text]]));
      assert.equal(again.knob(knob).value, session.knob(knob).value);
      again.close();
    }
    session.close();
  }
  assert.deepEqual(hostile.filter((text) => !taken.has(text)), []);
});

test('an attribute names a knob within a runner by dots', () => {
  for (const [attribute, key] of [['runners.0.weight-decay', 'runners/0/weightDecay'], ['view-tab', 'view.tab'], ['gradient-noise', 'gradientNoise'], ['landscape.kappa', 'landscape/kappa']]) {
    assert.equal(keyOfAttribute(attribute), key);
    assert.equal(attributeOfKey(key), attribute);
  }
});

pageTest('every lab that was touched is in the address, and comes back by it', async (page) => {
  await page.goto(site.origin);
  const before = [];
  const other = await page.locator('descent-lab:not([lab=race])').first().getAttribute('id') ?? '';
  for (const [id, t] of /** @type {[string, number][]} */ ([['race', 4], [other, 7], ['limit', 9]])) {
    before.push([id, await stateOf(await sought(page, id, t))]);
  }
  await until(page, async () => page.url(), (url) => url.includes('view.id=limit'));
  await page.reload();
  for (const [id, state] of before) {
    const lab = await opened(page, id);
    await until(page, () => stateOf(lab), (now) => now === state);
  }
  await sought(page, 'limit', 11);
  const url = await until(page, async () => page.url(), (text) => text.includes('t=11'));
  assert.ok(url.includes('view.id=race') && url.includes(`view.id=${other}`), url);
});

pageTest('pinned runs come back by the link, with their curves', async (page) => {
  await page.goto(`${site.origin}/#lab=network&data=moons&layers=4&epochs=60&runners=adam(lr=0.02),sgd(lr=0.1)`);
  const lab = await sought(page, 'network-lab', 20);
  await button(lab, 'Pin').click();
  const labels = await until(page, () => lab.locator('.pin-label').allInnerTexts(), (all) => all.length === 2);
  await lab.evaluate((/** @type {any} */ element) => element.setAttribute('layers', '3'));
  const state = await stateOf(lab);
  assert.match(state, /view\.pin\.A=0:lab=network%26.*&view\.pin\.B=1:lab=network%26/);
  await until(page, async () => page.url(), (url) => url.includes('layers=3'));
  await page.reload();
  const again = await opened(page, 'network-lab');
  assert.deepEqual(await until(page, () => again.locator('.pin-label').allInnerTexts(), (all) => all.length === 2 && !all[0].includes('computed')), labels);
  assert.equal(await stateOf(again), state);
  await again.getByRole('button', { name: 'Remove pinned run A' }).click();
  await until(page, () => stateOf(again), (now) => !now.includes('pin.A') && now.includes('pin.B'));
});

pageTest('a lab that is not on the page is told at its top, with those that are', async (page) => {
  for (const name of ['nosuch', '']) {
    await page.goto(site.origin);
    await page.goto(`${site.origin}/#lab=${name}&t=3`);
    const text = await page.getByRole('alert').filter({ hasText: 'The address asks' }).innerText();
    for (const part of [...labs.map(({ id }) => id), `got "${name}"`]) assert.ok(text.includes(part), text);
  }
  await page.goto(`${site.origin}/#lab=race&view.id=network-lab`);
  await page.getByText('view.id must be one of race, limit for lab=race, got network-lab').waitFor();
  await page.goto(`${site.origin}/#lab=race&t=2`);
  await page.getByText('The address asks').waitFor({ state: 'detached' });
});

test('a lab in a file of its own opens its links, and says of another that it is not there', kHangs, async () => {
  const { page, faults, close } = await openPage(site.browser, 'file://');
  try {
    const file = pathToFileURL(standaloneFile('race')).href;
    await page.goto(`${file}#lab=race&t=3&view.id=race`);
    const lab = page.locator('descent-lab');
    await button(lab, 'Play').waitFor();
    await until(page, () => stepOf(lab), (step) => step === 3);
    await page.goto(`${file}#lab=network`);
    await page.getByText('lab must be one of race, got "network"').waitFor();
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
});

pageTest('an unknown key or value of the view is told in the lab', async (page) => {
  const wrong = {
    'view.foo=1': 'there is no view.foo; known: view.tab, view.x, view.log, view.selected, view.speed, view.hidden, view.arrows',
    'view.speed=warp': 'view.speed must be one of 0.25, 1, 2, 4, 16, max, got warp',
    'view.tab=%3Cb%3Ex%3C/b%3E': 'view.tab must be one of loss, distance,',
    'view.x=zzz': 'view.x must be one of step, evaluations, time, got zzz',
    'view.selected=9': 'view.selected must be one of 0, 1, 2, 3, got 9',
    'view.hidden=0,7': 'view.hidden must be one of 0, 1, 2, 3, got 7',
    'view.pin.A=0:lab=race': 'there is no view.pin.A',
  };
  for (const [pair, message] of Object.entries(wrong)) {
    await page.goto('about:blank');
    await page.goto(`${site.origin}/#lab=race&${pair}`);
    const text = await page.locator('#race').getByRole('alert').innerText();
    assert.ok(text.includes(message), `${pair}: ${text}`);
  }
});

pageTest('a change that is refused is told, and changes nothing', async (page) => {
  await page.goto(site.origin);
  const lab = await sought(page, 'race', 40);
  const before = await stateOf(lab);
  const refused = [
    ['lab=nope', 'got "nope"'], ['lab=', 'lab must be one of'], ['lab=race&nope=1', "race has no knob 'nope'"],
    ['lab=network&nope=1', "network has no knob 'nope'"], ['lab=race&view.speed=warp', 'view.speed must be'],
  ];
  const told = (/** @type {string} */ message) => until(page, () => statusOf(lab), (text) => text.includes(message));
  for (const [spec, message] of refused) {
    await lab.evaluate((/** @type {any} */ element, text) => element.setState(text), spec);
    const text = await told(message);
    if (spec === 'lab=') for (const { id } of labs) assert.ok(text.includes(id), text);
    assert.equal(await stateOf(lab), before);
  }
  for (const [name, message] of [['hide', 'hide may name'], ['controls', 'controls must be one of']]) {
    await lab.evaluate((element, key) => element.setAttribute(key, 'bogus'), name);
    await told(message);
    assert.equal(await stateOf(lab), before);
    await lab.evaluate((element, key) => element.setAttribute(key, ''), name);
    await until(page, () => stateOf(lab), (state) => state === before);
  }
  await lab.evaluate((element) => element.setAttribute('hide', 'export'));
  await lab.getByRole('button', { name: 'Export', exact: true }).waitFor({ state: 'detached' });
  await until(page, () => stateOf(lab), (state) => state === before);
});

pageTest('a step past the end of the run is its last, by a link as by seek(), and a link is told so', async (page) => {
  await page.goto(`${site.origin}/#lab=race&steps=50&t=5000`);
  const lab = await opened(page, 'race');
  await until(page, () => stepOf(lab), (step) => step === 50);
  assert.equal(await statusOf(lab), 't must be at most 50, the last step of this run, got 5000');
  assert.equal(await stateOf(lab), 'lab=race&steps=50&t=50');
  await lab.evaluate((/** @type {any} */ element) => element.seek(7000));
  await until(page, () => stateOf(lab), (state) => state === 'lab=race&steps=50&t=50');
});
