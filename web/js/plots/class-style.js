// What stands for a class: its hue and its shape, so that neither alone has to be told apart.

import { drawMarker, markerOf } from './marks.js';

/** @import { Style } from '../types' */
/** @import { Theme } from './theme.js' */

// The first two go with the ends of the diverging colours.
const kHueAndSlot = [[2, 0], [1, 2], [3, 3], [4, 4], [5, 5], [7, 1], [6, 0], [0, 2]];

/** @param {number} k @param {boolean} [hollow] @returns {Style} */
export function classStyle(k, hollow = false) {
  const [hue, slot] = kHueAndSlot[((k % kHueAndSlot.length) + kHueAndSlot.length) % kHueAndSlot.length];
  return { hue, slot, ring: false, hollow };
}

/** An example of no class. @param {boolean} [hollow] @returns {Style} */
export const plainStyle = (hollow = false) => ({ hue: 0, slot: 0, ring: false, hollow });

/**
 * Examples at their places: by class, those that are held back hollow; of a regression a disc in
 * the colour of its target.
 * @param {CanvasRenderingContext2D} ctx @param {Theme} theme
 * @param {{ count: number, x: (i: number) => number, y: (i: number) => number,
 *   label: (i: number) => number, isHeld: (i: number) => boolean,
 *   colour?: (label: number) => string, styleOf?: (label: number, hollow: boolean) => Style,
 *   radius: number }} points x, y: px
 */
export function drawExamples(ctx, theme, { count, x, y, label, isHeld, colour, styleOf = classStyle, radius }) {
  // Those that are learned from lie over those that are held back.
  for (const held of [true, false]) {
    for (let i = 0; i < count; i++) {
      if (isHeld(i) !== held) continue;
      if (!colour) {
        drawMarker(ctx, theme, styleOf(label(i), held), x(i), y(i), radius, 1.25);
        continue;
      }
      ctx.beginPath();
      ctx.arc(x(i), y(i), radius * 0.9, 0, 2 * Math.PI);
      ctx.fillStyle = colour(label(i));
      ctx.fill();
      ctx.setLineDash(held ? [1.5, 1.5] : []);
      ctx.lineWidth = 1;
      ctx.strokeStyle = theme.ink;
      ctx.stroke();
    }
  }
  ctx.setLineDash([]);
}

/** Many small ones, of one class in one stroke of the pen. @type {(ctx: CanvasRenderingContext2D, theme: Theme, k: number, places: number[], radius: number) => void} */
export function drawSmall(ctx, theme, k, places, radius) {
  const style = classStyle(k);
  const marker = markerOf(theme, style);
  const all = new Path2D();
  for (let i = 0; i + 1 < places.length; i += 2) {
    all.addPath(marker, { a: radius, d: radius, e: places[i], f: places[i + 1] });
  }
  ctx.fillStyle = theme.hues[style.hue];
  ctx.fill(all);
}
