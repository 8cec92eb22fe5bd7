/**
 * Where the site finds the WebAssembly: a file beside the bundle.
 * @param {string} name of the module
 * @returns {Promise<ArrayBuffer>}
 */
export async function loadBinary(name) {
  const file = `${name}.wasm`;
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file} could not be loaded: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}
