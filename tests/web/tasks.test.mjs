/** The tasks of every lab, a part at a time. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { labs, refusal } from './engines.mjs';

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
