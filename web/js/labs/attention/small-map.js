// The weights of one head as a small picture, without words or numbers.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { shareText, weightColours } from './weight-colours.js';

/** @import { Theme } from '../../plots/theme.js' */

export class SmallMap extends CanvasPlot {
  /** @type {{ words: string[], weights: Float64Array } | null} */
  #data = null;

  /** @param {string} label @param {string[]} words @param {Float64Array} weights */
  update(label, words, weights) {
    this.#data = { words, weights };
    this.label = label;
    this.canvas.setAttribute('aria-label', label);
    this.changed();
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    if (!this.#data) return;
    const { words, weights } = this.#data;
    const n = words.length;
    const { fill } = weightColours(theme);
    const cell = Math.min(this.width, this.height) / n;
    const gap = cell > 6 ? 1 : 0.5;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const weight = weights[i * n + j];
        if (weight === 0) continue;
        ctx.fillStyle = fill(weight);
        ctx.fillRect(j * cell, i * cell, cell - gap, cell - gap);
      }
    }
  }

  /** @override */
  numbers() {
    const { words = [], weights = new Float64Array() } = this.#data ?? {};
    const n = words.length;
    return {
      caption: this.label,
      columns: ['query', ...words],
      rows: words.map((word, i) => [word, ...words.map((_, j) => shareText(weights[i * n + j]))]),
    };
  }
}
