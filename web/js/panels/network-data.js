// What the channels of a network's lab say, in the shapes that the plots take.

/** @typedef {import('./channels.js').Frame} Frame */
/** @typedef {import('../types.js').LabDescription} LabDescription */
/** @typedef {import('../plots/plots.js').Window2} Window2 */
/** @typedef {import('../plots/plots.js').Examples} Examples */
/** @typedef {{ nx: number, ny: number }} Size of a grid; ny is 1 where there is one input */

/**
 * @typedef {object} Network
 * @property {number} inputs
 * @property {number} classes 0 for a regression
 * @property {number[]} widths of the layers with weights: the hidden ones, and the outputs
 * @property {number[]} hidden
 * @property {number} outputs
 */

const kDrawn = 1.1; // a plane to draw on does not shrink to what is on it
const kUnitGrid = 24;
const kMostNumbers = 4e5; // of a large picture of all units
const kMostSmall = 6e4;

/** Reads what belongs to one subject; what no step changes is read once. */
export class NetworkReader {
  #reader;
  #revision = -1;
  #isDrawn = false;
  /** @type {Map<string, any>} */
  #kept = new Map();

  /** @param {import('./channels.js').ChannelReader} reader */
  constructor(reader) {
    this.#reader = reader;
  }

  /** @param {Frame} frame */
  begin({ revision, description }) {
    if (revision !== this.#revision) this.#kept.clear();
    this.#revision = revision;
    this.#isDrawn = isDrawn(knobValue(description, 'data'));
  }

  /**
   * @template T
   * @param {string} name @param {() => T} read
   * @returns {T}
   */
  #keep(name, read) {
    if (!this.#kept.has(name)) this.#kept.set(name, read());
    return this.#kept.get(name);
  }

  /** @returns {Network} */
  get network() {
    return this.#keep('network', () => {
      const { inputs, classes } = this.#reader.row('network');
      const widths = [...this.#reader.read('widths').data];
      return { inputs, classes, widths, hidden: widths.slice(0, -1), outputs: widths[widths.length - 1] };
    });
  }

  /** @returns {Examples} */
  get points() {
    return this.#keep('points', () => /** @type {any} */ (this.#reader.columns('points')));
  }

  /** @returns {Window2} */
  get window() {
    const { x0, x1, y0, y1 } = this.#keep('window', () => this.#reader.row('window'));
    if (!this.#isDrawn) return { x0, x1, y0, y1 };
    return { x0: Math.min(-kDrawn, x0), x1: Math.max(kDrawn, x1), y0: Math.min(-kDrawn, y0), y1: Math.max(kDrawn, y1) };
  }

  /** The largest size of a target: what the colours of a regression span. */
  get scale() {
    return this.#keep('scale', () => this.points.target.reduce((most, target) => Math.max(most, Math.abs(target)), 0) || 1);
  }

  /** @param {number} nx @param {number} ny @returns {Size} */
  #size(nx, ny) {
    return { nx, ny: this.network.inputs === 1 ? 1 : ny };
  }

  /** What it gives. @param {number} subject @param {Window2} w @param {number} nx @param {number} ny */
  surface(subject, w, nx, ny) {
    return this.#field('surface', subject, w, this.#size(nx, ny));
  }

  /**
   * How far each class is ahead of the best other one, and its probability; of two classes the
   * second alone.
   * @param {number} subject @param {Window2} w @param {number} nx @param {number} ny
   */
  decision(subject, w, nx, ny) {
    const size = this.#size(nx, ny);
    const { lead, probability } = this.#reader.parts('decision', { runner: subject, ...w, ...size });
    return { lead, probability, ...size };
  }

  /** All hidden units, small. @param {number} subject */
  units(subject) {
    const { inputs, hidden } = this.network;
    const count = hidden.reduce((sum, n) => sum + n, 0);
    if (count === 0) return { values: new Float64Array(), nx: 2, ny: 2 };
    const n = inputs === 1 ? 48 : Math.max(10, Math.min(kUnitGrid, Math.floor(Math.sqrt(kMostSmall / count))));
    return this.#field('units', subject, this.window, this.#size(n, n));
  }

  /**
   * One hidden unit, large.
   * @param {number} subject @param {{ layer: number, unit: number }} which @param {Window2} w
   * @param {number} nx @param {number} ny
   */
  unit(subject, { layer, unit }, w, nx, ny) {
    const { hidden } = this.network;
    const count = hidden.reduce((sum, n) => sum + n, 0);
    const rows = this.#size(nx, ny).ny;
    // The channel gives all of them: the more there are, the coarser.
    const shrink = Math.min(1, Math.sqrt(kMostNumbers / (count * nx * rows)));
    const [mx, my] = [nx, rows].map((n) => (n === 1 ? 1 : Math.max(20, Math.round(n * shrink))));
    const { values } = this.#field('units', subject, w, { nx: mx, ny: my });
    const at = (hidden.slice(0, layer - 1).reduce((sum, n) => sum + n, 0) + unit) * mx * my;
    return { values: values.slice(at, at + mx * my), nx: mx, ny: my };
  }

  /** @param {string} name @param {number} subject @param {Window2} w @param {Size} size */
  #field(name, subject, w, size) {
    return { values: this.#reader.read(name, { runner: subject, ...w, ...size }).data, ...size };
  }

  /** Of every layer. @param {number} subject */
  weights(subject) {
    return this.network.widths.map((_, l) => {
      const { shape, data } = this.#reader.read('weights', { runner: subject, layer: l + 1 });
      return { rows: shape[0], columns: shape[1], data };
    });
  }

  /** Of every layer: norm of the gradient now and at the start, norm of the weights. @param {number} subject */
  layers(subject) {
    return this.#reader.columns('layers', { runner: subject });
  }

  /** Of the weights as they stand. @param {number} subject */
  scores(subject) {
    return this.#reader.row('scores', { runner: subject });
  }

  /** @param {number} subject @param {number} layer */
  activations(subject, layer) {
    return this.#reader.read('activations', { runner: subject, layer }).data;
  }

  /** @param {number} subject @param {number} layer */
  seen(subject, layer) {
    return this.#reader.columns('seen', { runner: subject, layer });
  }
}

/** Whether the examples are placed by hand. @param {string} value of the knob of the data */
export const isDrawn = (value) => /^\s*drawn\b/.test(value);

/** The value of a knob, or ''. @param {LabDescription} description @param {string} id */
export const knobValue = ({ knobs }, id) => knobs.find((knob) => knob.id === id)?.value ?? '';

/**
 * The rows of a series that have a number: on a long run not every epoch is scored.
 * @param {Float64Array} series
 */
export function scoredRows(series) {
  const x = new Float64Array(series.length);
  const y = new Float64Array(series.length);
  let n = 0;
  for (let t = 0; t < series.length; t++) {
    if (Number.isNaN(series[t])) continue;
    x[n] = t;
    y[n++] = series[t];
  }
  return { x: x.subarray(0, n), y: y.subarray(0, n) };
}

/**
 * The series of a quantity that a subject has, or null.
 * @param {LabDescription} description @param {string} quantity @param {number} subject
 */
export const seriesOf = ({ channels }, quantity, subject) =>
  channels.find((channel) => channel.quantity === quantity && channel.subject === subject) ?? null;
