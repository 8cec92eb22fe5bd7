// Which heights get a contour. Equal steps drown Rosenbrock's valley in the height of its walls;
// equal steps of u^p, u the height above the lowest point, show both, if p fits the landscape.

const kFills = 9;

/**
 * @param {ArrayLike<number>} values of a field; what is not finite is left out
 * @param {boolean} hasMinimum whether the lowest point means something, or is the window's edge
 * @returns {number[]} ascending thresholds of the nine fills; none where the field is constant
 */
export function chooseLevels(values, hasMinimum) {
  const heights = sample(values);
  const n = heights.length;
  const low = heights[0];
  const at = (/** @type {number} */ q) => heights[Math.floor(q * (n - 1))] - low;
  const high = at(0.985) || at(1);
  if (!(high > 1e-12 * Math.abs(low)) || !(high > 0)) return [];

  // About 1/2 keeps the rings of a bowl equidistant; the heavier the tail, the smaller p.
  const half = Math.log(0.5) / Math.log(Math.min(0.9, Math.max(1e-9, at(0.5) / high)));
  // Below this p the lowest rings would be too small to be drawn.
  const smallest = Math.log(1 / kFills) / Math.log(Math.max(1e-12, at(0.005)) / high);
  const p = Math.min(1, Math.max(hasMinimum ? 0.58 * half ** 0.65 : half, smallest, 0.1));
  const height = (/** @type {number} */ k) => low + high * (k / kFills) ** (1 / p);

  /** @type {number[]} */
  const fills = [];
  for (let k = 1; k < kFills; k++) fills.push(round(height(k), height(k) - height(k - 1)));
  return fills.filter((level, i) => i === 0 || level > fills[i - 1]);
}

/** Finite values, sorted, at most a few thousand. @param {ArrayLike<number>} values */
function sample(values) {
  const stride = Math.max(1, Math.floor(values.length / 4096));
  const finite = [];
  for (let i = 0; i < values.length; i += stride) {
    if (Number.isFinite(values[i])) finite.push(values[i]);
  }
  return Float64Array.from(finite).sort();
}

/** To a number short enough for a label, by at most an eighth of the gap to the level below. */
function round(/** @type {number} */ height, /** @type {number} */ gap) {
  const power = 10 ** Math.floor(Math.log10(gap / 4));
  for (const unit of [10, 5, 2.5, 2]) {
    const rounded = Math.round(height / (unit * power)) * unit * power;
    if (Math.abs(rounded - height) < gap / 8) return Number(rounded.toPrecision(12));
  }
  return Number((Math.round(height / power) * power).toPrecision(12));
}
