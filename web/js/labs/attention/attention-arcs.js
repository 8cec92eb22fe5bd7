// What flows to the query: an arc from every token that it sees, as wide as the weight.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { shareText, weightColours } from './weight-colours.js';

/** @import { Theme } from '../../plots/theme.js' */

/**
 * @typedef {object} Flow
 * @property {string[]} words
 * @property {number[]} at where each stands, CSS px from the left
 * @property {Float64Array} weights
 * @property {number} query
 */

const kLeast = 0.004;
const kLeastLoop = 0.03;
const kWidest = 9;
const kLoop = 26;

export class AttentionArcs extends CanvasPlot {
  /** @type {Flow | null} */
  #flow = null;

  /** @param {HTMLElement} container */
  constructor(container) {
    super(container, 'Weights of the query');
  }

  /** @param {Flow} flow */
  update(flow) {
    this.#flow = flow;
    this.label = `Weights of the query ${flow.words[flow.query]}`;
    this.canvas.setAttribute('aria-label', this.label);
    this.changed();
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    if (!this.#flow) return;
    const { at, weights, query } = this.#flow;
    const { fill } = weightColours(theme);
    const base = this.height - 3;
    const span = Math.max(1, Math.max(...at) - Math.min(...at));
    const order = [...weights.keys()].filter((j) => weights[j] >= (j === query ? kLeastLoop : kLeast)).sort((a, b) => weights[a] - weights[b]);
    ctx.lineCap = 'round';
    for (const j of order) {
      ctx.lineWidth = 1 + (kWidest - 1) * weights[j];
      ctx.strokeStyle = fill(0.3 + 0.5 * Math.sqrt(weights[j]));
      const reach = Math.abs(at[j] - at[query]);
      // A cubic rises to ¾ of its handles.
      const handle = (Math.min(base - 8, 34 + (base - 42) * Math.sqrt(reach / span)) * 4) / 3;
      ctx.beginPath();
      if (j === query) {
        ctx.moveTo(at[j] - 5, base);
        ctx.bezierCurveTo(at[j] - 18, base - kLoop, at[j] + 18, base - kLoop, at[j] + 5, base);
      } else {
        ctx.moveTo(at[j], base);
        ctx.bezierCurveTo(at[j], base - handle, at[query], base - handle, at[query], base);
      }
      ctx.stroke();
    }
  }

  /** @override */
  numbers() {
    const { words = [], weights = new Float64Array() } = this.#flow ?? {};
    return { caption: this.label, columns: ['token', 'weight'], rows: words.map((word, j) => [word, shareText(weights[j])]) };
  }
}
