/** What the tests of the page and of the WebAssembly share. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundle } from '../../web/tools/bundle.mjs';
import { coreModules } from '../../web/tools/core.mjs';
import { kRoot, kSite, kWeb } from '../../web/tools/paths.mjs';
import { serve } from '../../web/tools/serve.mjs';

export const requireWeb = createRequire(join(kWeb, 'package.json'));

/**
 * @typedef {import('../../web/tools/core.mjs').CoreModule & {
 *   engine: import('../../web/js/types.js').Engine, catalogue: import('../../web/js/types.js').Catalogue,
 *   memory: WebAssembly.Memory }} OpenModule
 */

/**
 * js/engine as the page has it, with the WebAssembly read from disk: each module of the core, its
 * engine and its memory.
 * @returns {Promise<OpenModule[]>}
 */
export async function openEngines() {
  const modules = await coreModules();
  const { files } = await bundle({ modules, entryPoints: [join(kWeb, 'js/engine/engine.js')], minify: false });
  const folder = await mkdtemp(join(tmpdir(), 'descent-engine-'));
  const path = join(folder, 'engine.mjs');
  await writeFile(path, files[0].contents);
  const { loadEngine } = await import(pathToFileURL(path).href);
  await rm(folder, { recursive: true });
  const { instantiate } = WebAssembly;
  /** @type {Record<string, unknown>} */
  let exports = {};
  // The memory's name among the exports is minified, and differs between emscripten's versions.
  WebAssembly.instantiate = /** @type {any} */ (async (/** @type {any[]} */ ...args) => {
    const made = await Reflect.apply(instantiate, WebAssembly, args);
    exports = (made.instance ?? made).exports;
    return made;
  });
  const opened = /** @type {OpenModule[]} */ ([]);
  for (const module of modules) {
    const engine = await loadEngine(module.labs[0].id, { binary: await readFile(module.wasm) });
    const memory = Object.values(exports).find((item) => item instanceof WebAssembly.Memory);
    opened.push({ ...module, engine, catalogue: engine.catalogue(), memory: /** @type {WebAssembly.Memory} */ (memory) });
  }
  WebAssembly.instantiate = instantiate;
  return opened;
}

/** Arguments of a grid; of any other the least is asked for. */
const kWindow = /** @type {Record<string, number>} */ ({ x0: -1, x1: 1, y0: -2, y1: 2, nx: 3, ny: 5 });

/**
 * A channel as it is read.
 * @param {import('../../web/js/types.js').Channel} channel
 */
export function call({ name, arguments: taken }) {
  const values = taken.map((argument) => kWindow[argument.name] ?? argument.low);
  return values.length === 0 ? name : `${name}(${values.join(', ')})`;
}

/**
 * Another value than a knob's default, with which a run can go on.
 * @param {import('../../web/js/types.js').Knob} knob
 */
export function otherValue({ type, choices, low, high, default: standard }) {
  const number = Number(standard);
  if (type === 'flag') return standard === 'on' ? 'off' : 'on';
  if (type === 'choice') return String(choices.find((choice) => choice !== standard));
  if (type === 'integer') return String(number < high ? number + 1 : low);
  if (type === 'number') return String((number + (number > low ? low : high)) / 2);
  // Of a recipe the rate; where it stands at its default, it is written into the first one.
  const rate = /lr=([\d.e-]+)/.exec(standard);
  if (rate) return standard.replace(rate[0], `lr=${Number(rate[1]) / 2}`);
  return standard.replace(/^[\w-]+(\()?/, (head, open) => (open ? `${head}lr=0.001, ` : `${head}(lr=0.001)`));
}

/**
 * The same run by the native program.
 * @param {string} lab
 * @param {Record<string, string>} spec
 * @param {number} steps
 * @param {string[]} channels
 * @returns {Promise<{ step: number, channels: Record<string, { shape: number[], data: (number | null)[] }> }>}
 */
export async function runNative(lab, spec, steps, channels) {
  const settings = Object.entries(spec).map(([key, value]) => `${key}=${value}`);
  const { stdout } = await promisify(execFile)(
    join(kRoot, 'build/native/descent'),
    ['run', lab, ...settings, '--steps', String(steps), '--read', channels.join(','), '--format', 'json'],
    { maxBuffer: 1 << 28 },
  );
  return JSON.parse(stdout);
}

/** The site, served as `make serve` does, and a headless Chromium. */
export async function openBrowser() {
  const { chromium } = requireWeb('playwright-core');
  const { server, port } = await serve(kSite, 0);
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    /** @type {import('playwright-core').Browser} */
    browser,
    async close() {
      await browser.close();
      server.close();
    },
  };
}

function chromiumPath() {
  const { CHROMIUM, PATH = '' } = process.env;
  if (CHROMIUM) return CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const paths = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = paths.find(isExecutable);
  if (found === undefined) throw new Error('no Chromium in PATH: install the package chromium, or set CHROMIUM to its path');
  return found;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name a lab */
export const standaloneFile = (name) => join(kSite, 'standalone', `${name}.html`);

/**
 * A page that keeps account of what must not happen on it: console errors, uncaught exceptions,
 * requests to anyone else.
 * @param {import('playwright-core').Browser} browser
 * @param {string} origin
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openPage(browser, origin, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = /** @type {string[]} */ ([]);
  const requests = /** @type {string[]} */ ([]);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (failure) => faults.push(`uncaught: ${failure.message}`));
  page.on('request', (request) => {
    const url = request.url();
    requests.push(url);
    if (!url.startsWith(`${origin}/`) && !/^(?:data|blob):/.test(url)) faults.push(`request: ${url}`);
  });
  return { page, faults, requests, close: () => context.close() };
}
