/** What the page computes by itself to show a network. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { nearestExample, readExamples, writeExamples } from '../../web/js/labs/network/drawn-points.js';
import { isDrawn } from '../../web/js/panels/network-data.js';
import { layOutNetwork, linksOf, neighbourOf, unitAt } from '../../web/js/labs/network/network-layout.js';

test('examples placed by hand come back from the text that holds them', () => {
  const examples = [{ x: -0.5, y: 1.25, label: 0 }, { x: 0.1, y: 0, label: 2 }];
  const text = writeExamples(examples);
  assert.equal(text, 'drawn(points="-0.5,1.25,0; 0.1,0,2")');
  assert.deepEqual(readExamples(text), examples);
  assert.ok(isDrawn(text));
  assert.ok(!isDrawn('spirals(turns=2)'));
  assert.equal(readExamples('drawn'), null);
  assert.equal(nearestExample(examples, { x: 0, y: 0, label: 0 }), 1);
});

test('examples that are written in another way than the page writes them are not guessed', () => {
  for (const points of ['0,0,0\n1,1,1', '0\t0\t0;1\t1\t1', '0,5;1;0\n1;1;1', 'x,y,c;0,0,0']) {
    assert.equal(readExamples(`drawn(points="${points}")`), null);
  }
});

test('a wide layer shows ten units at most, and no fewer than have room', () => {
  const { columns, box } = layOutNetwork([2, 64, 3, 1], 500, 500);
  assert.deepEqual(columns.map(({ shown }) => shown), [2, 10, 3, 1]);
  assert.ok(box >= 24);
  for (const { ys } of columns) for (const y of ys) assert.ok(y > box / 2 && y < 500 - box / 2);
});

test('a unit is found where it stands, and the arrow keys lead from one to the next', () => {
  const layout = layOutNetwork([2, 4, 3, 1], 400, 400);
  const { x, ys } = layout.columns[2];
  assert.deepEqual(unitAt(layout, x + 3, ys[1] - 3), { layer: 2, unit: 1 });
  assert.equal(unitAt(layout, layout.columns[0].x, layout.columns[0].ys[0]), null);
  assert.deepEqual(neighbourOf(layout, null, 'ArrowDown'), { layer: 1, unit: 0 });
  assert.deepEqual(neighbourOf(layout, { layer: 1, unit: 3 }, 'ArrowDown'), { layer: 1, unit: 3 });
  assert.deepEqual(neighbourOf(layout, { layer: 1, unit: 3 }, 'ArrowRight'), { layer: 2, unit: 2 });
  assert.equal(neighbourOf(layout, { layer: 1, unit: 3 }, 'Enter'), null);
});

test('of many links the strongest are drawn, the faintest first', () => {
  const layout = layOutNetwork([10, 10, 1], 400, 400);
  const data = Float64Array.from({ length: 100 }, (_, i) => (i - 50) / 50);
  const { links, largest } = linksOf(layout, [{ rows: 10, columns: 10, data }]);
  assert.equal(largest, 1);
  assert.ok(links.length < 100);
  const sizes = links.map(({ weight }) => Math.abs(weight));
  assert.deepEqual(sizes, [...sizes].sort((a, b) => a - b));
  assert.equal(sizes.at(-1), 1);
});
