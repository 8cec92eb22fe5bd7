// The hats that a piecewise linear function is the sum of, each at its height.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { functionMargins } from './function-plot.js';
import { hueOf } from '../../plots/marks.js';
import { formatNumber } from '../../plots/ticks.js';

/** @import { Style } from '../../types.js' */
/** @import { Theme } from '../../plots/theme.js' */

/**
 * @typedef {object} HatData
 * @property {[number, number]} across what the x-axis spans
 * @property {ArrayLike<number>} knots heights of the hats, their tops evenly over [0, 1]
 * @property {number} summed how many from the left are in the sum
 * @property {Style} style
 */

const kMargin = 5;

export class HatStrip extends CanvasPlot {
  /** @type {HatData | null} */
  #data = null;

  /** @param {HatData} data */
  update(data) {
    this.#data = data;
    this.changed();
  }

  /** The hat whose top is nearest. @param {number} px */
  hatAt(px) {
    const { across: [x0, x1] = [0, 1], knots = [0] } = this.#data ?? {};
    const { left, right } = functionMargins(this.width);
    const x = x0 + ((px - left) / (right - left)) * (x1 - x0);
    const n = knots.length - 1;
    return Math.max(0, Math.min(n, Math.round(x * n)));
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    const data = this.#data;
    if (!data) return;
    const { across: [x0, x1], knots, summed, style } = data;
    const { left, right } = functionMargins(this.width);
    const n = knots.length - 1;
    const heights = Array.from(knots);
    const [low, high] = [Math.min(0, ...heights), Math.max(0, ...heights)];
    const span = high - low || 1;
    const px = (/** @type {number} */ x) => left + ((x - x0) / (x1 - x0)) * (right - left);
    const py = (/** @type {number} */ y) => kMargin + ((high - y) / span) * (this.height - 2 * kMargin);
    ctx.strokeStyle = theme.outline;
    ctx.lineWidth = 1;
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(left, py(0));
    ctx.lineTo(right, py(0));
    ctx.stroke();
    ctx.lineJoin = 'round';
    const last = summed - 1;
    const hue = hueOf(theme, style);
    const draw = (/** @type {number} */ i) => {
      ctx.beginPath();
      ctx.moveTo(px((i - 1) / n), py(0));
      ctx.lineTo(px(i / n), py(heights[i]));
      ctx.lineTo(px((i + 1) / n), py(0));
      const isLast = i === last && summed <= n;
      ctx.strokeStyle = ctx.fillStyle = isLast ? theme.accent : hue;
      ctx.globalAlpha = isLast ? 0.3 : i < summed ? 0.12 : 0;
      ctx.fill();
      ctx.globalAlpha = isLast ? 1 : i < summed ? 0.85 : 0.3;
      ctx.lineWidth = isLast ? theme.pathWidth : 1.25;
      ctx.stroke();
    };
    for (let i = 0; i <= n; i++) if (i !== last) draw(i);
    if (last >= 0) draw(last);
    ctx.globalAlpha = 1;
  }

  /** @override */
  numbers() {
    const { knots = [], summed = 0 } = this.#data ?? {};
    const n = knots.length - 1;
    return {
      caption: this.label,
      columns: ['hat', 'top at x', 'height', 'in the sum'],
      rows: Array.from(knots, (height, i) =>
        [String(i), formatNumber(i / n, 4), formatNumber(height), i < summed ? 'yes' : 'no']),
    };
  }
}
