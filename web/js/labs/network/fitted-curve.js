// A network of one input: what it gives over its axis, with the examples it learns from.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { drawExamples, plainStyle } from '../../plots/class-style.js';
import { hueOf } from '../../plots/marks.js';
import { formatNumber, formatTick, linearTicks } from '../../plots/ticks.js';

/** @import { Style } from '../../types.js' */
/** @import { Theme } from '../../plots/theme.js' */

/**
 * @typedef {object} FittedData
 * @property {string} name
 * @property {[number, number]} across what the x-axis spans
 * @property {[number, number]} up what the y-axis spans at least
 * @property {{ label: string, style: Style, values: Float64Array }[]} curves evenly over the x-axis,
 *   the selected one first
 * @property {Float64Array | null} rows of the examples: x, y, class or target, held back
 */

const kLeft = 36;
const kFoot = 22;

export class FittedCurve extends CanvasPlot {
  /** @type {FittedData | null} */
  #data = null;

  /** @param {FittedData} data */
  update(data) {
    this.#data = data;
    this.changed();
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    const data = this.#data;
    if (!data) return;
    const [x0, x1] = data.across;
    const [y0, y1] = data.up;
    const [right, top, bottom] = [this.width - 8, 8, this.height - kFoot];
    const px = (/** @type {number} */ x) => kLeft + ((x - x0) / (x1 - x0)) * (right - kLeft);
    const py = (/** @type {number} */ y) => bottom - ((y - y0) / (y1 - y0)) * (bottom - top);
    ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
    ctx.fillStyle = theme.ink3;
    ctx.strokeStyle = theme.hairline;
    ctx.lineWidth = 1;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'middle';
    const up = linearTicks(y0, y1, Math.max(2, this.height / 60));
    for (const value of up.values) {
      ctx.beginPath();
      ctx.moveTo(kLeft, py(value));
      ctx.lineTo(right, py(value));
      ctx.stroke();
      ctx.fillText(formatTick(value, up.step), kLeft - 6, py(value));
    }
    ctx.textAlign = 'center';
    const across = linearTicks(x0, x1, Math.max(2, this.width / 80));
    for (const value of across.values) ctx.fillText(formatTick(value, across.step), px(value), bottom + 13);
    ctx.save();
    ctx.beginPath();
    ctx.rect(kLeft, 0, right - kLeft + 8, bottom + 2);
    ctx.clip();
    ctx.lineJoin = 'round';
    for (const { style, values } of [...data.curves].reverse()) {
      const line = new Path2D();
      values.forEach((y, i) => {
        if (Number.isFinite(y)) line.lineTo(px(x0 + ((x1 - x0) * i) / (values.length - 1)), py(y));
      });
      const isFirst = values === data.curves[0].values;
      ctx.lineWidth = theme.pathWidth + 2;
      ctx.strokeStyle = theme.halo;
      ctx.stroke(line);
      ctx.lineWidth = isFirst ? theme.pathWidth : 1.25;
      ctx.strokeStyle = hueOf(theme, style);
      ctx.stroke(line);
    }
    if (data.rows) {
      const rows = data.rows;
      drawExamples(ctx, theme, {
        count: rows.length / 4, x: (i) => px(rows[4 * i]), y: (i) => py(rows[4 * i + 1]),
        label: () => 0, isHeld: (i) => rows[4 * i + 3] > 0, styleOf: (_, hollow) => plainStyle(hollow), radius: 3,
      });
    }
    ctx.restore();
  }

  /** @override */
  numbers() {
    const { name = '', across = [0, 1], curves = [] } = this.#data ?? {};
    const count = 9;
    return {
      caption: name,
      columns: ['x', ...curves.map(({ label }) => label)],
      rows: Array.from({ length: count }, (_, k) => [
        formatNumber(across[0] + ((across[1] - across[0]) * k) / (count - 1), 3),
        ...curves.map(({ values }) => formatNumber(values[Math.round((k * (values.length - 1)) / (count - 1))] ?? NaN)),
      ]),
    };
  }
}
