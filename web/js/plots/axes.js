// Two linear axes of a plot that paints itself: rules with their numbers at the left, numbers below.

import { formatTick } from './ticks.js';

/** @import { Theme } from './theme.js' */

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Room px inside the axes */
/** @typedef {{ values: number[], step: number }} Ticks */
/** @typedef {{ px: (x: number) => number, py: (y: number) => number }} Places */

/** Where a point stands. @type {(room: Room, across: [number, number], up: [number, number]) => Places} */
export function placesIn({ left, right, top, bottom }, [x0, x1], [y0, y1]) {
  return {
    px: (x) => left + ((x - x0) / (x1 - x0)) * (right - left),
    py: (y) => bottom - ((y - y0) / (y1 - y0)) * (bottom - top),
  };
}

/**
 * Leaves the font of the numbers behind.
 * @param {CanvasRenderingContext2D} ctx @param {Theme} theme @param {Room} room @param {Places} places
 * @param {{ across: Ticks | null, up: Ticks }} ticks across: null where another plot below has them
 */
export function drawAxes(ctx, theme, { left, right, bottom }, { px, py }, { across, up }) {
  ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
  ctx.fillStyle = theme.ink3;
  ctx.strokeStyle = theme.hairline;
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  for (const value of up.values) {
    const y = py(value);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(right, y);
    ctx.stroke();
    ctx.fillText(formatTick(value, up.step), left - 6, y);
  }
  ctx.textAlign = 'center';
  for (const value of across?.values ?? []) ctx.fillText(formatTick(value, across?.step ?? 1), px(value), bottom + 13);
}
