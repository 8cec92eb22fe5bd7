/** What the core refuses, and in which words. */
import assert from 'node:assert/strict';
import test, { beforeEach } from 'node:test';
import { entries, labs, live, modules, refusal } from './engines.mjs';

const [{ engine, catalogue: { optimizers: [runner] } }] = modules;
/** Of the labs alive before a test: one that failed may have left its own open. */
let alive = 0;
beforeEach(() => { alive = live(); });

test('a formula is set in quotes, and an error in it is told by its column', () => {
  const [text] = modules[0].catalogue.landscapes.flatMap(({ id, knobs }) => knobs.filter(({ type }) => type === 'text').map((knob) => ({ id, knob: knob.id })));
  const recipe = (/** @type {string} */ f) => `${text.id}(${text.knob}="${f}")`;
  assert.equal(engine.printRecipe('landscape', recipe('x^2 + y^2')), recipe('x^2 + y^2'));
  assert.deepEqual(engine.parseRecipes(recipe('x*(y)'))[0].args, [{ key: text.knob, text: '"x*(y)"' }]);
  assert.match(refusal(() => engine.printRecipe('landscape', recipe('x^2 + * y'))), /column 7\b/);
});

const kStrange = [undefined, null, {}, [], Object.create(null), Symbol('s'), () => 0, 10n, true, new Date(0), NaN, '', '\0', '\ud800', 'x'.repeat(100000), '=&=&', '%', '(((', 'a(b=c(d=', '<script>'];

test('anything at all, given to any method, is an Error in words or is taken', () => {
  const session = engine.open(`lab=${labs[0].id}`);
  const knob = labs[0].knobs.find(({ type }) => type === 'number' || type === 'integer')?.id ?? labs[0].knobs[0].id;
  const calls = /** @type {((value: any) => unknown)[]} */ ([
    (value) => engine.open(value),
    (value) => engine.open(`lab=${value}`),
    (value) => session.step(value),
    (value) => session.seek(value),
    (value) => session.set(value, '1'),
    (value) => session.set(knob, value),
    (value) => session.read(value),
    (value) => engine.printRecipe(value, runner.id),
    (value) => engine.printRecipe('optimizer', value),
  ]);
  for (const call of calls) {
    for (const value of kStrange) refusal(() => call(value));
  }
  for (const value of [-1, 0.5, Infinity, -Infinity, 1e300, '3', 'abc']) {
    refusal(() => session.step(/** @type {any} */ (value)), ['step', typeof value === 'string' ? value : '']);
    refusal(() => session.seek(/** @type {any} */ (value)));
  }
  session.step(1);
  assert.equal(session.state().step, 1);
  session.close();
  assert.equal(live(), alive);
});

test('a list of recipes that cannot be parsed names the column', () => {
  for (const text of [`${runner.id}(lr=`, `${runner.id}(lr=0.1`, `${runner.id})`, ',,']) {
    assert.match(refusal(() => engine.parseRecipes(text)), /column \d+/);
  }
});

/**
 * A number past a limit, as the core prints it.
 * @param {number} limit
 * @param {number} way 1 or -1
 */
function beyond(limit, way) {
  if (Math.abs(limit) < 1e9) return String(limit + way);
  return (2 * limit).toExponential().replace('+', '');
}

/**
 * Values that a knob refuses.
 * @param {import('../../web/js/types.js').Knob} knob
 */
function badValues({ type, low, high }) {
  if (type === 'number' || type === 'integer') return [beyond(high, 1), beyond(low, -1), 'abc', 'nan', ''];
  if (type === 'flag' || type === 'choice') return ['no-such-choice', ''];
  if (type === 'point') return ['1', '1,2,3', 'a,b'];
  if (type === 'recipe' || type === 'recipes') return ['no-such-name', '(('];
  return [];
}

/** @param {import('../../web/js/types.js').Knob} knob */
const allowed = ({ type, choices }) => (type === 'number' || type === 'integer' ? ['['] : type === 'choice' ? choices : []);

/**
 * How a text names a knob: one that takes recipes by what they should have been.
 * @param {import('../../web/js/types.js').Knob} knob
 * @param {string} name
 */
const named = ({ kind }, name) => (kind === '' ? [name] : []);

for (const { engine, ...lab } of labs) {
  test(`each knob of ${lab.id} refuses a bad value by name, value and range`, () => {
    const session = engine.open(`lab=${lab.id}`);
    for (const knob of lab.knobs) {
      for (const value of badValues(knob)) {
        const names = [...named(knob, knob.id), value, ...allowed(knob)];
        refusal(() => engine.open(`lab=${lab.id}&${knob.id}=${encodeURIComponent(value)}`), names);
        refusal(() => session.set(knob.id, value), names);
      }
    }
    session.close();
  });
}

for (const { engine, ...entry } of entries) {
  test(`each knob of ${entry.id} refuses a bad value by name, value and range`, () => {
    for (const knob of entry.knobs) {
      for (const value of badValues(knob).filter((text) => text !== '' && !text.includes('('))) {
        refusal(() => engine.printRecipe(entry.kind, `${entry.id}(${knob.id}=${value})`), [...named(knob, `${entry.id}.${knob.id}`), value, ...allowed(knob)]);
      }
    }
  });

  test(`${entry.id} prints as its name alone`, () => {
    assert.equal(engine.printRecipe(entry.kind, entry.id), entry.id);
  });
}
