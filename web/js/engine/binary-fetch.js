/**
 * Where the site finds the WebAssembly: a file beside the bundle.
 * @returns {Promise<ArrayBuffer>}
 */
export async function loadBinary() {
  const response = await fetch(new URL('descent.wasm', import.meta.url));
  if (!response.ok) throw new Error(`descent.wasm could not be loaded: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}
