// The colour of a weight between 0 and 1, and the ink that is read on it.

import { rgbOf } from '../../plots/colour-table.js';

/** @import { Theme } from '../../plots/theme.js' */
/** @typedef {{ fill: (weight: number) => string, ink: (weight: number) => string }} WeightColours */

const kSteps = 128;

/** @type {WeakMap<Theme, WeightColours>} */
const known = new WeakMap();

/** @param {Theme} theme @returns {WeightColours} */
export function weightColours(theme) {
  const found = known.get(theme);
  if (found) return found;
  const stops = theme.sequence.map(rgbOf);
  const inks = ['#06171c', '#ffffff'];
  const lights = inks.map((ink) => light(rgbOf(ink)));
  const table = Array.from({ length: kSteps + 1 }, (_, i) => {
    const at = (i / kSteps) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(at));
    const rgb = stops[k].map((from, c) => Math.round(from + (at - k) * (stops[k + 1][c] - from)));
    const ground = light(rgb);
    const [onDark, onLight] = lights.map((l) => contrast(l, ground));
    return { fill: `rgb(${rgb.join(' ')})`, ink: onDark >= onLight ? inks[0] : inks[1] };
  });
  const entry = (/** @type {number} */ weight) => table[Math.round(kSteps * Math.max(0, Math.min(1, weight || 0)))];
  const made = { fill: (/** @type {number} */ w) => entry(w).fill, ink: (/** @type {number} */ w) => entry(w).ink };
  known.set(theme, made);
  return made;
}

/** Relative luminance, as WCAG defines it. @param {number[]} rgb */
function light(rgb) {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {number} a @param {number} b */
const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** ".80", as weights are written. @param {number} weight */
export function shareText(weight) {
  const text = weight.toFixed(2);
  return text.startsWith('0') ? text.slice(1) : text;
}
