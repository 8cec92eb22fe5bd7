// From a series to at most a thousand points in axis coordinates: what is logarithmic is already
// log10 here, so that one linear scale serves both kinds of axis.

/** @import { CurveSeries } from './plots.js' */
/** @typedef {{ x: number, y: number }} Point NaN in y is a gap */

const kMostPoints = 1000;
const kBand = 12; // times up and down the whole axis

/**
 * What is not above zero has no place on a logarithmic axis.
 * @param {number} v @param {boolean} log
 */
export const toAxis = (v, log) => (log ? (v > 0 && v < Infinity ? Math.log10(v) : NaN)
  : Number.isFinite(v) ? v : NaN);

/**
 * Points from..to of a series; of each bucket the lowest and the highest, so that no spike is lost.
 * @param {CurveSeries} series @param {number} from @param {number} to inclusive
 * @param {{ logX: boolean, logY: boolean, low: number, high: number }} axes low, high: of y
 * @returns {Point[]}
 */
export function reducePoints({ x, y }, from, to, { logX, logY, low, high }) {
  const known = Math.min(x.length, y.length);
  const bucket = known <= kMostPoints ? 1 : Math.ceil((2 * known) / kMostPoints) + 1;
  /** @type {Point[]} */
  const points = [];
  const add = (/** @type {number} */ i) => {
    const px = toAxis(x[i], logX);
    if (!Number.isNaN(px)) points.push({ x: px, y: toAxis(y[i], logY) });
  };
  let i = Math.max(0, from);
  const end = Math.min(to, known - 1);
  while (i <= end) {
    // Buckets begin at multiples of their size, whatever is past: or the line would shimmer.
    const last = Math.min(end, i - (i % bucket) + bucket - 1);
    if (bucket === 1 || i === from || last === i) {
      add(i++);
      continue;
    }
    const pair = extremes(y, i, last, logY);
    for (const k of pair) add(k);
    if (last === end && pair[pair.length - 1] !== end) add(end);
    i = last + 1;
  }
  const span = high - low;
  return logY ? points : clipFar(points, low - 20 * span, high + 20 * span);
}

/**
 * Whether a line goes up and down so often that its dashes and its halo could not be told from a
 * band: they cost most just there.
 * @param {Point[]} points @param {number} span of the y axis
 */
export function isBand(points, span) {
  let climbed = 0;
  for (let i = 1; i < points.length; i++) {
    const rise = Math.abs(points[i].y - points[i - 1].y);
    if (rise > 0) climbed += Math.min(rise, span);
  }
  return climbed > kBand * span;
}

/** Rows of the lowest and highest value, in order; a bucket without any is a gap. */
function extremes(/** @type {Float64Array} */ y, /** @type {number} */ from,
  /** @type {number} */ to, /** @type {boolean} */ log) {
  let low = -1;
  let high = -1;
  for (let i = from; i <= to; i++) {
    if (Number.isNaN(toAxis(y[i], log))) continue;
    if (low < 0 || y[i] < y[low]) low = i;
    if (high < 0 || y[i] > y[high]) high = i;
  }
  if (low < 0) return [from];
  if (low === high) return [low];
  return low < high ? [low, high] : [high, low];
}

/**
 * A canvas cannot draw to 1e300: a segment that leaves towards it ends, on its own line, far out.
 * @param {Point[]} points @param {number} low @param {number} high @returns {Point[]}
 */
function clipFar(points, low, high) {
  const bound = (/** @type {number} */ y) => Math.min(high, Math.max(low, y));
  if (points.every(({ y }) => Number.isNaN(y) || bound(y) === y)) return points;
  /** @type {Point[]} */
  const clipped = [];
  points.forEach((b, i) => {
    const a = points[i - 1];
    if (a && !Number.isNaN(a.y + b.y) && bound(a.y) !== bound(b.y)) {
      for (const { y } of [a, b]) {
        const edge = bound(y);
        const t = (edge - a.y) / (b.y - a.y);
        if (edge !== y) clipped.push({ x: a.x + t * (b.x - a.x), y: edge });
      }
    }
    clipped.push(bound(b.y) === b.y ? b : { x: b.x, y: NaN });
  });
  return clipped;
}
