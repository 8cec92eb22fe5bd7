/** Our WebAssembly: the loop of cpp/bench/networks.cpp, which looks at the clock itself. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { kBinary, kGlue } from '../paths.mjs';

/** @type {import('../sizes.mjs').Start} */
export async function start() {
  const createBench = createRequire(import.meta.url)(kGlue);
  const module = await createBench({ wasmBinary: await readFile(kBinary) });
  return module._networkBench;
}
