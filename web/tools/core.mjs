/** The core in Node, for what is made from its catalogue when the site is built, and for tests. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { kCore } from './paths.mjs';

/**
 * @param {string} [folder] where descent.js and descent.wasm are
 * @param {object} [options] further options of the module
 * @returns {Promise<import('../js/engine/descent.js').DescentModule>}
 */
export async function loadCore(folder = kCore, options = {}) {
  const createDescent = createRequire(import.meta.url)(join(folder, 'descent.js'));
  return createDescent({ wasmBinary: await readFile(join(folder, 'descent.wasm')), ...options });
}
