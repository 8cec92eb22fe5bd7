/** The core in Node, for what is made from its catalogue when the site is built, and for tests. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { kCore } from './paths.mjs';

/**
 * One of the modules that the core comes as: its glue code and WebAssembly, and the labs in it.
 * @typedef {{ name: string, js: string, wasm: string, labs: import('../js/types.js').LabSummary[] }} CoreModule
 */

/**
 * The modules, the page's first at the front.
 * @param {string} [core] where they were built
 * @returns {Promise<CoreModule[]>}
 */
export async function coreModules(core = kCore) {
  const names = (await readFile(join(core, 'modules.txt'), 'utf8')).trim().split(' ');
  return Promise.all(names.map(async (name) => {
    const files = { js: join(core, `${name}.js`), wasm: join(core, `${name}.wasm`) };
    return { name, ...files, labs: (await loadCore(files)).catalogue().labs };
  }));
}

/**
 * @param {{ js: string, wasm: string }} files of a module
 * @param {object} [options] further options of the module
 * @returns {Promise<import('../js/engine/descent.js').DescentModule>}
 */
export async function loadCore({ js, wasm }, options = {}) {
  const createDescent = createRequire(import.meta.url)(js);
  return createDescent({ wasmBinary: await readFile(wasm), ...options });
}
