// The output of a query as what it is: every token's value times its weight, and their sum.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { divergeColour } from './diverge-colour.js';
import { formatNumber } from '../../plots/ticks.js';
import { shareText } from './weight-colours.js';

/** @import { Theme } from '../../plots/theme.js' */

/**
 * @typedef {object} Sum
 * @property {string} name
 * @property {string[]} words
 * @property {Float64Array} weights of the query
 * @property {Float64Array} values n × d, row by row
 * @property {Float64Array} sum of the query, d
 */

const kGap = 1.5;
const kRow = 26;
const kLeast = 0.005;
const kFewest = 28; // px of a cell that holds a number

export class ValueSum extends CanvasPlot {
  /** @type {Sum | null} */
  #sum = null;

  /** @param {HTMLElement} container */
  constructor(container) {
    super(container, 'Output as a weighted sum of values');
  }

  /** @param {Sum} sum */
  update(sum) {
    this.#sum = sum;
    this.label = sum.name;
    this.canvas.setAttribute('aria-label', sum.name);
    this.changed();
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    if (!this.#sum) return;
    const { words, weights, values, sum } = this.#sum;
    const d = sum.length;
    const rows = words.length + 1;
    const row = Math.min(kRow, (this.height - 8) / rows);
    const small = row < 15;
    const size = small ? Math.max(9, row - 2) : theme.tickSize;
    ctx.font = `${size}px ${theme.fontUi}`;
    const widest = Math.min(0.34 * this.width, Math.max(...words.map((word) => ctx.measureText(word).width)));
    const left = widest + 44;
    const cell = (this.width - left) / d;
    const largest = values.reduce((a, v) => Math.max(a, Math.abs(v)), 1e-12);
    ctx.textBaseline = 'middle';
    const line = (/** @type {number} */ y, /** @type {string} */ word, /** @type {string} */ share, /** @type {boolean} */ strong, /** @type {(k: number) => number} */ at) => {
      ctx.font = `${strong ? 700 : 400} ${size}px ${theme.fontUi}`;
      ctx.fillStyle = strong ? theme.ink : theme.ink2;
      ctx.textAlign = 'right';
      ctx.save();
      ctx.beginPath();
      ctx.rect(0, y, widest + 1, row);
      ctx.clip();
      ctx.fillText(word, widest, y + row / 2);
      ctx.restore();
      ctx.fillStyle = strong ? theme.ink : theme.ink3;
      ctx.fillText(share, left - 8, y + row / 2);
      ctx.textAlign = 'center';
      for (let k = 0; k < d; k++) {
        ctx.fillStyle = divergeColour(theme, at(k) / largest);
        ctx.beginPath();
        ctx.roundRect(left + k * cell + kGap / 2, y + kGap / 2, Math.max(1, cell - kGap), row - kGap, Math.min(3, cell / 4));
        ctx.fill();
        if (cell < kFewest || row < 15 || Math.abs(at(k)) < 0.05) continue;
        ctx.font = `${strong ? 700 : 400} ${size - 1}px ${theme.fontUi}`;
        ctx.fillStyle = theme.ink;
        ctx.fillText(at(k).toFixed(1).replace('-', '−'), left + (k + 0.5) * cell, y + row / 2 + 0.5);
      }
    };
    words.forEach((word, j) => {
      ctx.globalAlpha = weights[j] >= kLeast ? 1 : 0.45;
      line(j * row, word, weights[j] > 0 ? shareText(weights[j]) : '', false, (k) => weights[j] * values[j * d + k]);
    });
    ctx.globalAlpha = 1;
    const y = words.length * row + 3;
    ctx.fillStyle = theme.outline;
    ctx.fillRect(0, y, this.width, 1);
    line(y + 4, 'sum', '', true, (k) => sum[k]);
  }

  /** @override */
  numbers() {
    const { words = [], weights = new Float64Array(), values = new Float64Array(), sum = new Float64Array() } = this.#sum ?? {};
    const d = sum.length;
    const features = Array.from({ length: d }, (_, k) => k);
    return {
      caption: `${this.label}: the value of each token, and their sum by weight`,
      columns: ['token', 'weight', ...features.map((k) => `feature ${k + 1}`)],
      rows: [
        ...words.map((word, j) => [word, formatNumber(weights[j]), ...features.map((k) => formatNumber(values[j * d + k]))]),
        ['sum', '', ...features.map((k) => formatNumber(sum[k]))],
      ],
    };
  }
}
