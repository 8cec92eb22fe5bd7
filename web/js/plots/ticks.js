// Where ticks stand and how numbers are written, in the plots and in the controls.

const kMinus = '\u2212';
const kSuperscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** @param {number} n an integer @returns {string} */
function superscript(n) {
  const digits = String(Math.abs(n)).replace(/\d/g, (d) => kSuperscripts[Number(d)]);
  return n < 0 ? `⁻${digits}` : digits;
}

/** @param {string} text @returns {string} */
const withMinus = (text) => text.replace(/-/g, kMinus);

/**
 * For read-outs: 0.08566, 12.35, −1.2·10⁻⁹. NaN is "–".
 * @param {number} value @param {number} [digits] significant
 * @returns {string}
 */
export function formatNumber(value, digits = 4) {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value < 0 ? `${kMinus}∞` : '∞';
  if (value === 0) return '0';
  const [mantissa, power] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < Math.max(digits, 5)) {
    return withMinus(String(Number(value.toPrecision(digits))));
  }
  const lead = String(Number(mantissa));
  const ten = `10${superscript(exponent)}`;
  if (lead === '1' || lead === '-1') return withMinus(lead.slice(0, -1)) + ten;
  return `${withMinus(lead)}·${ten}`;
}

/**
 * A tick: as many decimals as the distance between ticks asks for.
 * @param {number} value @param {number} [step] distance to the next tick; 0: a tick on a log axis
 * @returns {string}
 */
export function formatTick(value, step = 0) {
  if (!Number.isFinite(value)) return formatNumber(value);
  if (step === 0) return formatPower(value);
  if (Math.abs(value) < step * 1e-6) return '0';
  const large = Math.abs(value) >= 1e5;
  if (large || step < 1e-4) {
    const digits = Math.log10(Math.abs(value) / step);
    // A tiny window far from zero: only the full number tells neighbours apart.
    return digits > 4 && !large ? withMinus(value.toPrecision(Math.ceil(digits) + 1))
      : formatNumber(value, Math.max(1, Math.ceil(digits - 1e-9) + 1));
  }
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const exact = Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) < 1e-6;
  return withMinus(value.toFixed(exact ? decimals : decimals + 1));
}

/** @param {number} value @returns {string} */
function formatPower(value) {
  const exponent = Math.round(Math.log10(value));
  const isPower = Math.abs(value / 10 ** exponent - 1) < 1e-9;
  if (!isPower || (exponent > -3 && exponent < 3)) return formatNumber(value, 3);
  return `10${superscript(exponent)}`;
}

/**
 * The smallest of 1, 2, 5 × 10ⁿ that makes at most `count` steps.
 * @param {number} span @param {number} count @returns {number}
 */
export function niceStep(span, count) {
  const raw = span / Math.max(1, count);
  if (!(raw > 0) || !Number.isFinite(raw)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

/**
 * @param {number} low @param {number} high @param {number} count at most about so many
 * @returns {{ values: number[], step: number }}
 */
export function linearTicks(low, high, count) {
  const step = niceStep(high - low, count);
  const values = [];
  const first = Math.ceil(low / step - 1e-6);
  const last = Math.floor(high / step + 1e-6);
  for (let i = first; i <= last && values.length < 100; i++) {
    // Dividing by an integer keeps 0.3 from becoming 0.30000000000000004.
    values.push(step < 1 ? i / Math.round(1 / step) || 0 : i * step);
  }
  return { values, step };
}

/** Decades from one tick to the next. @param {number} decades @param {number} count */
export function decadeStep(decades, count) {
  for (const step of [1, 2, 3, 6, 12, 24, 50]) if (decades / step <= count) return step;
  return 100;
}

/**
 * Powers of ten; 1, 2, 5 between them where there is less than two decades.
 * @param {number} low > 0 @param {number} high @param {number} count
 * @returns {number[]}
 */
export function logTicks(low, high, count) {
  const from = Math.log10(low);
  const to = Math.log10(high);
  const leads = to - from < 2 && count > 3 ? [1, 2, 5] : [1];
  const step = decadeStep(to - from, count);
  const values = [];
  for (let e = Math.floor(from / step) * step; e <= to + 1e-9; e += step) {
    for (const lead of leads) {
      const value = lead * 10 ** e;
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) values.push(value);
    }
  }
  return values;
}
