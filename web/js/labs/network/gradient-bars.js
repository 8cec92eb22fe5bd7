// The norm of the gradient by layer, at the beginning and now: whether it fades or grows on its
// way back through the network, and how that changes.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { SteadyRange } from '../../plots/curve-range.js';
import { layerNames, drawRows } from './layer-rows.js';
import { drawMarker, hueOf } from '../../plots/marks.js';
import { formatNumber } from '../../plots/ticks.js';

/** @import { Style } from '../../types.js' */
/** @import { Theme } from '../../plots/theme.js' */

/** @typedef {{ gradient: Float64Array, gradientAtStart: Float64Array, weights: Float64Array }} Norms by layer */
/** @typedef {{ key: string, style: Style, unit: string, step: number, norms: Norms }} GradientData */

const kMarker = 5.5;

export class GradientBars extends CanvasPlot {
  #range = new SteadyRange();
  /** @type {GradientData | null} */
  #data = null;

  /** @param {HTMLElement} container */
  constructor(container) {
    super(container, 'Norm of the gradient by layer');
  }

  /** @param {GradientData} data */
  update(data) {
    this.#data = data;
    this.changed();
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    if (!this.#data) return;
    const { key, style, unit, step, norms: { gradient, gradientAtStart } } = this.#data;
    const layers = gradient.length;
    const log = (/** @type {number} */ v) => (v > 0 && v < Infinity ? Math.log10(v) : NaN);
    const all = [...gradient, ...gradientAtStart].map(log).filter((v) => !Number.isNaN(v));
    const wanted = all.length ? { low: Math.min(...all), high: Math.max(...all) } : null;
    const range = this.#range.update(key, wanted, true, step > 20);
    const { middle, px, left, right } = drawRows(ctx, theme, {
      width: this.width, height: this.height, names: layerNames(layers), range, log: true, right: 12, unit: '',
    });
    const within = (/** @type {number} */ x) => Math.max(left, Math.min(right, x));
    for (let l = 0; l < layers; l++) {
      const [now, start] = [log(gradient[l]), log(gradientAtStart[l])].map((v) => (Number.isNaN(v) ? NaN : within(px(v))));
      const y = middle(l);
      if (!Number.isNaN(now + start)) {
        ctx.lineWidth = 2;
        ctx.strokeStyle = theme.outline;
        ctx.beginPath();
        ctx.moveTo(start, y);
        ctx.lineTo(now, y);
        ctx.stroke();
      }
      if (!Number.isNaN(start)) drawRing(ctx, theme, start, y, hueOf(theme, style));
      if (!Number.isNaN(now) && step > 0) drawMarker(ctx, theme, style, now, y, kMarker, 1.5);
      if (l === 0) this.#drawNames(ctx, theme, start, step > 0 ? now : NaN, y, unit, step);
    }
  }

  /** What the two signs of the first row are. @type {(ctx: CanvasRenderingContext2D, theme: Theme, start: number, now: number, y: number, unit: string, step: number) => void} */
  #drawNames(ctx, theme, start, now, y, unit, step) {
    ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
    ctx.fillStyle = theme.ink2;
    ctx.textBaseline = 'middle';
    const texts = [`${unit} 0`, `${unit} ${step}`];
    const widths = texts.map((text) => ctx.measureText(text).width);
    const place = (/** @type {number} */ x, /** @type {number} */ w) => Math.max(0, Math.min(this.width - w, x - w / 2));
    ctx.textAlign = 'left';
    let [a, b] = [place(start, widths[0]), place(now, widths[1])];
    // Side by side where the signs meet.
    const overlap = start <= now ? a + widths[0] + 10 - b : b + widths[1] + 10 - a;
    if (overlap > 0) {
      const way = start <= now ? -1 : 1;
      a += (way * overlap) / 2;
      b -= (way * overlap) / 2;
    }
    const above = Math.max(7, y - 15);
    if (!Number.isNaN(start)) ctx.fillText(texts[0], a, above);
    if (!Number.isNaN(now)) ctx.fillText(texts[1], b, above);
  }

  /** @override */
  numbers() {
    const { norms, unit = 'step', step = 0 } = this.#data ?? {};
    return {
      caption: this.label,
      columns: ['layer', `at ${unit} 0`, `at ${unit} ${step}`, 'norm of the weights'],
      rows: norms
        ? layerNames(norms.weights.length).map((name, l) =>
          [name, ...[norms.gradientAtStart, norms.gradient, norms.weights].map((column) => formatNumber(column[l]))])
        : [],
    };
  }
}

/** @type {(ctx: CanvasRenderingContext2D, theme: Theme, x: number, y: number, hue: string) => void} */
function drawRing(ctx, theme, x, y, hue) {
  ctx.beginPath();
  ctx.arc(x, y, 4.5, 0, 2 * Math.PI);
  ctx.fillStyle = theme.surface;
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = hue;
  ctx.stroke();
}
