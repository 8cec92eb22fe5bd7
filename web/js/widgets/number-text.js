import { h } from './dom.js';

const minus = '−';

/**
 * Mantissa and exponent where a number is too small or too large to be written out; what is whole,
 * such as a count, has no decimals.
 * @param {number} value
 * @param {number} digits significant ones, when in scientific form
 * @returns {{ text: string, exponent: number | null }}
 */
export function splitNumber(value, digits) {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) {
    return { text: String(value).replace('-', minus), exponent: null };
  }
  if (size >= 1e-3 && size < 1e5) {
    const decimals = Math.max(0, Math.min(5, digits - 1 - Math.floor(Math.log10(size))));
    return { text: value.toFixed(decimals).replace('-', minus), exponent: null };
  }
  const [mantissa, exponent] = value.toExponential(1).split('e');
  return { text: mantissa.replace('-', minus), exponent: Number(exponent) };
}

/**
 * "0.85655", or "9.8·10⁻⁸" with a true superscript.
 * @param {number} value
 * @param {number} [digits]
 * @returns {Node[]}
 */
export function numberNodes(value, digits = 5) {
  if (Number.isNaN(value)) return [];
  if (!Number.isFinite(value)) return [document.createTextNode(value > 0 ? '∞' : `${minus}∞`)];
  const { text, exponent } = splitNumber(value, digits);
  if (exponent === null) return [document.createTextNode(text)];
  const power = String(exponent).replace('-', minus);
  return [document.createTextNode(`${text}·10`), h('sup', {}, power)];
}

/** The same as bare text, for a sentence. @param {number} value */
export function plainNumber(value) {
  const { text, exponent } = splitNumber(value, 4);
  return exponent === null ? text : `${text}·10${superscript(exponent)}`;
}

/** As few digits as say it, three at most: a value that was chosen. @param {number} value */
export function shortNumber(value) {
  const [mantissa, exponent] = value.toExponential(2).split('e').map(Number);
  const isPlain = value === 0 || (exponent >= -3 && exponent < 5);
  const text = isPlain ? Number(value.toPrecision(3)) : `${mantissa}·10${superscript(exponent)}`;
  return String(text).replace('-', minus).replace(/^1·/, '');
}

/** @param {number} exponent */
function superscript(exponent) {
  return String(exponent)
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]);
}

/**
 * A tick's label: short, and a bare power of ten where it is one.
 * @param {number} value
 * @returns {Node[]}
 */
export function tickNodes(value) {
  const size = Math.abs(value);
  const exponent = Math.log10(size);
  const power = Math.round(exponent);
  const isPower = size > 0 && Math.abs(exponent - power) < 1e-9;
  if (isPower && (power < -1 || power > 3)) {
    const sign = value < 0 ? minus : '';
    return [document.createTextNode(`${sign}10`), h('sup', {}, String(power).replace('-', minus))];
  }
  return [document.createTextNode(String(Number(value.toPrecision(6))).replace('-', minus))];
}

/**
 * What a number field shows: the value as it stands in the spec, padded so that digits keep still.
 * @param {string} text
 * @param {number} decimals
 */
export function fieldText(text, decimals) {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  const size = Math.abs(value);
  const padded = value.toFixed(decimals);
  const plain = size === 0 || (size >= 1e-3 && size < 1e4);
  const shown = plain && Number(padded) === value ? padded : text.trim();
  return shown.replace('-', minus);
}

/**
 * What was typed, as the spec writes it.
 * @param {string} text
 */
export function specNumber(text) {
  return text.trim().replaceAll(minus, '-').replace(',', '.');
}

/**
 * A knob's label with the paper's letter, "Mean β₁"; where both have no room, the letter stays.
 * @param {{ label: string, symbol: string }} knob
 * @returns {Node[]}
 */
export function labelNodes({ label, symbol }) {
  if (!symbol) return [document.createTextNode(label)];
  const [letter, subscript] = symbol.split('_');
  const part = h('i', { class: 'symbol' }, letter, subscript ? h('sub', {}, subscript) : null);
  return label ? [h('span', { class: 'label-word' }, `${label} `), part] : [part];
}
