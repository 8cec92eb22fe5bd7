import { swatchSvg as drawSwatch } from '../plots/marks.js';

/** @typedef {import('../types.js').Style} Style */

/** @type {Map<string, SVGElement>} */
const drawn = new Map();

/** Drawing asks for computed style, which is dear: each kind is drawn once. @param {Style} style */
export function swatchSvg(style) {
  const key = JSON.stringify(style);
  const known = drawn.get(key) ?? drawSwatch(style);
  drawn.set(key, known);
  return /** @type {SVGElement} */ (known.cloneNode(true));
}

/**
 * The marker alone, 16 × 16: what stands before a row of a table.
 * @param {Style} style
 */
export function markerSvg(style) {
  const svg = swatchSvg(style);
  svg.setAttribute('viewBox', '12 0 16 16');
  svg.setAttribute('width', '16');
  for (const line of [...svg.querySelectorAll('[fill="none"]:not(circle)')]) line.remove();
  return svg;
}
