/** Pieces of HTML. */

/** @param {string} text */
export const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/**
 * One pair of a description list, or nothing where there is nothing to say.
 * @param {string} term
 * @param {string} description HTML
 */
export const pair = (term, description) => (description ? `<div><dt>${term}</dt><dd>${description}</dd></div>` : '');

/**
 * "β_1" with a true subscript.
 * @param {string} text
 */
export function symbol(text) {
  const [letter, subscript] = text.split('_');
  return letter && `<i class="symbol">${escape(letter)}${subscript ? `<sub>${escape(subscript)}</sub>` : ''}</i>`;
}

/**
 * A number of a knob or of a measurement.
 * @param {number | null} value null where JSON has no word for it: without a bound
 */
export function number(value) {
  const size = Math.abs(value ?? Infinity);
  const sign = (value ?? 0) < 0 ? '−' : '';
  if (size > 1e300) return `${sign}∞`;
  if (size === 0 || (size >= 1e-4 && size < 1e5)) return `${sign}${grouped(Number(size.toPrecision(6)))}`;
  const [mantissa, exponent] = size.toExponential(3).split('e').map(Number);
  const power = `10<sup>${String(exponent).replace('-', '−')}</sup>`;
  return sign + (mantissa === 1 ? power : `${mantissa}·${power}`);
}

/**
 * A measured number: three digits of it.
 * @param {number} value
 */
export const count = (value) => number(Number(value.toPrecision(3)));

/** @param {number} size */
const grouped = (size) => String(size).replace(/^\d{5,}/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));

/**
 * The first year that a citation names; NaN without one.
 * @param {string} citation
 */
export const yearOf = (citation) => Number(/\b(?:1[89]|20)\d\d\b/.exec(citation)?.[0] ?? NaN);

/**
 * Who, of "Kingma & Ba 2015, Adam: A Method for …"; of a textbook, which stands without a year, what
 * is before the first comma.
 * @param {string} citation
 */
export const authorsOf = (citation) => citation.split(yearOf(citation) ? /,?\s+(?=(?:1[89]|20)\d\d\b)/ : ', ')[0];

/**
 * What: "Adam: A Method for …" of "Kingma & Ba 2015, Adam: A Method for …".
 * @param {string} citation
 */
export const titleOf = (citation) =>
  citation.slice(authorsOf(citation).length).replace(/^,?\s*(?:(?:1[89]|20)\d\d\b)?[,.]?\s*/, '') || citation;
