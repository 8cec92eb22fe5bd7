// A smooth function through the values of a grid, so that a coarse one can be drawn as contours:
// Catmull & Rom 1974 along one axis, then along the other.

/**
 * @typedef {object} GridValues
 * @property {Float64Array} xs ascending, equally spaced, at least two
 * @property {Float64Array} ys
 * @property {Float64Array} values row-major, row 0 at ys[0]
 */

/**
 * The value at (x, y); beyond the grid that at its edge.
 * @param {GridValues} grid @param {number} x @param {number} y
 */
export function bicubic({ xs, ys, values }, x, y) {
  const [i, s] = placeOf(xs, x);
  const [j, t] = placeOf(ys, y);
  const row = (/** @type {number} */ k) => {
    const at = (/** @type {number} */ c) => values[within(k, ys) * xs.length + within(c, xs)];
    return between(at(i - 1), at(i), at(i + 1), at(i + 2), s);
  };
  return between(row(j - 1), row(j), row(j + 1), row(j + 2), t);
}

/**
 * The cell that holds v, and where in it v is.
 * @param {Float64Array} vs @param {number} v @returns {[number, number]}
 */
function placeOf(vs, v) {
  const last = vs.length - 1;
  const u = Math.min(last, Math.max(0, ((v - vs[0]) / (vs[last] - vs[0])) * last));
  const cell = Math.min(last - 1, Math.floor(u));
  return [cell, u - cell];
}

/** @param {number} k @param {Float64Array} vs */
const within = (k, vs) => Math.min(vs.length - 1, Math.max(0, k));

/** @type {(a: number, b: number, c: number, d: number, t: number) => number} */
function between(a, b, c, d, t) {
  const cubic = 3 * (b - c) + d - a;
  const square = 2 * a - 5 * b + 4 * c - d;
  return b + (t * (c - a + t * (square + t * cubic))) / 2;
}
