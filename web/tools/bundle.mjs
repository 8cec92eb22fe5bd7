/** How the page's modules become one: the same for the site, the standalone files and the tests. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { deflateSync } from 'node:zlib';
import { build } from 'esbuild';
import { coreModules } from './core.mjs';
import { kWeb } from './paths.mjs';

/** @typedef {import('./core.mjs').CoreModule} CoreModule */

/**
 * @param {import('esbuild').BuildOptions & { modules?: CoreModule[], carried?: CoreModule }} options
 *   modules: those of the core that are fetched when a lab needs them; carried: the one, in their
 *   place, whose WebAssembly and labs are in the bundle
 */
export async function bundle({ modules, carried, ...options }) {
  const { outputFiles = [], metafile } = await build({
    // Names of chunks are made from paths relative to this.
    absWorkingDir: kWeb,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
    tsconfigRaw: '{}',
    outdir: '/',
    alias: {
      'descent-binary': join(kWeb, 'js/engine', carried ? 'binary-inline.js' : 'binary-fetch.js'),
      ...(carried ? { 'descent-wasm': carried.wasm } : {}),
    },
    plugins: [
      moduleTable(carried ? [carried] : (modules ?? (await coreModules()))),
      ...(carried ? [labsOf(carried)] : []),
      styleText,
      packedWasm,
    ],
    ...options,
  });
  const { inputs = {}, outputs = {} } = metafile ?? {};
  return {
    files: outputFiles,
    inputs: Object.keys(inputs),
    /** The outputs that an output needs at once, by paths from the root of the site. @param {string} path */
    importsOf(path) {
      const key = Object.keys(outputs).find((name) => fromOut(name) === path);
      const { imports = [] } = outputs[key ?? ''] ?? {};
      return imports.filter(({ kind }) => kind === 'import-statement').map((item) => fromOut(item.path)).sort();
    },
  };
}

/** esbuild names outputs from its working directory. @param {string} path */
const fromOut = (path) => relative('/', resolve(kWeb, path));

/**
 * Which labs are in which module, for a page that has loaded none; each with its glue code, which
 * differs by the imports of the WebAssembly.
 * @param {CoreModule[]} modules
 * @returns {import('esbuild').Plugin}
 */
const moduleTable = (modules) => ({
  name: 'module-table',
  setup(plugin) {
    const rows = modules.map(({ name, js, labs }) =>
      `{ name: "${name}", labs: ${JSON.stringify(labs.map(({ id }) => id))}, glue: () => import(${JSON.stringify(js)}) }`);
    plugin.onResolve({ filter: /^descent-modules$/ }, ({ path }) => ({ path, namespace: 'descent' }));
    plugin.onLoad({ filter: /./, namespace: 'descent' }, () => ({ contents: `export const modules = [${rows}];`, resolveDir: kWeb }));
  },
});

/**
 * Leaves out the labs of other modules.
 * @param {CoreModule} module
 * @returns {import('esbuild').Plugin}
 */
const labsOf = ({ labs }) => ({
  name: 'labs-of',
  setup(plugin) {
    const ids = labs.map(({ id }) => id);
    plugin.onLoad({ filter: /[\\/]js[\\/]labs[\\/][^\\/]+[\\/]lab\.js$/ }, ({ path }) => (ids.includes(basename(dirname(path))) ? null : { contents: '' }));
  },
});

/** A style sheet imported by a module is text for a shadow root; its own imports are folded in. */
const styleText = /** @type {import('esbuild').Plugin} */ ({
  name: 'style-text',
  setup(plugin) {
    plugin.onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await minifiedStyle(path), loader: 'text', watchFiles: [path] }));
  },
});

/** Base64 makes the WebAssembly a third larger, deflating it three times smaller. */
const packedWasm = /** @type {import('esbuild').Plugin} */ ({
  name: 'packed-wasm',
  setup(plugin) {
    plugin.onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({ contents: deflateSync(await readFile(path), { level: 9 }), loader: 'binary' }));
  },
});

/** @param {string} path @param {string} further rules after those of the file */
export async function minifiedStyle(path, further = '') {
  const { outputFiles } = await build({
    stdin: { contents: `@import "./${basename(path)}";\n${further}`, resolveDir: dirname(path), loader: 'css' },
    bundle: true, minify: true, write: false, charset: 'utf8', outdir: '/', logLevel: 'warning',
    loader: { '.woff2': 'dataurl', '.svg': 'dataurl', '.png': 'dataurl' },
  });
  return outputFiles[0].text.trim();
}
