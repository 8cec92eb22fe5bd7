/**
 * Where a standalone file finds the WebAssembly: inside itself, since a page opened from disk may not fetch.
 * The builder puts this module in the place of binary-fetch.js.
 */
import deflated from 'descent-wasm';

/** @returns {Promise<ArrayBuffer>} */
export async function loadBinary() {
  return new Response(new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
}
