import assert from 'node:assert/strict';
import test from 'node:test';
import { openEngine, runNative } from './support.mjs';

const kSteps = 200;
const kEnough = 50;

const kRuns = [
  { landscape: 'bowl(kappa=25)', runners: 'sgd(lr=0.03), momentum(lr=0.01), newton', start: [-3.1, 1.2] },
  { landscape: 'rosenbrock', runners: 'momentum(lr=0.0002, beta=0.9, form=heavy-ball), armijo', start: [-1.5, 2.1] },
  { landscape: 'himmelblau', runners: 'nesterov(lr=0.002, form=framework), nesterov(lr=0.002, form=look-ahead)', start: [0.3, -0.7] },
  { landscape: 'beale', runners: 'adam(lr=0.02)', start: [1.1, 1.6] },
  { landscape: 'saddle', runners: 'sgd(lr=0.01), adamw(lr=0.02)', start: [1.3, 0.011] },
  { landscape: 'plateau', runners: 'adam(lr=0.01, schedule=warmup(cosine(floor=0.1), steps=10))', start: [-1.7, 0.9] },
  { landscape: 'bowl(kappa=100, rotation=30)', runners: 'muon(lr=0.02), momentum(lr=0.005, form=ema)', start: [-2.2, 1.9] },
  { landscape: 'rosenbrock', runners: 'lookahead(adam(lr=0.02), k=5, alpha=0.5)', start: [-1.2, 1.4] },
  { landscape: 'himmelblau', runners: 'sam(sgd(lr=0.004), rho=0.05)', start: [1.9, 2.7] },
  { landscape: 'rosenbrock', runners: 'adam(lr=0.05), lookahead(sam(adamw(lr=0.02)))', start: [0.4, 2.3] },
];

const { engine } = await openEngine();
/** Steps that each run was compared over. */
const compared = /** @type {number[]} */ ([]);

for (const { landscape, runners, start } of kRuns) {
  test(`native and WebAssembly agree: ${runners} on ${landscape}`, async () => {
    const spec = { landscape, runners, start: start.join(','), steps: String(kSteps) };
    const near = { ...spec, start: start.map((x) => x * (1 + 1e-13)).join(',') };

    const session = engine.open(`lab=race&${Object.entries(spec).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`);
    session.step(kSteps);
    const channels = session.describe().channels.map(({ name }) => name).filter((name) => /^(path|loss|evaluations)\//.test(name));
    assert.ok(channels.length >= 3);
    const native = await runNative('race', spec, kSteps, channels);
    const nudged = await runNative('race', near, kSteps, channels);

    const stable = Math.min(...channels.map((name) => agreement(rows(native, name), rows(nudged, name), 1e-10)));
    for (const name of channels) {
      const { shape, data } = session.read(name);
      assert.deepEqual(shape, native.channels[name].shape, name);
      const agreed = agreement(rows(native, name), chunk([...data], shape), 1e-9);
      assert.ok(agreed >= stable, `${name} differs at step ${agreed}; a run nudged by 1e-13 is the same up to step ${stable}`);
    }
    compared.push(Math.min(stable, lastMove(native, channels)));
    session.close();
  });
}

test(`at least 8 of those runs were compared over ${kEnough} steps or more`, () => {
  assert.ok(compared.filter((steps) => steps >= kEnough).length >= 8, `steps compared: ${compared.join(', ')}`);
});

/**
 * @param {Awaited<ReturnType<typeof runNative>>} run
 * @param {string} name
 */
function rows(run, name) {
  const { shape, data } = run.channels[name];
  return chunk(data, shape);
}

/**
 * What is not finite is null in JSON.
 * @param {(number | null)[]} data row-major
 * @param {number[]} shape
 */
function chunk(data, shape) {
  const width = shape.slice(1).reduce((a, b) => a * b, 1);
  const numbers = data.map((x) => (x !== null && Number.isFinite(x) ? x : NaN));
  return Array.from({ length: shape[0] }, (_, i) => numbers.slice(i * width, (i + 1) * width));
}

/**
 * The number of leading rows that are equal to within the tolerance, relative above 1.
 * @param {number[][]} a
 * @param {number[][]} b
 * @param {number} tolerance
 */
function agreement(a, b, tolerance) {
  const close = (/** @type {number} */ x, /** @type {number} */ y) => Object.is(x, y) || Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(x));
  const first = a.findIndex((row, i) => !row.every((x, j) => close(x, b[i]?.[j])));
  return first === -1 ? a.length : first;
}

/**
 * The last step at which any of the runners was still going.
 * @param {Awaited<ReturnType<typeof runNative>>} run
 * @param {string[]} names
 */
function lastMove(run, names) {
  return Math.max(...names.map((name) => rows(run, name).reduce((last, row, i) => (row.some(Number.isFinite) ? i : last), 0)));
}
