/**
 * How fast networks are trained here, natively, and by others: `node networks.mjs [milliseconds]`.
 *
 * Every engine is warmed up on a network; then they take turns, and a ratio is the median of those
 * of the turns. Ours shuffle and gather their batches, by the loop of cpp/bench/networks.cpp; the
 * others have theirs ready.
 */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { openBrowser, requireWeb } from '../../tests/web/support.mjs';
import { bundleFile, engineFile, kBinary, kGlue, kNative, kWorker } from './paths.mjs';
import { kSizes } from './sizes.mjs';

/** @typedef {{ name: string, rate: (index: number, milliseconds: number) => Promise<number>, close?: () => unknown }} Engine */

const kRounds = 5;
const kWarmUp = 1500;
const kTurn = Number(process.argv[2] ?? 500);
const kPageSeconds = 3;

/**
 * An engine in a Node of its own.
 * @param {string} name
 * @param {string} file
 * @returns {Promise<Engine>}
 */
async function inNode(name, file) {
  const worker = fork(kWorker, [file]);
  const answer = async () => {
    const ended = new AbortController();
    const gone = once(worker, 'exit', { signal: ended.signal }).then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`)));
    gone.catch(() => {});
    const [message] = await Promise.race([once(worker, 'message', { signal: ended.signal }), gone]).finally(() => ended.abort());
    return message;
  };
  await answer();
  return {
    name,
    rate(index, milliseconds) {
      worker.send({ index, milliseconds });
      return answer();
    },
    close: () => worker.kill(),
  };
}

/**
 * An engine from packages whose modules Node does not load as they are.
 * @param {string} name
 * @param {string} file
 */
async function bundled(name, file) {
  const { build } = requireWeb('esbuild');
  const outfile = bundleFile(file);
  await build({ entryPoints: [engineFile(file)], outfile, bundle: true, platform: 'node', mainFields: ['module', 'main'], logLevel: 'error' });
  return inNode(name, outfile);
}

/**
 * @param {import('playwright-core').Browser} browser
 * @returns {Promise<Engine>}
 */
async function inBrowser(browser) {
  const page = await browser.newPage();
  await page.addScriptTag({ content: await readFile(kGlue, 'utf8') });
  const binary = (await readFile(kBinary)).toString('base64');
  const module = await page.evaluateHandle(async (/** @type {string} */ text) => {
    const wasmBinary = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return /** @type {any} */ (globalThis).createBench({ wasmBinary }).then((/** @type {any} */ made) => ({ rate: made._networkBench }));
  }, binary);
  return {
    name: 'WASM, Chromium',
    rate: (index, milliseconds) => module.evaluate(({ rate }, [i, ms]) => rate(i, ms), [index, milliseconds]),
    close: () => page.close(),
  };
}

/** @type {Engine} */
const native = {
  name: 'native, SSE4.2',
  async rate(index, milliseconds) {
    const { stdout } = await promisify(execFile)(kNative, ['networks', '--size', String(index), '--ms', String(milliseconds), '--json']);
    return JSON.parse(stdout)[0].stepsPerSecond;
  },
};

/**
 * The lab in its page, drawing every frame: what it trains in a second.
 * @param {import('playwright-core').Browser} browser
 * @param {string} origin
 */
async function benchPage(browser, origin) {
  const page = await browser.newPage();
  await page.goto(origin);
  const { from, to, frames, isOver } = await page.evaluate(watchLab, kPageSeconds * 1000);
  await page.close();
  const seconds = (to.at - from.at) / 1000;
  const epochs = (to.step - from.step) / seconds;
  // 150 of the 200 examples are trained on.
  return { epochs, examples: 150 * epochs, frames: frames / seconds, isOver };
}

/**
 * In the page: the epochs reached after a second of warming up and so many milliseconds later.
 * @param {number} milliseconds
 */
function watchLab(milliseconds) {
  const lab = document.createElement('descent-lab');
  const settings = {
    lab: 'network',
    size: '200',
    validation: '0.25',
    layers: '8, 8',
    activation: 'tanh',
    batch: '10',
    runners: 'adam(lr=0.01)',
    epochs: '100000',
    'view-speed': 'max',
  };
  for (const [key, value] of Object.entries(settings)) lab.setAttribute(key, value);
  return new Promise((done, failed) => {
    lab.addEventListener('error', (event) => failed(new Error(/** @type {any} */ (event).detail.message)));
    /** @type {{ at: number, step: number } | undefined} */
    let from;
    let frames = 0;
    let begin = 0;
    const count = () => {
      ++frames;
      requestAnimationFrame(count);
    };
    lab.addEventListener('ready', () => {
      begin = performance.now();
      /** @type {any} */ (lab).play();
    });
    lab.addEventListener('step', (event) => {
      const { step, total } = /** @type {CustomEvent} */ (event).detail;
      const at = performance.now();
      if (at - begin < 1000) return;
      if (!from) {
        from = { at, step };
        requestAnimationFrame(count);
      } else if (at - from.at >= milliseconds || step === total) {
        /** @type {any} */ (lab).pause();
        done({ from, to: { at, step }, frames, isOver: step === total });
      }
    });
    document.body.replaceChildren(lab);
  });
}

const median = (/** @type {number[]} */ values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Three digits: 1.23 M, 123 k. @param {number} value */
function short(value) {
  const [unit, name] = value >= 1e6 ? [1e6, ' M'] : value >= 1000 ? [1000, ' k'] : [1, ''];
  return Number((value / unit).toPrecision(3)) + name;
}

/** @param {string[][]} rows the first is the heading */
function printTable(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (/** @type {string[]} */ row) => `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  console.log([line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n'));
}

const { browser, origin, close } = await openBrowser();
const engines = [
  await inBrowser(browser),
  await inNode('WASM, Node', engineFile('descent')),
  native,
  await inNode('ConvNetJS', engineFile('convnetjs')),
  await bundled('tfjs, cpu', 'tfjs-cpu'),
  await bundled('tfjs, wasm', 'tfjs-wasm'),
];

const figures = [];
for (const [index, { name, batch }] of kSizes.entries()) {
  const turns = /** @type {number[][]} */ (engines.map(() => []));
  for (const { rate } of engines) await rate(index, kWarmUp);
  for (let round = 0; round < kRounds; ++round) {
    for (const [i, { rate }] of engines.entries()) turns[i].push(await rate(index, kTurn));
  }
  figures.push({ title: `${name}, batch ${batch}`, turns });
}

const names = engines.map((engine) => engine.name);
console.log(`Training steps a second: median of ${kRounds} turns of ${kTurn} ms. Tanh; Adam, but SGD for ConvNetJS, which has no Adam.\n`);
printTable([['network', ...names], ...figures.map(({ title, turns }) => [title, ...turns.map((rates) => short(median(rates)))])]);
console.log(`\n${names[0]}, as a multiple of each: median of the turns' ratios.\n`);
printTable([
  ['network', ...names.slice(1)],
  ...figures.map(({ title, turns: [ours, ...others] }) => [title, ...others.map((rates) => median(rates.map((rate, i) => ours[i] / rate)).toPrecision(3))]),
]);

const runs = [];
for (let round = 0; round < kRounds; ++round) runs.push(await benchPage(browser, origin));
runs.sort((a, b) => a.examples - b.examples);
const { epochs, examples, frames } = runs[kRounds >> 1];
console.log(`\nThe lab network in its page, 2-8-8-1, batch 10, drawing ${frames.toFixed(0)} frames a second: ` +
  `${short(examples)} examples and ${short(epochs)} epochs a second, the median of ${kRounds} runs of ${kPageSeconds} s ` +
  `(${runs.map((run) => short(run.examples) + (run.isOver ? ' until its last epoch' : '')).join(', ')}).`);

for (const engine of engines) engine.close?.();
await close();
