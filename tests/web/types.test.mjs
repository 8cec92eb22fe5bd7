import assert from 'node:assert/strict';
import test from 'node:test';
import { join } from 'node:path';
import { loadCore } from '../../web/tools/core.mjs';
import { kWeb } from '../../web/tools/paths.mjs';
import { declarations } from './shape.mjs';
import { call, openEngines } from './support.mjs';

const types = declarations(join(kWeb, 'js/types.d.ts'));
const raw = declarations(join(kWeb, 'js/engine/descent.d.ts'));
const modules = await openEngines();

/**
 * @param {unknown} value
 * @param {string} type
 */
const conforms = (value, type) => assert.deepEqual(types.faults(value, type), []);

for (const { name, catalogue } of modules) {
  test(`the catalogue of ${name} is what types.d.ts says`, () => conforms(catalogue, 'Catalogue'));
}

test('a runner asked for by path is what types.d.ts says, with its knobs', () => {
  for (const { engine, labs } of modules) {
    for (const { id, knobs } of labs) {
      const list = knobs.find(({ type }) => type === 'recipes');
      if (!list) continue;
      const session = engine.open(`lab=${id}`);
      const runner = session.knob(`${list.id}/0`);
      conforms(runner, 'Knob');
      assert.equal(runner.type, 'recipe');
      assert.ok(runner.value.startsWith(runner.entry) && runner.entry, runner.value);
      session.close();
    }
  }
});

for (const { lab, engine } of modules.flatMap(({ labs, engine }) => labs.map(({ id }) => ({ lab: id, engine })))) {
  test(`what ${lab} hands over is what types.d.ts says, before and after it has run`, () => {
    const session = engine.open(`lab=${lab}`);
    for (const steps of [0, 30]) {
      session.step(steps);
      conforms(session.describe(), 'LabDescription');
      conforms(session.state(), 'LabState');
      conforms(session.spec(), 'string');
      conforms(session.turns(), 'Turn[]');
      conforms(session.readings(), 'Reading[]');
      conforms(session.tables(), 'Table[]');
      conforms(session.documents(), 'Document[]');
      conforms(session.position(), 'Position');
      conforms(session.shown(), 'Shown[]');
      for (const channel of session.describe().channels) conforms(session.read(call(channel)), 'Numbers');
    }
    session.close();
  });
}

for (const module of modules) {
  test(`${module.name} exports what descent.d.ts declares`, async () => {
    const core = await loadCore(module);
    // embind marks what it has bound with the number of its arguments; a class is bound too.
    const isBound = (/** @type {any} */ item) => typeof item === 'function' && 'argCount' in item && !item.prototype?.delete;
    const bound = Object.entries(core).filter(([, item]) => isBound(item)).map(([key]) => key);
    assert.deepEqual(bound.sort(), raw.members('DescentModule').sort());

    const answer = core.open(`lab=${module.labs[0].id}`);
    assert.ok('value' in answer);
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(answer.value)).filter((key) => key !== 'constructor');
    assert.deepEqual([...methods, 'delete'].sort(), raw.members('Handle').sort());
    answer.value.delete();
  });
}
