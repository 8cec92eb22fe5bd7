// What the channels of a network's lab say, in the shapes that the plots take.

/** @typedef {import('./channels.js').Frame} Frame */
/** @typedef {import('../types.js').LabDescription} LabDescription */
/** @typedef {import('../plots/plots.js').Window2} Window2 */

/**
 * @typedef {object} Network
 * @property {number} inputs
 * @property {number} classes 0 for a regression
 * @property {number[]} widths of the layers with weights; the last is the output's
 */

const kDrawn = 1.1; // a plane to draw on does not shrink to what is on it
const kUnitGrid = 24;
const kMostNumbers = 4e5; // of a large picture of all units
const kMostSmall = 6e4;

/** Reads what belongs to one subject; what no step changes is read once. */
export class NetworkReader {
  #session;
  #revision = -1;
  #isDrawn = false;
  /** @type {Map<string, Float64Array>} */
  #kept = new Map();

  /** @param {import('../types.js').Session} session */
  constructor(session) {
    this.#session = session;
  }

  /** @param {Frame} frame */
  begin({ revision, description }) {
    if (revision !== this.#revision) this.#kept.clear();
    this.#revision = revision;
    this.#isDrawn = isDrawn(knobValue(description, 'data'));
  }

  /** @param {string} name */
  #keep(name) {
    const known = this.#kept.get(name) ?? this.#session.read(name).data;
    this.#kept.set(name, known);
    return known;
  }

  /** @returns {Network} */
  get network() {
    const [inputs, classes, ...widths] = this.#keep('network');
    return { inputs, classes, widths };
  }

  /** Rows of x, y, class or target, held back. */
  get points() {
    return this.#keep('points');
  }

  /** @returns {Window2} */
  get window() {
    const [x0, x1, y0, y1] = this.#keep('window');
    if (!this.#isDrawn) return { x0, x1, y0, y1 };
    return { x0: Math.min(-kDrawn, x0), x1: Math.max(kDrawn, x1), y0: Math.min(-kDrawn, y0), y1: Math.max(kDrawn, y1) };
  }

  /** The largest size of a target: what the colours of a regression span. */
  get scale() {
    const { points } = this;
    let most = 0;
    for (let i = 2; i < points.length; i += 4) most = Math.max(most, Math.abs(points[i]));
    return most || 1;
  }

  get hidden() {
    return this.network.widths.slice(0, -1);
  }

  /** @param {number} subject @param {Window2} w @param {number} nx @param {number} ny */
  surface(subject, w, nx, ny) {
    const rows = this.network.inputs === 1 ? 1 : ny;
    return { values: this.#field('surface', subject, w, nx, rows), nx, ny: rows };
  }

  /** All hidden units, small. @param {number} subject */
  units(subject) {
    const { inputs } = this.network;
    const count = this.hidden.reduce((sum, n) => sum + n, 0);
    if (count === 0) return { values: new Float64Array(), nx: 2, ny: 2 };
    const n = inputs === 1 ? 48 : Math.max(10, Math.min(kUnitGrid, Math.floor(Math.sqrt(kMostSmall / count))));
    const ny = inputs === 1 ? 1 : n;
    return { values: this.#field('units', subject, this.window, n, ny), nx: n, ny };
  }

  /**
   * One hidden unit, large.
   * @param {number} subject @param {{ layer: number, unit: number }} which @param {Window2} w
   * @param {number} nx @param {number} ny
   */
  unit(subject, { layer, unit }, w, nx, ny) {
    const { hidden } = this;
    const count = hidden.reduce((sum, n) => sum + n, 0);
    const rows = this.network.inputs === 1 ? 1 : ny;
    // The channel gives all of them: the more there are, the coarser.
    const shrink = Math.min(1, Math.sqrt(kMostNumbers / (count * nx * rows)));
    const [mx, my] = [nx, rows].map((n) => (n === 1 ? 1 : Math.max(20, Math.round(n * shrink))));
    const values = this.#field('units', subject, w, mx, my);
    const at = (hidden.slice(0, layer - 1).reduce((sum, n) => sum + n, 0) + unit) * mx * my;
    return { values: values.slice(at, at + mx * my), nx: mx, ny: my };
  }

  /** @type {(name: string, subject: number, w: Window2, nx: number, ny: number) => Float64Array} */
  #field(name, subject, { x0, x1, y0, y1 }, nx, ny) {
    return this.#session.read(`${name}(${[subject, x0, x1, y0, y1, nx, ny].join(',')})`).data;
  }

  /** Of every layer. @param {number} subject */
  weights(subject) {
    return this.network.widths.map((_, l) => {
      const { shape, data } = this.#session.read(`weights(${subject},${l + 1})`);
      return { rows: shape[0], columns: shape[1], data };
    });
  }

  /** Of every layer: norm of the gradient now and at step 0, norm of the weights. @param {number} subject */
  layers(subject) {
    return this.#session.read(`layers(${subject})`).data;
  }

  /** Of the weights as they stand: loss, validation loss, accuracy, validation accuracy. @param {number} subject */
  scores(subject) {
    return this.#session.read(`scores(${subject})`).data;
  }

  /** @param {number} subject @param {number} layer */
  activations(subject, layer) {
    return this.#session.read(`activations(${subject},${layer})`).data;
  }

  /** @param {number} subject @param {number} layer */
  seen(subject, layer) {
    return this.#session.read(`seen(${subject},${layer})`).data;
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
