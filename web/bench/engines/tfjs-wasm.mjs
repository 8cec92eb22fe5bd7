import { dirname, sep } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { openBackend } from './tfjs.mjs';

/** @type {import('../sizes.mjs').Start} */
export async function start() {
  // Asked of Node, not of the bundler.
  const binary = require.resolve('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm');
  setWasmPaths(dirname(binary) + sep);
  return openBackend('wasm');
}
