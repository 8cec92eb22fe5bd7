// How much of the y-axis is shown: all that is known, but one run that blows up must not flatten
// the others; and bounds that stay put while the data come in.

import { toAxis } from './curve-reduce.js';
import { decadeStep, niceStep } from './ticks.js';

/** @import { CurveSeries } from './plots.js' */
/** @typedef {{ low: number, high: number }} Range in axis coordinates: log10 where logarithmic */
/** @typedef {Range & { first: number, last: number, middle: number }} Extent */

const kBlowUp = 10;
const kMostDecades = 30;

/** @param {ArrayLike<number>} y @param {boolean} log @returns {Extent | null} */
function extentOf(y, log) {
  const least = log ? Number.MIN_VALUE : -Number.MAX_VALUE;
  let low = Infinity;
  let high = -Infinity;
  let first = NaN;
  let last = NaN;
  for (let i = 0; i < y.length; i++) {
    const v = y[i];
    if (!(v >= least && v < Infinity)) continue;
    if (v < low) low = v;
    if (v > high) high = v;
    if (Number.isNaN(first)) first = v;
    last = v;
  }
  if (low > high) return null;
  const middle = median(y, least);
  const [l, h, f, e, m] = [low, high, first, last, middle].map((v) => toAxis(v, log));
  return { low: l, high: h, first: f, last: e, middle: m };
}

/** Near enough, from a hundred values. @param {ArrayLike<number>} y @param {number} least */
function median(y, least) {
  const some = [];
  const stride = Math.ceil(y.length / 100);
  for (let i = 0; i < y.length; i += stride) if (y[i] >= least && y[i] < Infinity) some.push(y[i]);
  return some.length ? Float64Array.from(some).sort()[some.length >> 1] : NaN;
}

/**
 * What should be seen. A series blows up if it ends near its largest value, far above every start
 * and far above its own median; it counts only up to a multiple of the others.
 * @param {CurveSeries[]} series @param {boolean} log
 * @returns {Range | null}
 */
export function wantedRange(series, log) {
  const extents = series.flatMap(({ y }) => extentOf(y, log) ?? []);
  if (extents.length === 0) return null;
  return log ? wantedLog(extents) : wantedLinear(extents);
}

/** @param {Extent[]} extents @returns {Range} */
function wantedLinear(extents) {
  const size = (/** @type {Extent} */ e) => Math.max(Math.abs(e.low), Math.abs(e.high));
  const start = Math.max(...extents.map((e) => Math.abs(e.first)));
  const blows = (/** @type {Extent} */ e) =>
    size(e) > kBlowUp * Math.max(start, Math.abs(e.middle || 0)) &&
    Math.abs(e.last) >= size(e) / 2;
  const calm = extents.filter((e) => !blows(e));
  const cap = 2 * Math.max(start, ...calm.map(size)) || Infinity;
  return {
    low: Math.max(-cap, Math.min(...extents.map((e) => e.low))),
    high: Math.min(cap, Math.max(...extents.map((e) => e.high))),
  };
}

/** @param {Extent[]} extents @returns {Range} */
function wantedLog(extents) {
  const start = Math.max(...extents.map((e) => e.first));
  const blows = (/** @type {Extent} */ e) =>
    e.high > Math.max(start, e.middle || start) + 3 && e.last >= e.high - 1;
  const calm = extents.filter((e) => !blows(e));
  // If all of them grow like that, growing is what the plot is about.
  const cap = calm.length ? Math.max(start, ...calm.map((e) => e.high)) + 2 : start + 16;
  const high = Math.min(cap, Math.max(...extents.map((e) => e.high)));
  return { low: Math.max(high - kMostDecades, Math.min(...extents.map((e) => e.low))), high };
}

/**
 * Bounds at round numbers around what is wanted.
 * @param {Range} wanted @param {boolean} log
 * @param {number} [least] decades of a logarithmic axis
 * @returns {Range}
 */
export function roundRange({ low, high }, log, least = 2) {
  if (log) {
    const top = Math.ceil(high + 0.05);
    const step = decadeStep(top - low, 5);
    return { low: Math.min(top - least, Math.floor((low - 0.05) / step) * step), high: top };
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!(high - low > 1e-9 * size)) {
    const half = size * 0.5 || 1;
    low -= half;
    high += half;
  }
  if (low >= 0 && low < 0.4 * high) low = 0;
  const step = niceStep(high - low, 6) / 2;
  return { low: Math.floor(low / step + 1e-9) * step, high: Math.ceil(high / step - 1e-9) * step };
}

/** Remembers the bounds, so that they change seldom. */
export class SteadyRange {
  /** @type {Range | null} */
  #range = null;
  #key = '';

  /**
   * @param {string} key of what is shown: with another, the bounds are chosen afresh
   * @param {Range | null} wanted @param {boolean} log
   * @param {boolean} settled whether enough is known to say that the bounds are too wide
   * @param {number} [least] decades of a logarithmic axis
   * @returns {Range}
   */
  update(key, wanted, log, settled, least) {
    if (key !== this.#key) this.#range = null;
    this.#key = key;
    if (!wanted) return this.#range ?? { low: 0, high: 1 };
    const now = this.#range;
    const fits = now && wanted.low >= now.low && wanted.high <= now.high;
    const wide = now && wanted.high - wanted.low < 0.4 * (now.high - now.low);
    if (fits && !(wide && settled)) return now;
    return (this.#range = roundRange(wanted, log, least));
  }
}
