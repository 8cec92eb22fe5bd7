/** What the page computes by itself to show attention. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { editsOf, maskOf, textsOf, writeEdits } from '../../web/js/labs/attention/attention-data.js';
import { shareText } from '../../web/js/labs/attention/weight-colours.js';

/** A reader of these channels. @param {Record<string, any>} channels @returns {any} */
const readerOf = (channels) => ({ columns: (/** @type {string} */ name) => channels[name], read: (/** @type {string} */ name) => channels[name] });

test('words come back from their characters, and those outside the basic plane, too', () => {
  const codes = [...'the', ...'c\u{1F408}t'].map((character) => character.codePointAt(0) ?? 0);
  const words = { text: Float64Array.of(0, 0, 0, 1, 1, 1), codePoint: Float64Array.from(codes) };
  assert.deepEqual(textsOf(readerOf({ words }), 'words'), ['the', 'c\u{1F408}t']);
});

test('what the core masks is masked', () => {
  const isMasked = maskOf(readerOf({ mask: { shape: [2, 3], data: Float64Array.of(0, 1, 1, 0, 0, 1) } }));
  assert.deepEqual([isMasked(0, 0), isMasked(0, 1), isMasked(1, 1), isMasked(1, 2)], [false, true, false, true]);
});

test('entries set by hand are named and written as the core reads them', () => {
  const edits = editsOf(readerOf({
    edits: { part: Float64Array.of(0, 5), row: Float64Array.of(0, 2), column: Float64Array.of(1, 0), value: Float64Array.of(0.5, -1e-3) },
  }));
  assert.deepEqual([...edits], [['Wq(1,2)', '0.5'], ['K(3,1)', '-0.001']]);
  assert.equal(writeEdits(edits), 'Wq(1,2)=0.5; K(3,1)=-0.001');
});

test('a weight is written with two decimals and without its zero', () => {
  assert.deepEqual([0, 0.004, 0.8, 0.999, 1].map(shareText), ['.00', '.00', '.80', '1.00', '1.00']);
});
