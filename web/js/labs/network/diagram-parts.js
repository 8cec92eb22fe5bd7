// What of a network's diagram stands still while it learns: inputs, frames, outputs and headings.

import { classStyle } from '../../plots/class-style.js';
import { colourTables } from '../../plots/colour-table.js';
import { divergingPixels, largestSize, paintField, placeField } from '../../plots/field-picture.js';
import { drawMarker } from '../../plots/marks.js';

/** @import { Theme } from '../../plots/theme.js' */
/** @import { DiagramData } from './network-diagram.js' */
/** @import { Layout } from './network-layout.js' */

const kCorner = 4;

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/** Of a unit whose middle is here. @type {(x: number, y: number, size: number) => Box} */
export const boxAt = (x, y, size) => ({ x: x - size / 2, y: y - size / 2, width: size, height: size });

/** @type {(ctx: CanvasRenderingContext2D, theme: Theme, layout: Layout, data: DiagramData) => void} */
export function drawInputs(ctx, theme, { columns: [{ x, ys }], box }, { window: { x0, x1, y0, y1 }, fields }) {
  const { diverge } = colourTables(theme);
  const n = 16;
  ys.forEach((y, k) => {
    const at = boxAt(x, y, box);
    if (fields.ny === 1) {
      drawCurve(ctx, theme, Float64Array.of(x0, x1), at);
      return;
    }
    const [low, high] = k === 0 ? [x0, x1] : [y0, y1];
    // Over the plane of the first two inputs the others stand still.
    const values = Float64Array.from({ length: n }, (_, i) => (k > 1 ? 0 : low + ((high - low) * i) / (n - 1)));
    const picture = document.createElement('canvas');
    const pixel = divergingPixels(values, 0, Math.max(Math.abs(low), Math.abs(high)) || 1, diverge);
    paintField(picture, n, n, (i) => pixel(k === 0 ? i % n : Math.floor(i / n)));
    placeField(ctx, picture, { nx: n, ny: n }, at);
  });
}

/** The pictures' corners are rounded by what is laid over them. @type {(ctx: CanvasRenderingContext2D, theme: Theme, layout: Layout, data: DiagramData) => void} */
export function drawFrames(ctx, theme, { columns, box }, { chosen }) {
  columns.slice(0, -1).forEach(({ x, ys }, layer) => {
    ys.forEach((y, unit) => {
      const at = boxAt(x, y, box);
      const frame = new Path2D();
      frame.roundRect(at.x, at.y, box, box, kCorner);
      const corners = new Path2D(frame);
      corners.rect(at.x - 0.5, at.y - 0.5, box + 1, box + 1);
      ctx.fillStyle = theme.surface;
      ctx.fill(corners, 'evenodd');
      const isChosen = chosen?.layer === layer && chosen.unit === unit;
      ctx.lineWidth = isChosen ? 2.5 : 1;
      ctx.strokeStyle = isChosen ? theme.accent : theme.outline;
      ctx.stroke(frame);
    });
  });
}

/** A unit of one input is a curve. @type {(ctx: CanvasRenderingContext2D, theme: Theme, values: Float64Array, box: Box) => void} */
export function drawCurve(ctx, theme, values, { x, y, width, height }) {
  ctx.fillStyle = theme.diverge[5];
  ctx.fillRect(x, y, width, height);
  const scale = Math.max(1, largestSize(values, 0, values.length)) * 1.15;
  const at = (/** @type {number} */ v) => y + (height / 2) * (1 - v / scale);
  ctx.lineWidth = 0.75;
  ctx.strokeStyle = theme.outline;
  ctx.beginPath();
  ctx.moveTo(x, at(0));
  ctx.lineTo(x + width, at(0));
  ctx.stroke();
  ctx.lineWidth = 1.75;
  ctx.lineJoin = 'round';
  ctx.strokeStyle = theme.ink;
  ctx.beginPath();
  values.forEach((v, i) => ctx.lineTo(x + (width * i) / (values.length - 1), at(v)));
  ctx.stroke();
}

/** @type {(ctx: CanvasRenderingContext2D, theme: Theme, layout: Layout, data: DiagramData) => void} */
export function drawOutputs(ctx, theme, { columns }, { isRegression }) {
  const { x, ys } = columns[columns.length - 1];
  ys.forEach((y, k) => {
    if (ys.length > 1 && !isRegression) {
      drawMarker(ctx, theme, classStyle(k), x, y, 5, 1);
      return;
    }
    ctx.beginPath();
    ctx.arc(x, y, 4.5, 0, 2 * Math.PI);
    ctx.fillStyle = theme.surface;
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.strokeStyle = theme.ink;
    ctx.stroke();
  });
}

/** @param {number} n */
const subscript = (n) => String(n).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]);

/** @type {(ctx: CanvasRenderingContext2D, theme: Theme, layout: Layout, data: DiagramData, width: number) => void} */
export function drawHeadings(ctx, theme, { columns, box, head }, { activation, counts }, width) {
  ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = theme.ink3;
  const room = columns.length > 1 ? columns[1].x - columns[0].x - 6 : width;
  const hidden = columns.slice(1, -1);
  const isWide = hidden.every(({ units }) => ctx.measureText(`${units} ${activation}`).width < room);
  hidden.forEach(({ units, x, shown, ys }) => {
    ctx.fillText(isWide ? `${units} ${activation}` : String(units), x, head - 12);
    if (units > shown) ctx.fillText(`+${units - shown}${isWide ? ' more' : ''}`, x, ys[shown - 1] + box / 2 + 15);
  });
  ctx.textAlign = 'left';
  const [{ x, ys, shown, units }] = columns;
  const isRoomy = room > ctx.measureText('inputs').width;
  ctx.fillText(isRoomy ? 'inputs' : 'in', x - box / 2, head - 12);
  ctx.textAlign = 'center';
  if (counts[0] === 1) ctx.fillText('x', x, ys[0] + box / 2 + 14);
  else for (let k = 0; k < shown; k++) ctx.fillText(`x${subscript(k + 1)}`, x, ys[k] + box / 2 + 14);
  if (units > shown) ctx.fillText(`+${units - shown}`, x, ys[shown - 1] + box / 2 + 28);
}
