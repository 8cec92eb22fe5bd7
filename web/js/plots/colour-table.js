// From tokens to tables of pixels: a field of numbers becomes a picture by looking them up.

/** @import { Theme } from './theme.js' */
/** @typedef {[number, number, number]} Rgb */

/** Entries of a table; the last stands for a value that is no number, and is transparent. */
export const kEntries = 256;
const kTint = 0.36;

/** @type {CanvasRenderingContext2D | null} */
let probe = null;
/** @type {Map<string, Rgb>} */
const known = new Map();

/** Any colour that CSS knows, a system colour too. @param {string} css @returns {Rgb} */
export function rgbOf(css) {
  const found = known.get(css);
  if (found) return found;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  probe ??= canvas.getContext('2d', { willReadFrequently: true });
  if (!probe) return [0, 0, 0];
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = css;
  probe.fillRect(0, 0, 1, 1);
  const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
  // A system colour may change with the theme.
  if (css.startsWith('#')) known.set(css, [r, g, b]);
  return [r, g, b];
}

/** @param {Rgb} a @param {Rgb} b @param {number} t @returns {Rgb} */
const mix = (a, b, t) => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])];

/** As ImageData holds it, where the lowest byte comes first. @param {Rgb} rgb */
const packed = ([r, g, b]) =>
  ((255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;

/** @param {Rgb[]} stops evenly spaced @returns {Uint32Array} */
function tableOf(stops) {
  const table = new Uint32Array(kEntries + 1);
  for (let i = 0; i < kEntries; i++) {
    const at = (i / (kEntries - 1)) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(at));
    table[i] = packed(mix(stops[k], stops[k + 1], at - k));
  }
  return table;
}

/** @type {WeakMap<Theme, { diverge: Uint32Array, classes: Uint32Array[] }>} */
const tables = new WeakMap();

/** From blue over neutral to orange, and for each class's hue from neutral to its tint. @param {Theme} theme */
export function colourTables(theme) {
  const found = tables.get(theme);
  if (found) return found;
  const stops = theme.diverge.map(rgbOf);
  const neutral = stops[stops.length >> 1];
  const made = {
    diverge: tableOf(stops),
    classes: theme.hues.map((hue) => tableOf([neutral, mix(neutral, rgbOf(hue), kTint)])),
  };
  tables.set(theme, made);
  return made;
}

/** @param {number} entry of a table @param {Uint32Array} table @returns {string} for CSS */
export function cssOf(entry, table) {
  const pixel = table[entry];
  return `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`;
}

/** The entry for t in [0, 1]. @param {number} t */
export const entryOf = (t) =>
  (t >= 0 ? (t >= 1 ? kEntries - 1 : Math.round(t * (kEntries - 1))) : t < 0 ? 0 : kEntries);
