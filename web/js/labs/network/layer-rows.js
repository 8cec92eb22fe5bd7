// A row a layer over one axis: the frame of the dumbbells and of the histograms.

import { ticksOf } from '../../plots/curve-axes.js';

/** @import { Theme } from '../../plots/theme.js' */

/** @typedef {{ left: number, right: number, top: number, bottom: number, middle: (row: number) => number, pitch: number, px: (v: number) => number }} Rows px; v in axis coordinates */

const kTop = 22;
const kFoot = 24;

/**
 * Draws names, ticks and hairlines down; says where the rows are.
 * @param {CanvasRenderingContext2D} ctx @param {Theme} theme
 * @param {{ width: number, height: number, names: string[], range: { low: number, high: number },
 *   log: boolean, right: number, unit: string }} options right: px kept free beside the axis
 * @returns {Rows}
 */
export function drawRows(ctx, theme, { width, height, names, range, log, right: free, unit }) {
  ctx.font = `${theme.labelSize}px ${theme.fontUi}`;
  const left = Math.ceil(Math.max(...names.map((name) => ctx.measureText(name).width))) + 18;
  const right = width - free - 14;
  const [top, bottom] = [kTop, height - kFoot];
  const pitch = (bottom - top) / Math.max(1, names.length);
  const px = (/** @type {number} */ v) => left + ((v - range.low) / (range.high - range.low)) * (right - left);
  const middle = (/** @type {number} */ row) => top + (row + 0.5) * pitch;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.fillStyle = theme.ink2;
  names.forEach((name, row) => ctx.fillText(name, 0, middle(row)));
  const { values, texts } = ticksOf(range, log, Math.max(2, (right - left) / 64));
  ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
  ctx.fillStyle = theme.ink3;
  ctx.strokeStyle = theme.hairline;
  ctx.lineWidth = 1;
  ctx.textAlign = 'center';
  values.forEach((value, k) => {
    ctx.beginPath();
    ctx.moveTo(px(value), top);
    ctx.lineTo(px(value), bottom);
    ctx.stroke();
    ctx.fillText(texts[k], px(value), bottom + 13);
  });
  if (unit) {
    const end = values.length ? px(values[values.length - 1]) + ctx.measureText(texts[values.length - 1]).width / 2 + 8 : left;
    ctx.textAlign = 'left';
    if (end + ctx.measureText(unit).width < width) ctx.fillText(unit, end, bottom + 13);
  }
  return { left, right, top, bottom, middle, pitch, px };
}

/** @param {number} layers with weights @returns {string[]} the last is the output */
export const layerNames = (layers) =>
  Array.from({ length: layers }, (_, l) => (l === layers - 1 ? 'output' : `layer ${l + 1}`));
