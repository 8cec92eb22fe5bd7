import { fileURLToPath } from 'node:url';

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

export const kRoot = at('../..');
export const kWeb = at('..');
export const kCore = at('../../build/wasm');
export const kSite = at('../../build/site');
