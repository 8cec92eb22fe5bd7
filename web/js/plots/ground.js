// The bathymetry under the paths: fills, contour lines, level labels, ticks. Dear to draw, and so
// drawn once into a canvas of its own; a frame only copies it.

import { contours } from 'd3-contour';
import { fitCanvas } from './canvas.js';
import { placeLevelLabels } from './level-labels.js';
import { chooseLevels } from './levels.js';
import { formatNumber, formatTick, linearTicks, niceStep } from './ticks.js';

/** @import { MapData } from './plots.js' */
/** @import { Theme } from './theme.js' */
/** @import { View } from './view.js' */

const kCell = 4;
const kMostCells = 24000;

/**
 * A field on a grid of pixels: row 0 at the bottom, one cell beyond each edge of the canvas.
 * @typedef {object} Grid
 * @property {number} cell px
 * @property {number} nx
 * @property {number} ny
 * @property {Float64Array} values all finite
 * @property {boolean} empty whether nothing was
 */

/**
 * @param {HTMLCanvasElement} canvas is resized @param {number} ratio device pixels a CSS pixel
 * @param {MapData} data @param {View} view @param {Theme} theme
 */
export function drawGround(canvas, ratio, data, view, theme) {
  const ctx = fitCanvas(canvas, view.width, view.height, ratio);
  const grid = readGrid(data, view);
  const chosen = () =>
    data.levels ?? chooseLevels(wanted(grid, data, view), data.minima.length > 0);
  const fills = grid.empty ? [] : chosen();
  // Without a single level there is no depth to show: the middle tone.
  ctx.fillStyle = theme.contours[fills.length ? 8 : 4];
  ctx.fillRect(0, 0, view.width, view.height);

  const generator = contours().size([grid.nx, grid.ny]);
  /** @param {number} level */
  const rings = (level) => generator.contour(/** @type {any} */ (grid.values), level)
    .coordinates.flat().map((ring) => toPixels(ring, grid, view));
  const filled = fills.map((level) => ({ level, rings: rings(level) }));
  filled.forEach(({ rings }, i) => {
    ctx.fillStyle = theme.contours[7 - i];
    ctx.fill(outline(rings), 'evenodd');
  });

  ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
  const ticks = placeTicks(view);
  const labels = placeLevelLabels(filled, fills, {
    view, grid,
    width: (level) => ctx.measureText(formatNumber(level)).width,
    keepOff: [...data.minima, ...(data.start ? [data.start] : [])]
      .map(([x, y]) => [view.px(x), view.py(y)]),
  });

  ctx.save();
  ctx.clip(gaps(view, labels, ticks), 'evenodd');
  ctx.globalAlpha = 0.6;
  ctx.lineWidth = 0.75;
  ctx.strokeStyle = theme.contourLine;
  for (const { rings } of filled) ctx.stroke(outline(rings));
  ctx.restore();

  ctx.fillStyle = theme.ink2;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const label of labels) {
    ctx.save();
    ctx.translate(label.x, label.y);
    ctx.rotate(label.angle);
    ctx.fillText(formatNumber(label.level), 0, 0.5);
    ctx.restore();
  }
  drawTicks(ctx, view, theme, ticks);
}

/** @param {MapData} data @param {View} view @returns {Grid} */
function readGrid(data, view) {
  const cell = Math.max(kCell, Math.sqrt((view.width * view.height) / kMostCells));
  const nx = Math.ceil(view.width / cell) + 3;
  const ny = Math.ceil(view.height / cell) + 3;
  const window = {
    x0: view.x(-cell), x1: view.x((nx - 2) * cell),
    y0: view.y(view.height + cell), y1: view.y(view.height - (ny - 2) * cell),
  };
  const values = Float64Array.from(data.field(window, nx, ny));
  let low = Infinity;
  let high = -Infinity;
  for (const f of values) {
    if (!isUsable(f)) continue;
    low = Math.min(low, f);
    high = Math.max(high, f);
  }
  const empty = low > high;
  // Where the field has no value it is taken as high: nothing wants to go there.
  for (let i = 0; i < values.length; i++) {
    if (!isUsable(values[i])) values[i] = empty ? 0 : values[i] < 0 ? low : high;
  }
  return { cell, nx, ny, values, empty };
}

/**
 * Values inside the window that was asked for: on a wide canvas what lies beside it may be far
 * higher, and would take the levels away from it.
 * @param {Grid} grid @param {MapData} data @param {View} view @returns {number[]}
 */
function wanted({ cell, nx, ny, values }, { window: { x0, x1, y0, y1 } }, view) {
  const inside = [];
  for (let j = 0; j < ny; j++) {
    const py = view.height - (j - 1) * cell;
    if (py > view.py(Math.min(y0, y1)) + cell || py < view.py(Math.max(y0, y1)) - cell) continue;
    for (let i = 0; i < nx; i++) {
      const px = (i - 1) * cell;
      if (px < view.px(Math.min(x0, x1)) - cell || px > view.px(Math.max(x0, x1)) + cell) continue;
      inside.push(values[j * nx + i]);
    }
  }
  return inside;
}

/** Beyond this, differences of two values overflow. @param {number} f */
const isUsable = (f) => Math.abs(f) < 1e300;

/** @param {number[][]} ring in cells @param {Grid} grid @param {View} view @returns {number[][]} */
function toPixels(ring, { cell }, view) {
  return ring.map(([i, j]) => [(i - 1.5) * cell, view.height - (j - 1.5) * cell]);
}

/** @param {number[][][]} rings @returns {Path2D} */
function outline(rings) {
  const path = new Path2D();
  for (const ring of rings) {
    ring.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
    path.closePath();
  }
  return path;
}

/**
 * All but the places where text stands.
 * @param {View} view @param {ReturnType<typeof placeLevelLabels>} labels
 * @param {ReturnType<typeof placeTicks>} ticks
 */
function gaps(view, labels, ticks) {
  const path = new Path2D();
  path.rect(0, 0, view.width, view.height);
  for (const { x, y, angle, width } of labels) {
    const turned = new Path2D();
    turned.rect(-width / 2 - 4, -8, width + 8, 16);
    path.addPath(turned, new DOMMatrix().translate(x, y).rotate((angle * 180) / Math.PI));
  }
  const size = 7;
  for (const { at, text } of ticks.x) {
    path.rect(at - text.length * 4 - 2, view.height - 14 - size, text.length * 8 + 4, 2 * size);
  }
  for (const { at, text } of ticks.y) path.rect(11, at - size, text.length * 8 + 2, 2 * size);
  return path;
}

/**
 * Ticks stand inside, so that the map's edge lines up with the text around it.
 * @param {View} view
 */
function placeTicks(view) {
  const { x0, x1, y0, y1 } = view.window;
  const count = (/** @type {number} */ length) => Math.min(8.5, length / 52);
  const step = Math.max(
    niceStep(x1 - x0, count(view.width)), niceStep(y1 - y0, count(view.height)));
  /**
   * @type {(low: number, high: number, pixel: (v: number) => number) => { at: number, text: string
   *   }[]}
   */
  const along = (low, high, pixel) => linearTicks(low, high, (high - low) / step + 1e-6).values
    .map((value) => ({ at: pixel(value), text: formatTick(value, step) }));
  return {
    x: along(x0, x1, view.px).filter(({ at, text }) => {
      const half = text.length * 4;
      return at > Math.max(28, half + 4) && at < view.width - half - 4;
    }),
    y: along(y0, y1, view.py).filter(({ at }) => at > 14 && at < view.height - 32),
  };
}

/**
 * @type {(ctx: CanvasRenderingContext2D, view: View, theme: Theme, ticks: ReturnType<typeof
 *   placeTicks>) => void}
 */
function drawTicks(ctx, view, theme, ticks) {
  ctx.strokeStyle = ctx.fillStyle = theme.ink2;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.textAlign = 'center';
  for (const { at, text } of ticks.x) {
    ctx.moveTo(at, view.height);
    ctx.lineTo(at, view.height - 4);
    ctx.fillText(text, at, view.height - 14);
  }
  ctx.textAlign = 'left';
  for (const { at, text } of ticks.y) {
    ctx.moveTo(0, at);
    ctx.lineTo(4, at);
    ctx.fillText(text, 12, at + 0.5);
  }
  ctx.stroke();
}
