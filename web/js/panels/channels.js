// What a lab's description says about its channels, and their numbers, read once a change.

/** @typedef {import('../types.js').Channel} Channel */
/** @typedef {import('../types.js').LabDescription} LabDescription */
/** @typedef {import('../types.js').Session} Session */
/** @typedef {import('../types.js').LabState} LabState */

// Measures of the work done: axes to draw against, not curves to look at.
const axisQuantities = ['evaluations', 'time'];

/**
 * @typedef {object} Frame what a lab draws
 * @property {LabState} state
 * @property {LabDescription} description
 * @property {{ tab: string, x: string, log: 'auto' | 'on' | 'off', selected: number, hidden: Set<number>, arrows: boolean, speed: string, pins: Map<string, string> }} view
 * @property {number} revision changes when numbers already read may have changed
 */

/** The channels that are curves, one for each quantity. @param {LabDescription} description */
function curveChannels({ channels }) {
  /** @type {Map<string, Channel>} */
  const found = new Map();
  for (const channel of channels) {
    const fits = channel.kind === 'series' && channel.subject >= 0;
    if (fits && !found.has(channel.quantity)) found.set(channel.quantity, channel);
  }
  return found;
}

/** @param {LabDescription} description */
export function curveTabs(description) {
  return [...curveChannels(description).values()]
    .filter(({ quantity }) => !axisQuantities.includes(quantity))
    .map(({ quantity, label, log }) => ({ id: quantity, label, log, quantities: [quantity] }));
}

/** @param {LabDescription} description */
export function curveAxes(description) {
  const channels = curveChannels(description);
  const others = axisQuantities.flatMap((quantity) => channels.get(quantity) ?? []);
  return [
    { id: 'step', label: description.unit, unit: '' },
    ...others.map(({ quantity, label, unit }) => ({
      id: quantity,
      label: label.toLowerCase(),
      unit,
    })),
  ];
}

/** Whether there is a surface to draw a map of. @param {LabDescription} description */
export function hasSurface({ channels }) {
  return channels.some(({ kind }) => kind === 'field');
}

/** Reads channels by the names of their arguments, keeping what cannot have changed since the last frame. */
export class ChannelReader {
  #session;
  #key = '';
  /** @type {Map<string, Channel>} */
  #channels = new Map();
  /** @type {Map<string, import('../types.js').Numbers>} */
  #cache = new Map();

  /**
   * @param {Pick<Session, 'read'>} session or a task
   * @param {Channel[]} [channels] that it has, where no frame says so
   */
  constructor(session, channels = []) {
    this.#session = session;
    this.#name(channels);
  }

  /** @param {Channel[]} channels */
  #name(channels) {
    this.#channels = new Map(channels.map((channel) => [channel.name, channel]));
  }

  /** @param {Frame} frame */
  begin({ revision, state, description }) {
    // Arrows and ellipses belong to a step, series and paths only to what is known.
    const key = `${revision}/${state.known}/${state.step}/${description.subjects.length}`;
    if (key !== this.#key) this.#cache.clear();
    this.#key = key;
    this.#name(description.channels);
  }

  /** Whether the lab has it, as it is now. @param {string} name */
  has(name) {
    return this.#channels.has(name);
  }

  /**
   * @param {string} name
   * @param {Record<string, number>} [values] of its arguments, by their names
   */
  read(name, values) {
    const call = callOf(name, this.#channels.get(name), values);
    const known = this.#cache.get(call);
    if (known) return known;
    const numbers = this.#session.read(call);
    this.#cache.set(call, numbers);
    return numbers;
  }

  /**
   * The same, but not kept: for what is asked for once, a field under the pointer.
   * @param {string} name
   * @param {Record<string, number>} values
   */
  ask(name, values) {
    return this.#session.read(callOf(name, this.#channels.get(name), values));
  }

  /**
   * The numbers by the names of their columns, each as long as there are rows.
   * @param {string} name
   * @param {Record<string, number>} [values]
   * @returns {Record<string, Float64Array>}
   */
  columns(name, values) {
    const { data } = this.read(name, values);
    const names = this.#channels.get(name)?.columns ?? [];
    const rows = data.length / names.length;
    return Object.fromEntries(
      names.map((column, k) => [column, Float64Array.from({ length: rows }, (_, i) => data[i * names.length + k])]),
    );
  }

  /**
   * The parts of a field by the names of its columns, of [parts, …, ny, nx] numbers.
   * @param {string} name
   * @param {Record<string, number>} [values]
   * @returns {Record<string, Float64Array>}
   */
  parts(name, values) {
    const { data } = this.read(name, values);
    const names = this.#channels.get(name)?.columns ?? [];
    const size = data.length / names.length;
    return Object.fromEntries(names.map((part, k) => [part, data.subarray(k * size, (k + 1) * size)]));
  }

  /**
   * The one row of a channel, by the names of its numbers.
   * @param {string} name
   * @param {Record<string, number>} [values]
   */
  row(name, values) {
    const columns = this.columns(name, values);
    return Object.fromEntries(Object.entries(columns).map(([column, [value]]) => [column, value]));
  }
}

/**
 * A channel as the core reads it, its arguments in their order.
 * @param {string} name @param {Channel} [channel] @param {Record<string, number>} [values]
 */
function callOf(name, channel, values = {}) {
  const names = channel?.arguments.map((argument) => argument.name) ?? [];
  return names.length === 0 ? name : `${name}(${names.map((argument) => values[argument]).join(', ')})`;
}
