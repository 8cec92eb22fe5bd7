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

/** Reads channels, keeping what cannot have changed since the last frame. */
export class ChannelReader {
  #session;
  #key = '';
  /** @type {Map<string, import('../types.js').Numbers>} */
  #cache = new Map();

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
  }

  /** @param {Frame} frame */
  begin({ revision, state, description }) {
    // Arrows and ellipses belong to a step, series and paths only to what is known.
    const key = `${revision}/${state.known}/${state.step}/${description.subjects.length}`;
    if (key !== this.#key) this.#cache.clear();
    this.#key = key;
  }

  /** @param {string} name */
  read(name) {
    const known = this.#cache.get(name);
    if (known) return known;
    const numbers = this.#session.read(name);
    this.#cache.set(name, numbers);
    return numbers;
  }
}
