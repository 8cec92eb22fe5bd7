/** Every lab and every module of the core: opened, stepped, read, closed. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import test, { beforeEach } from 'node:test';
import { loadCore } from '../../web/tools/core.mjs';
import { kRoot } from '../../web/tools/paths.mjs';
import { formula } from '../../web/tools/render-tex.mjs';
import { labs, live, modules, refusal } from './engines.mjs';
import { call, otherValue } from './support.mjs';

/** Of the labs alive before a test: one that failed may have left its own open. */
let alive = 0;
beforeEach(() => { alive = live(); });

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
