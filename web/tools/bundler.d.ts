// What the site builder turns into modules.

/** A style sheet, minified, with its imports. */
declare module '*.css' {
  const text: string;
  export default text;
}

/** The modules that the core comes as, and the labs that each has. */
declare module 'descent-modules' {
  export const modules: {
    /** Of its WebAssembly's file. */
    name: string;
    labs: string[];
    glue(): Promise<{ default: typeof import('../js/engine/descent.js').default }>;
  }[];
}

/** The WebAssembly, deflated. */
declare module 'descent-wasm' {
  const deflated: Uint8Array<ArrayBuffer>;
  export default deflated;
}
