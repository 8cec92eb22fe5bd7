import assert from 'node:assert/strict';
import test from 'node:test';
import { statusOf } from '../../web/js/shell/status-text.js';

/** @typedef {import('../../web/js/types.js').LabState['subjects'][number]} Subject */

const description = /** @type {import('../../web/js/types.js').LabDescription} */ (
  /** @type {unknown} */ ({ channels: [], knobs: [], unit: 'step', subjects: [{ label: 'one' }, { label: 'two' }] })
);

/** @param {Subject[]} subjects */
function status(...subjects) {
  const state = /** @type {import('../../web/js/types.js').LabState} */ (
    /** @type {unknown} */ ({ step: 9, subjects })
  );
  return statusOf(state, description, { selected: 0, hidden: new Set() }, null);
}

/** @type {Subject} */
const running = { status: 'running', step: 9, text: '' };
/** @type {Subject} */
const stopped = { status: 'stopped', step: 4, text: 'stopped at step 4: the line search found no lower point, |g| = 1' };
/** @type {Subject} */
const converged = { status: 'converged', step: 3, text: 'converged at step 3: …' };
/** @type {Subject} */
const diverged = { status: 'diverged', step: 5, text: 'diverged at step 5: …' };

test('a run that has only stopped is told without the tick of one that has converged', () => {
  assert.deepEqual(status(running, stopped), { tone: 'quiet', text: `two: ${stopped.text}` });
  assert.equal(status(converged, stopped).text, `two: ${stopped.text}`);
  assert.equal(status(converged, running).tone, 'good');
  assert.deepEqual(status(stopped, diverged), { tone: 'warn', text: `two: ${diverged.text}` });
});
