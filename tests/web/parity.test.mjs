import assert from 'node:assert/strict';
import test from 'node:test';
import { openEngines, runNative } from './support.mjs';

/** A point is nudged by a part in 10¹³; a network, which computes in single precision, by its noise. */
const kRaces = {
  lab: 'race', length: 'steps', steps: 200, enough: 50, many: 8, reads: /^(path|loss|evaluations)\//,
  knob: 'start', nudge: 1e-13, same: 1e-10, equal: 1e-9,
  runs: [
    { landscape: 'bowl(kappa=25)', runners: 'sgd(lr=0.03), momentum(lr=0.01), newton', start: '-3.1,1.2' },
    { landscape: 'rosenbrock', runners: 'momentum(lr=0.0002, beta=0.9, form=heavy-ball), armijo', start: '-1.5,2.1' },
    { landscape: 'himmelblau', runners: 'nesterov(lr=0.002, form=framework), nesterov(lr=0.002, form=look-ahead)', start: '0.3,-0.7' },
    { landscape: 'beale', runners: 'adam(lr=0.02)', start: '1.1,1.6' },
    { landscape: 'saddle', runners: 'sgd(lr=0.01), adamw(lr=0.02)', start: '1.3,0.011' },
    { landscape: 'plateau', runners: 'adam(lr=0.01, schedule=warmup(cosine(floor=0.1), steps=10))', start: '-1.7,0.9' },
    { landscape: 'bowl(kappa=100, rotation=30)', runners: 'muon(lr=0.02), momentum(lr=0.005, form=ema)', start: '-2.2,1.9' },
    { landscape: 'rosenbrock', runners: 'lookahead(adam(lr=0.02), k=5, alpha=0.5)', start: '-1.2,1.4' },
    { landscape: 'himmelblau', runners: 'sam(sgd(lr=0.004), rho=0.05)', start: '1.9,2.7' },
    { landscape: 'rosenbrock', runners: 'adam(lr=0.05), lookahead(sam(adamw(lr=0.02)))', start: '0.4,2.3' },
  ],
};
const kNetworks = {
  lab: 'network', length: 'epochs', steps: 30, enough: 20, many: 3, reads: /^(loss|validation)\//,
  knob: 'noise', nudge: 1e-6, same: 1e-5, equal: 1e-4,
  runs: [
    { data: 'circles', layers: '8', runners: 'sgd(lr=0.1), adam(lr=0.03)', noise: '0.1' },
    { data: 'moons', layers: '16, 16', activation: 'relu', initialisation: 'he', runners: 'momentum(lr=0.02), muon(lr=0.02)', noise: '0.2' },
    { data: 'gaussians(classes=3)', layers: '6', loss: 'softmax', batch: '16', runners: 'adamw(lr=0.01)', noise: '0.4' },
    { data: 'waves', layers: '12', loss: 'squared', initialisation: 'lecun', runners: 'adam(lr=0.01)', noise: '0.05' },
  ],
};

const modules = await openEngines();

for (const { lab, length, steps, enough, many, reads, knob, nudge, same, equal, runs } of [kRaces, kNetworks]) {
  const engine = modules.find(({ labs }) => labs.some(({ id }) => id === lab))?.engine;
  /** Steps that each run was compared over. */
  const compared = /** @type {number[]} */ ([]);

  for (const run of /** @type {Record<string, string>[]} */ (runs)) {
    const { runners, landscape, data } = run;
    test(`native and WebAssembly agree: ${runners} on ${landscape ?? data}`, async () => {
      assert.ok(engine);
      const spec = { ...run, [length]: String(steps) };
      const near = { ...spec, [knob]: run[knob].split(',').map((x) => Number(x) * (1 + nudge)).join(',') };

      const session = engine.open(`lab=${lab}&${Object.entries(spec).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`);
      session.step(steps);
      const channels = session.describe().channels.map(({ name }) => name).filter((name) => reads.test(name));
      assert.ok(channels.length > 0);
      const native = await runNative(lab, spec, steps, channels);
      const nudged = await runNative(lab, near, steps, channels);

      const stable = Math.min(...channels.map((name) => agreement(rows(native, name), rows(nudged, name), same)));
      for (const name of channels) {
        const { shape, data: numbers } = session.read(name);
        assert.deepEqual(shape, native.channels[name].shape, name);
        const agreed = agreement(rows(native, name), chunk([...numbers], shape), equal);
        assert.ok(agreed >= stable, `${name} differs at step ${agreed}; a run nudged by ${nudge} is the same up to step ${stable}`);
      }
      compared.push(Math.min(stable, lastMove(native, channels)));
      session.close();
    });
  }

  test(`at least ${many} of those runs of ${lab} were compared over ${enough} steps or more`, () => {
    assert.ok(compared.filter((taken) => taken >= enough).length >= many, `steps compared: ${compared.join(', ')}`);
  });
}

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
