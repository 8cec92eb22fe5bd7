// One path in pixels: what of it is past, where it leaves the window, where its head is.

import { clipSegment, isInside } from './view.js';

/** @import { MapPath } from './plots.js' */
/** @import { View } from './view.js' */

const kMargin = 24;
const kMarkerEvery = 10;
const kMarkerGap = 22;
/** A longer path does not draw a stretch twice: hovering about a minimum, it would cost ever more. */
const kLong = 1000;
const kCell = 4; // px

/**
 * @typedef {object} Track
 * @property {number} last row of the head; -1 if the path has no finite point
 * @property {Float64Array} xs px, by row
 * @property {Float64Array} ys px, by row
 * @property {boolean} outside whether the head has left the window
 * @property {number} headX px; where it left, if outside
 * @property {number} headY px
 * @property {number} angle of the way out, if outside
 * @property {Path2D} line
 */

/** @param {MapPath} path @param {number} step @param {View} view @returns {Track} */
export function trackOf({ points }, step, view) {
  const rows = Math.max(0, Math.min(step + 1, points.length >> 1));
  const xs = new Float64Array(rows);
  const ys = new Float64Array(rows);
  let last = -1;
  let lastInside = -1;
  for (let i = 0; i < rows; i++) {
    xs[i] = view.px(points[2 * i]);
    ys[i] = view.py(points[2 * i + 1]);
    // A pixel beyond 1e12 loses its fraction, and the clipping its direction.
    if (!(Math.abs(xs[i]) < 1e12 && Math.abs(ys[i]) < 1e12)) {
      xs[i] = ys[i] = NaN;
      continue;
    }
    last = i;
    if (isInside(view, xs[i], ys[i])) lastInside = i;
  }
  // A path that is gone for good ends where it left: zigzags across the whole window say no more.
  const line = lineOf(xs, ys, Math.min(last, lastInside + 1), view);
  const outside = last > lastInside;
  const track = { last, xs, ys, line, outside, headX: NaN, headY: NaN, angle: 0 };
  if (outside) leave(track, lastInside, view);
  else if (last >= 0) [track.headX, track.headY] = [xs[last], ys[last]];
  return track;
}

/** @type {(xs: Float64Array, ys: Float64Array, last: number, view: View) => Path2D} */
function lineOf(xs, ys, last, view) {
  const line = new Path2D();
  const drawn = last > kLong ? new Set() : null;
  let pen = false;
  let x = NaN;
  let y = NaN;
  for (let i = 0; i <= last; i++) {
    const nextX = xs[i];
    const nextY = ys[i];
    // Steps too small to be seen would only cost time.
    if (i > 0 && i < last && Math.abs(nextX - x) < 0.4 && Math.abs(nextY - y) < 0.4) continue;
    let part = Number.isNaN(x + nextX) ? null : clipSegment(view, kMargin, x, y, nextX, nextY);
    if (part && drawn) {
      const stretch = cellOf(x, y) * 2 ** 24 + cellOf(nextX, nextY);
      if (drawn.has(stretch)) part = null;
      else drawn.add(stretch);
    }
    if (part) {
      const [t0, t1] = part;
      if (!pen || t0 > 0) line.moveTo(x + t0 * (nextX - x), y + t0 * (nextY - y));
      line.lineTo(x + t1 * (nextX - x), y + t1 * (nextY - y));
    }
    pen = part !== null && part[1] === 1;
    x = nextX;
    y = nextY;
  }
  return line;
}

/** A number of 24 bits for the cell, the outermost for all beyond. @param {number} x @param {number} y */
const cellOf = (x, y) => bits(x) * 2 ** 12 + bits(y);
const bits = (/** @type {number} */ px) => Math.max(0, Math.min(4095, Math.round(px / kCell) + 64));

/** Sets head and angle to where the path left the window. */
function leave(/** @type {Track} */ track, /** @type {number} */ from, /** @type {View} */ view) {
  const { xs, ys, last } = track;
  // If it was never inside: point from the middle to where it is.
  const [ax, ay] = from < 0 ? [view.width / 2, view.height / 2] : [xs[from], ys[from]];
  let to = from < 0 ? last : from + 1;
  while (Number.isNaN(xs[to])) to++;
  const t = clipSegment(view, 0, ax, ay, xs[to], ys[to])?.[1] ?? 0;
  aim(track, view, ax + t * (xs[to] - ax), ay + t * (ys[to] - ay));
}

/** @type {(track: Track, view: View, x: number, y: number) => void} */
function aim(track, view, x, y) {
  const gaps = [view.width - x, view.height - y, x, y];
  const side = gaps.indexOf(Math.min(...gaps));
  track.angle = (side * Math.PI) / 2;
  track.headX = Math.min(view.width - 8, Math.max(8, x));
  track.headY = Math.min(view.height - 8, Math.max(8, y));
}

/**
 * Rows that carry a small marker: every tenth, unless it would crowd the one before or the head.
 * @param {Track} track @param {View} view @returns {number[]}
 */
export function markerRows({ xs, ys, last, headX, headY }, view) {
  const rows = [];
  let x = xs[0];
  let y = ys[0];
  for (let i = kMarkerEvery; i < last; i += kMarkerEvery) {
    if (!isInside(view, xs[i], ys[i])) continue;
    if (Math.hypot(xs[i] - x, ys[i] - y) < kMarkerGap) continue;
    if (Math.hypot(xs[i] - headX, ys[i] - headY) < kMarkerGap * 0.6) continue;
    rows.push(i);
    x = xs[i];
    y = ys[i];
  }
  return rows;
}
