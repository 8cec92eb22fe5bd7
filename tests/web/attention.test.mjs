/** What the page computes by itself to show attention. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { countTyped, headOf, maskOf, readEdits, wordsOf, writeEdits } from '../../web/js/labs/attention/attention-data.js';
import { shareText } from '../../web/js/labs/attention/weight-colours.js';

/** A description with these values of its knobs. @param {Record<string, string>} values @returns {any} */
const described = (values) => ({ knobs: Object.entries(values).map(([id, value]) => ({ id, value })) });

test('entries set by hand come back from the text that holds them', () => {
  const edits = readEdits('Wq(1,2)=0.5;  K( 3 , 1 ) = -1e-3 ; ');
  assert.deepEqual([...edits], [['Wq(1,2)', '0.5'], ['K(3,1)', '-1e-3']]);
  assert.equal(writeEdits(edits), 'Wq(1,2)=0.5; K(3,1)=-1e-3');
  assert.deepEqual(readEdits(writeEdits(edits)), edits);
  assert.equal(readEdits('').size, 0);
});

test('tokens are the words between spaces, padding last', () => {
  const description = described({ tokens: ' the  cat\tsat\n', padding: '2', causal: 'off' });
  assert.deepEqual(wordsOf(description), ['the', 'cat', 'sat', '[pad]', '[pad]']);
  assert.equal(countTyped(description), 3);
  const isMasked = maskOf(description);
  assert.ok(!isMasked(0, 2) && isMasked(0, 3) && isMasked(4, 4));
});

test('under a causal mask nothing sees what comes later', () => {
  const isMasked = maskOf(described({ tokens: 'a b c', padding: '0', causal: 'on' }));
  assert.ok(isMasked(0, 1) && !isMasked(1, 1) && !isMasked(2, 0));
});

test('the head shown is the last one where there are fewer', () => {
  assert.equal(headOf(described({ head: '3', heads: '4' })), 2);
  assert.equal(headOf(described({ head: '3', heads: '2' })), 1);
});

test('a weight is written with two decimals and without its zero', () => {
  assert.deepEqual([0, 0.004, 0.8, 0.999, 1].map(shareText), ['.00', '.00', '.80', '1.00', '1.00']);
});
