/** A landscape as a small map, with the fills that a lab would give it. */
import { contours } from 'd3-contour';
import { chooseLevels } from '../../js/plots/levels.js';
import { open } from './descent.mjs';
import { pathData } from './svg-path.mjs';

export const kWidth = 180;
export const kHeight = 100;
const kCell = 2.5;
/** Pixels by which a contour may be off. */
const kLoose = 0.25;

/**
 * @typedef {object} Ground
 * @property {string} fills SVG
 * @property {(point: [number, number]) => [number, number]} at where a point lies on the map
 * @property {[number, number][]} minima
 */

/**
 * Null where the recipe makes no surface.
 * @param {string} recipe
 * @returns {Promise<Ground | null>}
 */
export async function readGround(recipe) {
  const spec = `lab=race&landscape=${encodeURIComponent(recipe)}`;
  const about = await open(spec, { read: ['window', 'minima'] });
  if (!about) return null;
  const window = fitted(/** @type {number[]} */ (about.channels.window.data));
  const nx = kWidth / kCell + 3;
  const ny = kHeight / kCell + 3;
  const [dx, dy] = [(window.x1 - window.x0) / (nx - 3), (window.y1 - window.y0) / (ny - 3)];
  // One cell beyond each edge, so that no fill ends inside.
  const name = `field(${window.x0 - dx},${window.x1 + dx},${window.y0 - dy},${window.y1 + dy},${nx},${ny})`;
  const field = await open(spec, { read: [name] });
  if (!field) return null;
  const values = Object.values(field.channels)[0].data.map((value) => value ?? Infinity);
  const high = Math.max(...values.filter(Number.isFinite));
  const heights = values.map((value) => Math.min(value, high));
  const minima = pairs(about.channels.minima.data);
  return {
    fills: fillsOf(heights, chooseLevels(heights, minima.length > 0), nx, ny),
    minima,
    at: ([x, y]) => [
      (x - window.x0) / (window.x1 - window.x0) * kWidth,
      (window.y1 - y) / (window.y1 - window.y0) * kHeight,
    ],
  };
}

/** The window, widened to the shape of the map: scales are equal on both axes. @param {number[]} corners */
function fitted([x0, x1, y0, y1]) {
  const scale = Math.max((x1 - x0) / kWidth, (y1 - y0) / kHeight);
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const [w, h] = [scale * kWidth / 2, scale * kHeight / 2];
  return { x0: x - w, x1: x + w, y0: y - h, y1: y + h };
}

/**
 * @param {number[]} heights row 0 at the bottom
 * @param {number[]} levels
 * @param {number} nx
 * @param {number} ny
 */
function fillsOf(heights, levels, nx, ny) {
  const generator = contours().size([nx, ny]);
  const fills = levels.map((level, i) => {
    // A contour encloses what is above it: the deepest tone lies under all of them.
    const rings = generator.contour(heights, level).coordinates.flat();
    const path = rings.map((ring) => `${pathData(ring.map(toMap), kLoose)}z`);
    return path.length && `<path fill="var(--descent-contour-${7 - i})" d="${path.join('')}"/>`;
  });
  const base = `<path fill="var(--descent-contour-${levels.length ? 8 : 4})" d="M0 0H${kWidth}V${kHeight}H0Z"/>`;
  return base + fills.filter(Boolean).join('');
}

/** A value of the grid stands in the middle of its cell. @param {number[]} point @returns {[number, number]} */
const toMap = ([x, y]) => [(x - 1.5) * kCell, kHeight - (y - 1.5) * kCell];

/** @param {(number | null)[]} data @returns {[number, number][]} */
export const pairs = (data) => Array.from({ length: data.length / 2 }, (_, k) => [data[2 * k] ?? NaN, data[2 * k + 1] ?? NaN]);

/** @param {number} value */
export const round = (value) => Number(value.toFixed(1));
