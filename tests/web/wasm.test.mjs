import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import test, { beforeEach } from 'node:test';
import { loadCore } from '../../web/tools/core.mjs';
import { formula } from '../../web/tools/render-tex.mjs';
import { kRoot } from '../../web/tools/paths.mjs';
import { call, openEngines, otherValue } from './support.mjs';

const modules = await openEngines();
/** Every lab, with the engine that has it. */
const labs = modules.flatMap(({ engine, catalogue }) => catalogue.labs.map((lab) => ({ ...lab, engine })));
/** Whatever a recipe may name, with an engine that has it. */
const entries = modules.flatMap(({ engine, catalogue: { optimizers, schedules, landscapes, problems, datasets } }) =>
  [...optimizers, ...schedules, ...landscapes, ...problems, ...datasets].map((entry) => ({ ...entry, engine })))
  .filter(({ kind, id }, i, all) => all.findIndex((other) => other.kind === kind && other.id === id) === i);
const [{ engine, catalogue: { optimizers: [runner] } }] = modules;

const live = () => modules.reduce((sum, module) => sum + module.engine.live(), 0);
/** Of the labs alive before a test: one that failed may have left its own open. */
let alive = 0;
beforeEach(() => { alive = live(); });

/**
 * The text of the error that a call ends in; every word of `names` has to stand in it.
 * @param {() => unknown} call
 * @param {string[]} [names]
 */
function refusal(call, names = []) {
  /** @type {unknown} */
  let caught;
  try {
    call();
  } catch (failure) {
    caught = failure;
  }
  assert.ok(caught instanceof Error, `an Error was expected, got ${String(caught)}`);
  assert.doesNotMatch(caught.message, /std::|BindingError|has stopped|undefined is not|^\d*$/);
  for (const name of names) assert.ok(caught.message.includes(name), `"${caught.message}" does not name ${name}`);
  return caught.message;
}

for (const { id, engine } of labs) {
  test(`${id} opens, steps, is read, sought and closed`, () => {
    const session = engine.open(`lab=${id}`);
    assert.equal(live(), alive + 1);
    session.step(20);
    assert.equal(session.state().step, 20);
    while (!session.seek(5));
    assert.equal(session.state().step, 5);
    assert.equal(session.state().known, 20);
    for (const channel of session.describe().channels) {
      const { shape, data } = session.read(call(channel));
      assert.equal(data.length, shape.reduce((a, b) => a * b, 1), channel.name);
    }
    session.close();
    assert.equal(live(), alive);
  });

  test(`${id} opened from its own spec gives the same numbers`, () => {
    const first = engine.open(`lab=${id}`);
    first.step(20);
    const second = engine.open(first.spec());
    second.step(20);
    // Measured on a clock, and so another's.
    const channels = first.describe().channels.filter(({ quantity }) => quantity !== 'time');
    for (const channel of channels) assert.deepEqual(second.read(call(channel)), first.read(call(channel)), channel.name);
    first.close();
    second.close();
  });
}

for (const { id, knobs, engine } of labs) {
  const turned = knobs.filter((knob) => knob.live);
  if (turned.length === 0) continue;
  test(`${id}: a turn on the way is named at its step, and after Reset the run is that of the values shown`, () => {
    const session = engine.open(`lab=${id}`);
    session.step(2);
    for (const knob of turned) session.set(knob.id, otherValue(knob));
    session.step(2);
    const turns = session.turns();
    assert.equal(turns.length, turned.length, JSON.stringify(turns));
    for (const { step, text } of turns) {
      assert.equal(step, 2);
      assert.match(text, /^\w+ 2: .+ → /);
    }
    const shown = session.describe().knobs;
    session.reset();
    assert.equal(session.state().step, 0);
    assert.deepEqual(session.turns(), []);
    assert.doesNotMatch(session.spec(), /turned/);
    assert.deepEqual(session.describe().knobs, shown);
    session.step(4);
    const fresh = engine.open(session.spec());
    fresh.step(4);
    const channels = session.describe().channels.filter(({ kind, quantity }) => kind === 'series' && quantity !== 'time');
    for (const { name } of channels) assert.deepEqual(session.read(name), fresh.read(name), name);
    session.close();
    fresh.close();
  });
}

test('a lab is in one module, whose catalogue has what its labs name and no more', () => {
  assert.equal(new Set(labs.map(({ id }) => id)).size, labs.length);
  for (const { name, catalogue } of modules) {
    const { optimizers, schedules, landscapes, problems, datasets } = catalogue;
    const kinds = [...optimizers, ...schedules, ...landscapes, ...problems, ...datasets];
    const wanted = [...catalogue.labs, ...kinds].flatMap(({ knobs }) => knobs.map(({ kind }) => kind)).filter((kind) => kind !== '');
    assert.deepEqual(new Set(kinds.map(({ kind }) => kind)), new Set(wanted), name);
  }
});

for (const { name, js, wasm, labs, engine, memory } of modules) {
  test(`${name}: what was read stays as it was while the run goes on and the memory grows`, () => {
    const session = engine.open(`lab=${labs[0].id}`);
    session.step(3);
    const [channel] = session.describe().channels;
    const early = session.read(call(channel));
    const copy = early.data.slice();
    const others = Array.from({ length: 200 }, () => engine.open(`lab=${labs[0].id}`));
    for (const other of others) other.step(50);
    session.step(50);
    assert.deepEqual(early.data, copy);
    for (const open of [session, ...others]) open.close();
  });

  // Transformers and approximations take their time to open and to step.
  const times = /attention|approximation/.test(name) ? 1000 : 10000;
  test(`${name}: ${times} labs opened and closed leave nothing behind`, () => {
    const cycle = (/** @type {number} */ i) => {
      const session = engine.open(`lab=${labs[i % labs.length].id}`);
      session.step(2);
      session.state();
      session.read(call(session.describe().channels[0]));
      refusal(() => session.set('no-such-knob', '1'));
      session.close();
      refusal(() => engine.open('lab=no-such-lab'));
    };
    for (let i = 0; i < times / 20; i++) cycle(i);
    const bytes = memory.buffer.byteLength;
    for (let i = 0; i < times; i++) cycle(i);
    assert.equal(memory.buffer.byteLength, bytes);
    assert.equal(live(), alive);
  });

  test(`${name} holds back no JavaScript value`, async (t) => {
    const module = /** @type {any} */ (await loadCore({ js, wasm }));
    if (module.count_emval_handles === undefined) return t.skip('this emscripten does not count them');
    const cycle = () => {
      module.catalogue();
      const { value: handle } = module.open(`lab=${labs[0].id}`);
      for (const ask of ['describe', 'state', 'spec', 'readings', 'tables']) handle[ask]();
      handle.step(1);
      handle.step(-1);
      handle.seek(0);
      handle.read('no-such-channel');
      handle.delete();
    };
    cycle();
    const held = module.count_emval_handles();
    for (let i = 0; i < 100; i++) cycle();
    assert.equal(module.count_emval_handles(), held);
  });

  test(`${name}: a closed session says so, and may be closed again`, () => {
    const session = engine.open(`lab=${labs[0].id}`);
    session.close();
    session.close();
    refusal(() => session.step(1), ['closed']);
    refusal(() => session.read('loss/0'), ['closed']);
  });
}

/** Every task that a lab offers. */
const tasks = labs.flatMap(({ id: lab, engine }) => {
  const session = engine.open(`lab=${lab}`);
  const offered = session.describe().tasks.map(({ id }) => ({ lab, id, engine }));
  session.close();
  return offered;
});

for (const { lab, id, engine } of tasks) {
  test(`${id} of ${lab} goes on by as many units as it is asked for, and then says what it would set`, () => {
    const session = engine.open(`lab=${lab}`);
    const spec = session.spec();
    session.startTask(id);
    const first = session.advanceTask(1);
    assert.ok(first && first.total >= 3);
    assert.equal(first.done, 1);
    assert.ok(first.result.columns.length > 2);
    assert.deepEqual(first.settings, [], 'nothing is settled before the end');
    assert.equal(session.advanceTask(0)?.done, 1);
    assert.equal(session.advanceTask(2)?.done, 3);
    const last = session.advanceTask(first.total);
    assert.ok(last);
    assert.equal(last.done, last.total);
    assert.notDeepEqual(last.result, first.result);
    assert.equal(session.advanceTask(5)?.done, last.total, 'more is nothing');
    assert.equal(session.spec(), spec, 'the task itself sets nothing');

    for (const { knob, value } of last.settings) session.set(knob, value);
    const { knobs } = session.describe();
    for (const { knob, value } of last.settings) assert.equal(knobs.find((known) => known.id === knob)?.value, value);
    session.close();
  });
}

test('the rates that a task has found are ready to be set', () => {
  const finds = tasks.map(({ lab, id, engine }) => {
    const session = engine.open(`lab=${lab}`);
    session.startTask(id);
    const { settings = [] } = session.advanceTask(1e6) ?? {};
    session.close();
    return settings.length;
  });
  assert.ok(Math.max(...finds) > 0);
});

test('a task ends when it is cancelled, when another begins and when a knob is set', () => {
  const [{ lab, id: task, engine }] = tasks;
  const session = engine.open(`lab=${lab}`);
  assert.equal(session.advanceTask(1), null, 'none is under way');
  session.startTask(task);
  session.cancelTask();
  assert.equal(session.advanceTask(1), null);
  session.cancelTask();

  session.startTask(task);
  session.advanceTask(3);
  session.startTask(task);
  assert.equal(session.advanceTask(1)?.done, 1);

  const { id, value } = session.describe().knobs[0];
  refusal(() => session.set(id, 'no-such-name'));
  assert.equal(session.advanceTask(1)?.done, 2, 'a value that is refused changes nothing');
  session.set(id, value);
  assert.equal(session.advanceTask(1), null);

  session.startTask(task);
  session.step(3);
  assert.equal(session.advanceTask(1)?.done, 1, 'a step does not end it');
  refusal(() => session.startTask('no-such-task'), ['no-such-task']);
  session.close();
});

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

test('every formula of the catalogue is set by KaTeX', () => {
  // The page's module carries no formulas, the native program does.
  const text = execFileSync(join(kRoot, 'build/native/descent'), ['catalogue', '--format', 'json'], { maxBuffer: 1 << 28, encoding: 'utf8' });
  const catalogue = JSON.parse(text);
  const described = [...catalogue.optimizers, ...catalogue.schedules, ...catalogue.landscapes, ...catalogue.problems, ...catalogue.datasets];
  assert.ok(described.length > 0);
  for (const { id, formula: tex } of described) {
    if (tex !== '') assert.match(formula(tex, true), /^<math/, id);
  }
});
