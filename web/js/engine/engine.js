/**
 * The only way from the page to the C++ core. The core comes as several modules, each with some of
 * the labs; one engine for each serves every element on a page.
 *
 * What can be wrong comes back from the core as text and is thrown here as an Error; arrays are
 * copied here, because a view into the heap silently has length 0 once the memory has grown.
 */
import { loadBinary } from 'descent-binary';
import { modules } from 'descent-modules';

/**
 * @typedef {import('./descent.js').DescentModule} DescentModule
 * @typedef {import('./descent.js').Handle} Handle
 * @typedef {import('../types.js').Engine} Engine
 * @typedef {import('../types.js').Session} Session
 */

/** By the module's name. @type {Map<string, Promise<Engine>>} */
const engines = new Map();

/**
 * The engine that has a lab; labs of one module share theirs. A load that failed is tried anew by
 * the next call.
 * @param {string} lab
 * @param {{ binary?: ArrayBuffer | Uint8Array }} [options] the WebAssembly, where it is already at hand
 * @returns {Promise<Engine>}
 */
export async function loadEngine(lab, { binary } = {}) {
  const module = modules.find(({ labs }) => labs.includes(lab));
  if (!module) {
    throw new Error(`lab must be one of ${modules.flatMap(({ labs }) => labs).join(', ')}, got "${lab}"`);
  }
  const { name } = module;
  let engine = engines.get(name);
  if (!engine) {
    engine = start(module, binary);
    engine.catch(() => engines.delete(name));
    engines.set(name, engine);
  }
  return engine;
}

/**
 * @param {typeof modules[number]} module
 * @param {ArrayBuffer | Uint8Array} [binary]
 */
async function start({ name, glue }, binary) {
  const [{ default: createDescent }, wasmBinary] = await Promise.all([glue(), binary ?? loadBinary(name)]);
  return new CoreEngine(await createDescent({ wasmBinary }));
}

/** @implements {Engine} */
class CoreEngine {
  #module;
  /** @type {import('../types.js').Catalogue | null} */
  #catalogue = null;
  /** Closes what was dropped without close(). */
  #dropped = new FinalizationRegistry((/** @type {Handle} */ handle) => handle.delete());

  /** @param {DescentModule} module */
  constructor(module) {
    this.#module = module;
  }

  catalogue() {
    this.#catalogue ??= guard(() => this.#module.catalogue());
    return this.#catalogue;
  }

  /**
   * @param {string} spec
   * @returns {Session}
   */
  open(spec) {
    const handle = ask(() => this.#module.open(asText('spec', spec)));
    const session = new CoreSession(handle, () => {
      this.#dropped.unregister(session);
      handle.delete();
    });
    this.#dropped.register(session, handle, session);
    return session;
  }

  live() {
    return this.#module.live();
  }
}

/** @implements {Session} */
class CoreSession {
  /** @type {Handle | null} */
  #handle;
  #release;

  /**
   * @param {Handle} handle
   * @param {() => void} release deletes the handle
   */
  constructor(handle, release) {
    this.#handle = handle;
    this.#release = release;
  }

  describe() {
    return guard(() => this.#open().describe());
  }

  state() {
    return guard(() => this.#open().state());
  }

  spec() {
    return guard(() => this.#open().spec());
  }

  readings() {
    return guard(() => this.#open().readings());
  }

  tables() {
    return guard(() => this.#open().tables());
  }

  documents() {
    return guard(() => this.#open().documents());
  }

  shown() {
    return guard(() => this.#open().shown());
  }

  position() {
    return guard(() => this.#open().position());
  }

  /** @param {number} n */
  step(n) {
    ask(() => this.#open().step(asNumber('step', n)));
  }

  /** @param {number} t */
  seek(t) {
    return ask(() => this.#open().seek(asNumber('seek', t)));
  }

  /**
   * @param {string} path
   * @param {string} value
   */
  set(path, value) {
    ask(() => this.#open().set(asText('knob', path), asText(String(path), value)));
  }

  /**
   * @param {string} path
   * @param {string} recipes
   */
  add(path, recipes) {
    ask(() => this.#open().add(asText('list', path), asText(String(path), recipes)));
  }

  /** @param {string} path */
  remove(path) {
    ask(() => this.#open().remove(asText('knob', path)));
  }

  /**
   * @param {string} path
   * @param {string} decorator
   */
  wrap(path, decorator) {
    ask(() => this.#open().wrap(asText('knob', path), asText(String(path), decorator)));
  }

  /** @param {string} path */
  knob(path) {
    return ask(() => this.#open().knob(asText('knob', path)));
  }

  reset() {
    ask(() => this.#open().reset());
  }

  turns() {
    return guard(() => this.#open().turns());
  }

  /** @param {string} id */
  startTask(id) {
    ask(() => this.#open().startTask(asText('task', id)));
  }

  /** @param {number} units */
  advanceTask(units) {
    return guard(() => this.#open().advanceTask(asNumber('units', units))) ?? null;
  }

  cancelTask() {
    guard(() => this.#open().cancelTask());
  }

  /** @param {string} channel */
  read(channel) {
    return copied(ask(() => this.#open().read(asText('channel', channel))));
  }

  /** @param {string} channel */
  readTask(channel) {
    return copied(ask(() => this.#open().readTask(asText('channel', channel))));
  }

  close() {
    if (this.#handle === null) return;
    this.#handle = null;
    this.#release();
  }

  #open() {
    if (this.#handle === null) throw new Invalid('this session is closed');
    return this.#handle;
  }
}

/** Out of the heap, where a view dies. @param {import('../types.js').Numbers} view */
const copied = ({ shape, data }) => ({ shape, data: data.slice() });

/** Something was wrong with what the caller gave: its text is meant for a person. */
class Invalid extends Error {}

/**
 * The value of an answer of the core, or its error thrown.
 * @template T
 * @param {() => import('./descent.js').Result<T>} question
 * @returns {T}
 */
function ask(question) {
  const answer = guard(question);
  if ('error' in answer) throw new Error(answer.error);
  return answer.value;
}

/**
 * A trap inside the core (out of memory, out of stack) arrives as a RuntimeError that says little.
 * @template T
 * @param {() => T} call
 * @returns {T}
 */
function guard(call) {
  try {
    return call();
  } catch (failure) {
    if (failure instanceof Invalid) throw failure;
    throw new Error(`the core has stopped: ${failure instanceof Error ? failure.message : failure}`);
  }
}

/**
 * embind's own conversion of what is not text ends in a message about std::string, and of half a
 * surrogate pair in a letter that nobody wrote.
 * @param {string} name
 * @param {unknown} value
 */
function asText(name, value) {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd');
  if (typeof value === 'number') return String(value);
  throw new Invalid(`${name} must be text, got ${show(value)}`);
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function asNumber(name, value) {
  if (typeof value === 'number') return value;
  throw new Invalid(`${name} must be a whole number of steps, 0 or more, got ${show(value)}`);
}

/** @param {unknown} value */
function show(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'symbol' || typeof value === 'bigint') return value.toString();
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return String(value);
}
