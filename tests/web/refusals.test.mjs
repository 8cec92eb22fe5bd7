/** What the core refuses, and in which words. */
import assert from 'node:assert/strict';
import test, { beforeEach } from 'node:test';
import { entries, labs, live, modules, refusal } from './engines.mjs';

const [{ engine, catalogue: { optimizers: [runner] } }] = modules;
/** Of the labs alive before a test: one that failed may have left its own open. */
let alive = 0;
beforeEach(() => { alive = live(); });

/**
 * A lab of an engine, and a path in it where a recipe of a kind stands.
 * @param {typeof engine} engine
 * @param {string} kind
 */
function placeOf(engine, kind) {
  const own = labs.filter((lab) => lab.engine === engine);
  const place = (/** @type {string} */ of) => own.flatMap(({ id, knobs }) =>
    knobs.filter((knob) => knob.kind === of).map((knob) => ({ lab: id, path: knob.type === 'recipes' ? `${knob.id}/0` : knob.id })))[0];
  if (kind !== 'schedule' || place(kind)) return place(kind);
  const { lab, path } = place('optimizer');
  return { lab, path: `${path}/schedule` };
}

test('a formula is given by path as it is, quoted where it stands in its recipe, and an error in it is told by its column', () => {
  const [text] = modules[0].catalogue.landscapes.flatMap(({ id, knobs }) => knobs.filter(({ type }) => type === 'text').map((knob) => ({ id, knob: knob.id })));
  const { lab, path } = placeOf(engine, 'landscape');
  const session = engine.open(`lab=${lab}&${path}=${text.id}`);
  session.set(`${path}/${text.knob}`, 'x^2 + 3*(y)^2');
  assert.equal(session.knob(path).value, `${text.id}(${text.knob}="x^2 + 3*(y)^2")`);
  assert.equal(session.knob(`${path}/${text.knob}`).value, 'x^2 + 3*(y)^2');
  assert.match(refusal(() => session.set(`${path}/${text.knob}`, 'x^2 + * y')), /column 7\b/);
  session.close();
});

test('runners are turned, added, wrapped and removed by their paths', () => {
  const [lab] = labs.filter(({ knobs }) => knobs.some(({ type, kind }) => type === 'recipes' && kind === 'optimizer'));
  const id = lab.knobs.find(({ type }) => type === 'recipes')?.id ?? '';
  const { optimizers } = modules[0].catalogue;
  const decorator = optimizers.find(({ decorates, knobs }) => decorates && knobs[0].kind === 'optimizer')?.id ?? '';
  const [plain] = optimizers.filter(({ decorates, knobs }) => !decorates && knobs.some(({ id: knob }) => knob === 'lr'));
  const session = lab.engine.open(`lab=${lab.id}&${id}=${plain.id}`);
  session.set(`${id}/0/lr`, '0.0123');
  session.add(id, plain.id);
  session.wrap(`${id}/1`, decorator);
  assert.equal(session.knob(id).value, `${plain.id}(lr=0.0123), ${decorator}(${plain.id})`);
  session.remove(`${id}/0`);
  assert.equal(session.knob(id).value, `${decorator}(${plain.id})`);
  assert.deepEqual(session.knob(`${id}/0`).knobs[0].entry, plain.id);
  refusal(() => session.remove(`${id}/0`), [id, 'got 0']);
  refusal(() => session.knob(`${id}/7`), [id, '7']);
  session.close();
});

const kStrange = [undefined, null, {}, [], Object.create(null), Symbol('s'), () => 0, 10n, true, new Date(0), NaN, '', '\0', '\ud800', 'x'.repeat(100000), '=&=&', '%', '(((', 'a(b=c(d=', '<script>'];

test('anything at all, given to any method, is an Error in words or is taken', () => {
  const { id, engine } = labs.find(({ knobs }) => knobs.some(({ type, kind }) => type === 'recipes' && kind === 'optimizer')) ?? labs[0];
  const session = engine.open(`lab=${id}`);
  const list = session.describe().knobs.find(({ type }) => type === 'recipes')?.id ?? '';
  const knob = labs[0].knobs.find(({ type }) => type === 'number' || type === 'integer')?.id ?? labs[0].knobs[0].id;
  const calls = /** @type {((value: any) => unknown)[]} */ ([
    (value) => engine.open(value),
    (value) => engine.open(`lab=${value}`),
    (value) => session.step(value),
    (value) => session.seek(value),
    (value) => session.set(value, '1'),
    (value) => session.set(knob, value),
    (value) => session.read(value),
    (value) => session.knob(value),
    (value) => session.add(value, runner.id),
    (value) => session.add(list, value),
    (value) => session.remove(value),
    (value) => session.wrap(value, runner.id),
    (value) => session.set(`${list}/0`, value),
    (value) => session.set(`${list}/${value}/lr`, '1'),
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
    const { lab, path } = placeOf(engine, entry.kind);
    const session = engine.open(`lab=${lab}`);
    for (const knob of entry.knobs) {
      for (const value of badValues(knob).filter((text) => text !== '' && !text.includes('('))) {
        refusal(() => session.set(path, `${entry.id}(${knob.id}=${value})`), [...named(knob, `${entry.id}.${knob.id}`), value, ...allowed(knob)]);
      }
    }
    session.close();
  });
}
