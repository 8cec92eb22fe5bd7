import { fileURLToPath } from 'node:url';

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** What descent_bench_js is made of. */
export const kGlue = at('../../build/wasm/descent-bench.js');
export const kBinary = at('../../build/wasm/descent-bench.wasm');
export const kNative = at('../../build/native/descent_bench_sse4');
export const engineFile = (/** @type {string} */ name) => at(`engines/${name}.mjs`);
/** Beside the packages that it needs. */
export const bundleFile = (/** @type {string} */ name) => at(`node_modules/.bundles/${name}.cjs`);
export const kWorker = at('worker.mjs');
