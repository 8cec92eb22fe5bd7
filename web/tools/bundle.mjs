/** How the page's modules become one: the same for the site, the standalone files and the tests. */
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { deflateSync } from 'node:zlib';
import { build } from 'esbuild';
import { kCore, kWeb } from './paths.mjs';

/**
 * @param {import('esbuild').BuildOptions & { core?: string, inline?: boolean }} options
 *   core: the folder of descent.js and descent.wasm; inline: carry the WebAssembly in the bundle
 */
export async function bundle({ core = kCore, inline = false, ...options }) {
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
      'descent-module': join(core, 'descent.js'),
      'descent-wasm': join(core, 'descent.wasm'),
      'descent-binary': join(kWeb, 'js/engine', inline ? 'binary-inline.js' : 'binary-fetch.js'),
    },
    plugins: [styleText, packedWasm],
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

/** @param {string} path */
export async function minifiedStyle(path) {
  const { outputFiles } = await build({
    entryPoints: [path], bundle: true, minify: true, write: false, charset: 'utf8', outdir: '/', logLevel: 'warning',
    loader: { '.woff2': 'dataurl', '.svg': 'dataurl', '.png': 'dataurl' },
  });
  return outputFiles[0].text.trim();
}
