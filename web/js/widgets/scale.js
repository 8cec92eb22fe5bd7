/** @typedef {Pick<import('../types.js').Knob, 'scale' | 'type' | 'low' | 'high' | 'usualLow' | 'usualHigh'>} Range */

// A rate of forgetting of exactly 1 lies infinitely far out on its scale.
const nearOne = 1e-6;

/** @param {Range} range */
function forward(range) {
  if (range.scale === 'log') return (/** @type {number} */ x) => Math.log10(Math.max(x, 1e-300));
  if (range.scale === 'complement') {
    return (/** @type {number} */ x) => -Math.log10(Math.max(1 - x, nearOne));
  }
  return (/** @type {number} */ x) => x;
}

/** @param {Range} range */
function backward(range) {
  if (range.scale === 'log') return (/** @type {number} */ u) => 10 ** u;
  if (range.scale === 'complement') return (/** @type {number} */ u) => 1 - 10 ** -u;
  return (/** @type {number} */ u) => u;
}

/** @param {Range} range */
function ends(range) {
  const map = forward(range);
  // A range that begins at 0 on a log scale still needs a left end.
  const low =
    range.scale === 'log' && range.usualLow <= 0 ? range.usualHigh * 1e-6 : range.usualLow;
  return { from: map(low), to: map(range.usualHigh) };
}

/**
 * Position on the slider, 0 to 1, clamped: the thumb of a value outside the usual range waits
 * at the end, while the number field shows the value itself.
 * @param {Range} range
 * @param {number} value
 */
export function toUnit(range, value) {
  const { from, to } = ends(range);
  if (to === from || Number.isNaN(value)) return 0;
  return Math.min(1, Math.max(0, (forward(range)(value) - from) / (to - from)));
}

/** @param {number} x @param {number} digits */
function significant(x, digits) {
  return x === 0 ? 0 : Number(x.toPrecision(digits));
}

/** The step of a linear range, 1, 2 or 5 times a power of ten. @param {Range} range */
function linearStep(range) {
  const rough = (range.usualHigh - range.usualLow) / 200;
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * 0.999) ?? 10;
  const step = factor * power;
  return range.type === 'integer' ? Math.max(1, Math.round(step)) : step;
}

/**
 * A round value of that scale near x, inside the allowed range.
 * @param {Range} range
 * @param {number} x
 */
function rounded(range, x) {
  let value = x;
  if (range.scale === 'complement') value = significant(1 - significant(1 - x, 2), 8);
  else if (range.scale === 'log') value = significant(x, 2);
  else value = significant(Math.round(x / linearStep(range)) * linearStep(range), 10);
  if (range.type === 'integer') value = Math.round(value);
  return Math.min(range.high, Math.max(range.low, value));
}

/**
 * @param {Range} range
 * @param {number} unit position on the slider, 0 to 1
 */
export function fromUnit(range, unit) {
  const { from, to } = ends(range);
  if (unit <= 0) return range.usualLow;
  if (unit >= 1) return range.usualHigh;
  return rounded(range, backward(range)(from + unit * (to - from)));
}

/**
 * The next round value up or down, as an arrow key asks for it.
 * @param {Range} range
 * @param {number} value
 * @param {number} steps signed; 10 for a page
 */
export function stepValue(range, value, steps) {
  const { from, to } = ends(range);
  const linear = range.scale === 'linear';
  const width = linear ? linearStep(range) : Math.min(0.05, (to - from) / 40);
  const position = forward(range)(value);
  let next = value;
  // Rounding may swallow a small step: widen until the value moves.
  for (let reach = 1; reach <= 64 && next === value; reach *= 2) {
    next = rounded(range, backward(range)(position + steps * reach * width));
  }
  return next;
}

/**
 * Two to five places for tick marks, of which `labelled` get a number.
 * @param {Range} range
 * @returns {{ value: number, at: number, labelled: boolean }[]}
 */
export function ticks(range) {
  const values = range.scale === 'log' ? decades(range) : evenly(range);
  return values.map(({ value, labelled }) => ({ value, labelled, at: toUnit(range, value) }));
}

/** @param {Range} range */
function decades(range) {
  const { from, to } = ends(range);
  const first = Math.ceil(from - 1e-9);
  const last = Math.floor(to + 1e-9);
  const every = Math.max(1, Math.ceil((last - first) / 3));
  const list = [];
  for (let power = last; power >= first; power -= 1) {
    list.unshift({ value: 10 ** power, labelled: (last - power) % every === 0 });
  }
  return list;
}

/** @param {Range} range */
function evenly(range) {
  if (range.scale === 'complement') {
    const all = [0, 0.9, 0.99, 0.999, 0.9999, 0.99999];
    const inside = all.filter((v) => v >= range.usualLow - 1e-12 && v <= range.usualHigh + 1e-12);
    const last = inside.length - 1;
    return inside.map((value, k) => ({
      value,
      labelled: k === 0 || k === last || (k === 1 && last > 2),
    }));
  }
  const { usualLow: low, usualHigh: high } = range;
  const middle = range.type === 'integer' ? Math.round((low + high) / 2) : (low + high) / 2;
  return [...new Set([low, middle, high])].map((value) => ({ value: significant(value, 4), labelled: true }));
}
