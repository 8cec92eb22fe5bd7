// Where a contour line carries its height: on a straight piece, with room to both sides.

/** @import { Grid } from './ground.js' */
/** @import { View } from './view.js' */

/** @typedef {{ level: number, x: number, y: number, angle: number, width: number }} LevelLabel */

const kWanted = 3;
const kOrder = [2, 5, 7, 4, 3, 6, 1, 0];

/**
 * @param {{ level: number, rings: number[][][] }[]} contours
 * @param {number[]} neighbours all levels drawn, ascending
 * @param {{ view: View, grid: Grid, width: (level: number) => number, keepOff: number[][] }} around
 * @returns {LevelLabel[]} at most three
 */
export function placeLevelLabels(contours, neighbours, around) {
  /** @type {LevelLabel[]} */
  const labels = [];
  for (const i of kOrder) {
    if (labels.length === kWanted || !contours[i]) continue;
    const { level, rings } = contours[i];
    const k = neighbours.indexOf(level);
    const between = { low: neighbours[k - 1] ?? -Infinity, high: neighbours[k + 1] ?? Infinity };
    const label = bestOnLine(level, rings, between, labels, around);
    if (label) labels.push(label);
  }
  return labels;
}

/**
 * @param {number} level @param {number[][][]} rings @param {{ low: number, high: number }} between
 * @param {LevelLabel[]} taken
 * @param {{ view: View, grid: Grid, width: (level: number) => number, keepOff: number[][] }} around
 * @returns {LevelLabel | null}
 */
function bestOnLine(level, rings, between, taken, { view, grid, width, keepOff }) {
  const wide = width(level);
  let best = null;
  let bestScore = 0;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 3) {
      const j = walk(ring, i, wide + 10);
      if (j < 0) break;
      const [ax, ay] = ring[i];
      const [bx, by] = ring[j];
      const x = (ax + bx) / 2;
      const y = (ay + by) / 2;
      // The left and bottom edges belong to the ticks.
      if (x < 48 || x > view.width - 24 || y < 18 || y > view.height - 40) continue;
      const straight = Math.hypot(bx - ax, by - ay) / (wide + 10);
      if (straight < 0.95) continue;
      if (near(keepOff, x, y, 26) || near(taken.map((l) => [l.x, l.y]), x, y, 80)) continue;
      let angle = Math.atan2(by - ay, bx - ax);
      if (Math.cos(angle) < 0) angle += Math.PI;
      if (!hasRoom(x, y, angle, wide, between, grid, view)) continue;
      const tilt = Math.abs(Math.sin(angle));
      const score = straight - 0.25 * tilt - 0.1 * (1 - Math.min(1, spread(taken, x, y) / 300));
      if (score > bestScore) {
        bestScore = score;
        best = { level, x, y, angle, width: wide };
      }
    }
  }
  return best;
}

/** The first point at least `length` further along, or -1. */
function walk(/** @type {number[][]} */ ring, /** @type {number} */ i,
  /** @type {number} */ length) {
  let sum = 0;
  for (let j = i + 1; j < ring.length; j++) {
    sum += Math.hypot(ring[j][0] - ring[j - 1][0], ring[j][1] - ring[j - 1][1]);
    if (sum >= length) return j;
  }
  return -1;
}

/** @param {number[][]} points @param {number} x @param {number} y @param {number} distance */
const near = (points, x, y, distance) =>
  points.some(([px, py]) => Math.hypot(px - x, py - y) < distance);

/** @param {LevelLabel[]} taken @param {number} x @param {number} y */
const spread = (taken, x, y) => Math.min(...taken.map((l) => Math.hypot(l.x - x, l.y - y)), 300);

/**
 * Whether no other line runs through the text: the field at its edges stays between the neighbours.
 * @param {number} x @param {number} y @param {number} angle @param {number} wide
 * @param {{ low: number, high: number }} between @param {Grid} grid @param {View} view
 */
function hasRoom(x, y, angle, wide, { low, high }, grid, view) {
  for (const along of [-wide / 2, 0, wide / 2]) {
    for (const across of [-7, 7]) {
      const px = x + along * Math.cos(angle) - across * Math.sin(angle);
      const py = y + along * Math.sin(angle) + across * Math.cos(angle);
      const i = Math.round(px / grid.cell + 1);
      const j = Math.round((view.height - py) / grid.cell + 1);
      if (i < 0 || j < 0 || i >= grid.nx || j >= grid.ny) return false;
      const f = grid.values[j * grid.nx + i];
      if (f < low || f > high) return false;
    }
  }
  return true;
}
