// What the site builder turns into modules.

/** A style sheet, minified, with its imports. */
declare module '*.css' {
  const text: string;
  export default text;
}

/** The WebAssembly, deflated. */
declare module 'descent-wasm' {
  const deflated: Uint8Array<ArrayBuffer>;
  export default deflated;
}
