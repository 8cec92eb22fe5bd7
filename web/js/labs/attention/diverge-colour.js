// One colour between those for −1 and 1: below zero over nothing to above it.

import { rgbOf } from '../../plots/colour-table.js';

/** @import { Theme } from '../../plots/theme.js' */

/** @type {WeakMap<Theme, string[]>} */
const known = new WeakMap();
const kSteps = 100;

/** @param {Theme} theme @param {number} value in [-1, 1] */
export function divergeColour(theme, value) {
  let table = known.get(theme);
  if (!table) {
    const stops = theme.diverge.map(rgbOf);
    table = Array.from({ length: kSteps + 1 }, (_, i) => {
      const at = (i / kSteps) * (stops.length - 1);
      const k = Math.min(stops.length - 2, Math.floor(at));
      const rgb = stops[k].map((from, c) => Math.round(from + (at - k) * (stops[k + 1][c] - from)));
      return `rgb(${rgb.join(' ')})`;
    });
    known.set(theme, table);
  }
  return table[Math.round((kSteps * (1 + Math.max(-1, Math.min(1, value || 0)))) / 2)];
}
