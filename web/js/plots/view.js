// From data to pixels and back, with equal scales on both axes.

/** @import { Window2 } from './plots.js' */

/**
 * @typedef {object} View
 * @property {number} width px
 * @property {number} height px
 * @property {number} scale px a data unit
 * @property {Window2} window what the canvas shows: the wanted window, extended to its aspect
 * @property {(x: number) => number} px
 * @property {(y: number) => number} py
 * @property {(px: number) => number} x
 * @property {(py: number) => number} y
 */

/**
 * @param {Window2} wanted @param {number} width px @param {number} height px
 * @returns {View}
 */
export function makeView(wanted, width, height) {
  const dx = Math.abs(wanted.x1 - wanted.x0) || 1;
  const dy = Math.abs(wanted.y1 - wanted.y0) || 1;
  const cx = (wanted.x0 + wanted.x1) / 2;
  const cy = (wanted.y0 + wanted.y1) / 2;
  const scale = Math.min(width / dx, height / dy);
  const x = (/** @type {number} */ px) => cx + (px - width / 2) / scale;
  const y = (/** @type {number} */ py) => cy - (py - height / 2) / scale;
  return {
    width, height, scale, x, y,
    px: (x) => width / 2 + (x - cx) * scale,
    py: (y) => height / 2 - (y - cy) * scale,
    window: { x0: x(0), x1: x(width), y0: y(height), y1: y(0) },
  };
}

/**
 * The part of a segment inside the box [-margin, width + margin] × …, as [t0, t1], or null.
 * @param {View} view @param {number} margin px
 * @param {number} ax @param {number} ay @param {number} bx @param {number} by px
 * @returns {[number, number] | null}
 */
export function clipSegment(view, margin, ax, ay, bx, by) {
  let t0 = 0;
  let t1 = 1;
  const sides = [
    [ax - bx, ax + margin], [bx - ax, view.width + margin - ax],
    [ay - by, ay + margin], [by - ay, view.height + margin - ay],
  ];
  for (const [p, q] of sides) {
    if (p === 0) {
      if (q < 0) return null;
    } else if (p < 0) {
      t0 = Math.max(t0, q / p);
    } else {
      t1 = Math.min(t1, q / p);
    }
  }
  return t0 <= t1 ? [t0, t1] : null;
}

/** @param {View} view @param {number} px @param {number} py @returns {boolean} */
export const isInside = (view, px, py) =>
  px >= 0 && px <= view.width && py >= 0 && py <= view.height;
