import assert from 'node:assert/strict';
import test from 'node:test';
import { call, openEngines, runNative } from './support.mjs';

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

// Every lab as it opens and every preset of it: all that can be read, what is predicted and measured,
// and how each subject stands. Where the page's run is another, one with its rates and the noise of
// its data nudged tells from which step on the run multiplies rounding.

const kSteps = 25;
/** Labs that compute in single precision. */
const kSingle = ['network', 'transformer'];
/** Presets that were not compared to their end: the rows that were, and whether the lab says why. */
const cut = /** @type {Map<string, { rows: number, says: boolean }>} */ (new Map());

for (const module of modules) {
  for (const { id, presets } of module.catalogue.labs) {
    const [nudge, same, equal] = kSingle.includes(id) ? [1e-6, 1e-5, 1e-4] : [1e-13, 1e-10, 1e-9];

    test(`native and WebAssembly agree on ${id} and each of its presets`, async () => {
      const faults = /** @type {string[]} */ ([]);
      for (const preset of [{ id: 'as it opens', sentence: '', spec: `lab=${id}` }, ...presets]) {
        const session = module.engine.open(preset.spec);
        const steps = Math.min(kSteps, session.state().total);
        session.step(steps);
        const { channels, knobs } = session.describe();
        // The clock is not of the run.
        const names = channels.filter(({ quantity }) => quantity !== 'time').map(call), settings = settingsOf(session.spec());
        const near = nudged(session, knobs, nudge);
        const page = outcome({
          channels: Object.fromEntries(names.map((name) => [name, session.read(name)])),
          readings: session.readings(),
          subjects: session.state().subjects,
        }, steps);
        session.close();

        const run = async (/** @type {Record<string, string>} */ spec) => outcome(await runNative(id, spec, steps, [...names, 'readings']), steps);
        const native = await run(settings);
        if (differing(native, page, equal).length === 0) continue;
        const unsure = differing(native, await run({ ...settings, ...near }), same);
        const stable = Math.min(steps + 1, ...unsure.map(({ step }) => step));
        if (stable <= steps) cut.set(`${id} ${preset.id}`, { rows: stable, says: [preset.sentence, ...native.keys()].some((text) => /rounding has grown|multiply rounding/.test(text)) });
        for (const { name, step } of differing(native, page, equal)) {
          const isKnown = step < stable && (step < steps || !unsure.some((it) => it.name === name));
          if (isKnown) faults.push(`${preset.id}: ${name} differs at step ${step}; a run nudged by ${nudge} is the same before step ${stable}`);
        }
      }
      assert.deepEqual(faults, []);
    });
  }
}

test('only networks of the depth lab multiply rounding so much that less than half was compared', () => {
  assert.deepEqual([...cut].filter(([name, { rows }]) => rows < kSteps / 2 && !name.startsWith('depth ')), []);
});

test('where a run multiplies rounding, its lab or its preset says so', () => {
  assert.deepEqual([...cut].filter(([, { says }]) => !says), []);
});

/** @param {string} spec as an address has it, without what belongs to a view */
function settingsOf(spec) {
  const pairs = spec.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals), decodeURIComponent(pair.slice(equals + 1))];
  });
  return Object.fromEntries(pairs.filter(([key]) => !/^(?:lab|t|view\..*)$/.test(key)));
}

/**
 * The noise of the data and each rate, a little higher, by their paths.
 * @param {import('../../web/js/types.js').Session} session
 * @param {import('../../web/js/types.js').Knob[]} knobs
 * @param {number} by
 */
function nudged(session, knobs, by) {
  /** @param {import('../../web/js/types.js').Knob} knob @param {string} path @returns {[string, string][]} */
  const raised = ({ id, value, kind, type, knobs: inner }, path) => {
    if (id === 'lr' || id === 'noise') return [[path, String(Number(value) * (1 + by))]];
    if (kind !== 'optimizer') return [];
    if (type === 'recipe') return inner.flatMap((knob) => raised(knob, `${path}/${knob.id}`));
    return session.describe().subjects.flatMap((_, k) => raised(session.knob(`${path}/${k}`), `${path}/${k}`));
  };
  return Object.fromEntries(knobs.flatMap((knob) => raised(knob, knob.id)));
}

/**
 * All that was read of a run, by name, as rows of numbers; what is not one row a step is of the last.
 * @param {any} run
 * @param {number} steps
 */
function outcome({ channels, readings, subjects }, steps) {
  const all = /** @type {Map<string, { isRecorded: boolean, last: number, rows: number[][] }>} */ (new Map());
  const put = (/** @type {string} */ name, /** @type {number[][]} */ numbers) =>
    all.set(name, { isRecorded: numbers.length === steps + 1, last: steps, rows: numbers });
  for (const [name, { shape, data }] of Object.entries(/** @type {Record<string, any>} */ (channels))) put(name, chunk([...data], shape));
  readings.forEach((/** @type {any} */ { quantity, predicted, measured, residual }, /** @type {number} */ i) =>
    put(`reading ${i}, ${quantity}`, chunk([predicted, measured, residual], [1, 3])));
  subjects.forEach((/** @type {any} */ { status, step }, /** @type {number} */ i) => put(`subject ${i}, ${status}`, [[step]]));
  return all;
}

/**
 * What of two runs is not the same, and from which step on.
 * @param {ReturnType<typeof outcome>} a
 * @param {ReturnType<typeof outcome>} b
 * @param {number} tolerance
 */
function differing(a, b, tolerance) {
  return [...a].flatMap(([name, { isRecorded, last, rows: own }]) => {
    const other = b.get(name)?.rows ?? [];
    const agreed = own.length === other.length ? agreement(own, other, tolerance) : 0;
    return agreed === own.length && own.length === other.length ? [] : [{ name, step: isRecorded ? agreed : last }];
  });
}
