// What a network says about every place of the plane, with the examples it learns from.

import { CanvasPlot } from './canvas-plot.js';
import { classStyle, drawExamples } from './class-style.js';
import { colourTables, cssOf, entryOf } from './colour-table.js';
import { divergingPixels, largestSize, paintField, placeField, zeroLine } from './field-picture.js';
import { drawMarker } from './marks.js';
import { StillLayer } from './still-layer.js';
import { formatNumber, formatTick, linearTicks } from './ticks.js';
import { makeView } from './view.js';

/** @import { Style } from '../types' */
/** @import { Examples, Window2 } from './plots.js' */
/** @import { Theme } from './theme.js' */
/** @import { View } from './view.js' */

/**
 * @typedef {object} SurfaceData
 * @property {string} name of what is shown
 * @property {Window2} window
 * @property {string} fieldKey changes when the field must be asked for anew
 * @property {(w: Window2, nx: number, ny: number) => Field} field row 0 at y0; the grid may be
 *   coarser than the one asked for
 * @property {boolean} isQuick whether it may be drawn quickly rather than finely
 * @property {number} scale of values that are not probabilities: where the colour is full; 0 for
 *   their own largest
 * @property {{ key: string, examples: Examples, isRegression: boolean, scale: number } | null} points
 * @property {{ x: number, y: number, label: number } | null} cross where a key would place an example
 */

/**
 * Values whose sign parts them; or the classes, [classes, ny, nx]: how far each is ahead of the best
 * other one, and its probability, of two classes the second alone.
 * @typedef {{ nx: number, ny: number } & ({ values: Float64Array } | { lead: Float64Array, probability: Float64Array })} Field
 */

const kGrid = 100;
const kRadius = 4.5;

export class DecisionSurface extends CanvasPlot {
  #picture = document.createElement('canvas');
  /** Ticks and examples. */
  #still = new StillLayer();
  /** @type {SurfaceData | null} */
  #data = null;
  /** @type {View | null} */
  #view = null;
  #fieldIs = '';
  /** @type {Field} */
  #grid = { values: new Float64Array(), nx: 0, ny: 0 };
  /** @type {Path2D[]} */
  #lines = [];

  /** @param {SurfaceData} data */
  update(data) {
    this.#data = data;
    this.changed();
  }

  /** @override */
  refreshTheme() {
    this.#fieldIs = '';
    super.refreshTheme();
  }

  /** From CSS pixels inside the canvas. @param {number} px @param {number} py @returns {[number, number]} */
  toData(px, py) {
    return [this.#view?.x(px) ?? NaN, this.#view?.y(py) ?? NaN];
  }

  /** The example at a place, or −1. @param {number} px @param {number} py @param {number} [reach] px */
  exampleAt(px, py, reach = 9) {
    const view = this.#view;
    const examples = this.#data?.points?.examples;
    let best = -1;
    let least = reach;
    if (!view || !examples) return best;
    examples.x.forEach((x, i) => {
      const away = Math.hypot(view.px(x) - px, view.py(examples.y[i]) - py);
      if (away <= least) [best, least] = [i, away];
    });
    return best;
  }

  /** What an arrow key moves by, and where the plane ends. */
  get span() {
    return this.#view?.window ?? { x0: -1, x1: 1, y0: -1, y1: 1 };
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    const data = this.#data;
    if (!data) return;
    const view = (this.#view = makeView(data.window, this.width, this.height));
    const box = { x: 0, y: 0, width: this.width, height: this.height };
    const is = [data.fieldKey, this.width, this.height, ...Object.values(view.window)].join();
    if (is !== this.#fieldIs) {
      this.#fieldIs = is;
      const longer = Math.max(this.width, this.height);
      const [nx, ny] = [this.width, this.height].map((size) => Math.max(2, Math.round((kGrid * size) / longer)));
      this.#grid = data.field(view.window, nx, ny);
      this.#paintField(data, theme);
    }
    placeField(ctx, this.#picture, this.#grid, box, data.isQuick ? 'low' : 'high');
    ctx.setLineDash([]);
    // The line is many short ones: round ends, and a width above a pixel, take most of the time.
    ctx.lineCap = data.isQuick ? 'butt' : 'round';
    ctx.lineWidth = 'values' in this.#grid ? 0.75 : data.isQuick ? 1 : 1.25;
    ctx.strokeStyle = theme.ink2;
    for (const line of this.#lines) ctx.stroke(line);
    const { points } = data;
    const key = [points?.key, points?.examples.x.length, points?.scale, ...Object.values(view.window)].join();
    this.#still.draw(ctx, theme, this, key, (still) => {
      drawEdgeTicks(still, theme, view);
      if (points) this.#drawPoints(still, points, view, theme);
    });
    if (data.cross) drawCross(ctx, theme, view.px(data.cross.x), view.py(data.cross.y), classStyle(data.cross.label));
  }

  /** @param {SurfaceData} data @param {Theme} theme */
  #paintField({ scale }, theme) {
    const grid = this.#grid;
    const { nx, ny } = grid;
    const { diverge, classes } = colourTables(theme);
    const size = nx * ny;
    const parted = 'values' in grid ? grid.values : grid.lead;
    const count = 'values' in grid ? 1 : parted.length / size;
    this.#lines = Array.from({ length: count }, (_, k) => parted.subarray(k * size, (k + 1) * size))
      .filter((values) => count === 1 || values.some((value) => value > 0))
      .map((values) => zeroLine((i) => values[i], nx, ny, { width: this.width, height: this.height }));
    if ('values' in grid) {
      const full = scale || Math.max(1, largestSize(grid.values, 0, size));
      paintField(this.#picture, nx, ny, divergingPixels(grid.values, 0, full, diverge));
    } else if (count === 1) {
      paintField(this.#picture, nx, ny, (i) => diverge[entryOf(grid.probability[i])]);
    } else {
      paintField(this.#picture, nx, ny, (i) => {
        const best = likeliest(grid.probability, i, size);
        // Pale where all are alike.
        const pale = 1 / count;
        return classes[classStyle(best).hue][entryOf((grid.probability[best * size + i] - pale) / (1 - pale))];
      });
    }
  }

  /** @type {(ctx: CanvasRenderingContext2D, points: NonNullable<SurfaceData['points']>, view: View, theme: Theme) => void} */
  #drawPoints(ctx, { examples, isRegression, scale }, view, theme) {
    const { diverge } = colourTables(theme);
    drawExamples(ctx, theme, {
      count: examples.x.length,
      x: (i) => view.px(examples.x[i]),
      y: (i) => view.py(examples.y[i]),
      label: (i) => examples.target[i],
      isHeld: (i) => examples.held[i] > 0,
      colour: isRegression ? (t) => cssOf(entryOf((1 + t / scale) / 2), diverge) : undefined,
      radius: Math.min(kRadius, this.width / 80),
    });
  }

  /** @override */
  numbers() {
    const grid = this.#grid;
    const { nx, ny } = grid;
    const values = 'values' in grid ? grid.values : grid.probability;
    const count = 5;
    const at = (/** @type {number} */ k, /** @type {number} */ n) => Math.round((k * (n - 1)) / (count - 1));
    const { x0, x1, y0, y1 } = this.span;
    const along = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ k) =>
      formatNumber(a + (k / (count - 1)) * (b - a), 3);
    const places = Array.from({ length: count }, (_, k) => k);
    const outputs = values.length / (nx * ny) || 0;
    return {
      caption: `${this.#data?.name ?? this.label}: ${'values' in grid ? 'values' : 'probabilities'} on a grid`,
      columns: ['y', ...places.map((k) => `x = ${along(x0, x1, k)}`)],
      rows: [...places].reverse().map((row) => [along(y0, y1, row), ...places.map((k) => {
        const i = at(row, ny) * nx + at(k, nx);
        return Array.from({ length: outputs }, (_, o) => formatNumber(values[o * nx * ny + i], 3)).join(', ');
      })]),
    };
  }
}

/** The class of the largest probability at grid point i. @param {Float64Array} probability @param {number} i @param {number} size */
export function likeliest(probability, i, size) {
  let best = 0;
  for (let k = 1; k * size < probability.length; k++) if (probability[k * size + i] > probability[best * size + i]) best = k;
  return best;
}

/** Short ticks inside, so that the picture's edge lines up with the text. @param {CanvasRenderingContext2D} ctx @param {Theme} theme @param {View} view */
function drawEdgeTicks(ctx, theme, view) {
  const { x0, x1, y0, y1 } = view.window;
  ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
  ctx.fillStyle = ctx.strokeStyle = theme.ink2;
  ctx.lineCap = 'round';
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.textBaseline = 'alphabetic';
  ctx.textAlign = 'center';
  const across = linearTicks(x0, x1, Math.max(2, view.width / 90));
  for (const value of across.values) {
    const px = view.px(value);
    if (px < 24 || px > view.width - 16) continue;
    ctx.moveTo(px, view.height);
    ctx.lineTo(px, view.height - 4);
    ctx.fillText(formatTick(value, across.step), px, view.height - 7);
  }
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const value of linearTicks(y0, y1, Math.max(2, view.height / 90)).values) {
    const py = view.py(value);
    if (py < 12 || py > view.height - 24) continue;
    ctx.moveTo(0, py);
    ctx.lineTo(4, py);
    ctx.fillText(formatTick(value, across.step), 7, py);
  }
  ctx.stroke();
}

/** @type {(ctx: CanvasRenderingContext2D, theme: Theme, x: number, y: number, style: Style) => void} */
function drawCross(ctx, theme, x, y, style) {
  ctx.lineCap = 'round';
  ctx.beginPath();
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    ctx.moveTo(x + 9 * dx, y + 9 * dy);
    ctx.lineTo(x + 17 * dx, y + 17 * dy);
  }
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = theme.ink;
  ctx.stroke();
  drawMarker(ctx, theme, style, x, y, kRadius, 1.25);
}
