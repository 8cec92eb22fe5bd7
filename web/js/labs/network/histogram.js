// How the numbers of each layer are spread: a histogram a layer over one axis.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { roundRange } from '../../plots/curve-range.js';
import { drawRows } from './layer-rows.js';
import { hueOf } from '../../plots/marks.js';
import { formatNumber } from '../../plots/ticks.js';

/** @import { Style } from '../../types.js' */
/** @import { Theme } from '../../plots/theme.js' */

/** @typedef {{ key: string, style: Style, unit: string, layers: { name: string, values: Float64Array }[] }} HistogramData */

const kBins = 48;

export class LayerHistograms extends CanvasPlot {
  /** @type {HistogramData | null} */
  #data = null;
  #key = '';
  #range = { low: -1, high: 1 };

  /** @param {HistogramData} data */
  update(data) {
    this.#data = data;
    this.#widen(data);
    this.changed();
  }

  /** The axis grows with the numbers and keeps what it has: it must not breathe. @param {HistogramData} data */
  #widen({ key, layers }) {
    let [low, high] = [Infinity, -Infinity];
    for (const { values } of layers) {
      for (const v of values) {
        if (!Number.isFinite(v)) continue;
        if (v < low) low = v;
        if (v > high) high = v;
      }
    }
    if (low > high) return;
    const isNew = key !== this.#key;
    this.#key = key;
    if (!isNew && low >= this.#range.low && high <= this.#range.high) return;
    const wanted = isNew ? { low, high } : { low: Math.min(low, this.#range.low), high: Math.max(high, this.#range.high) };
    this.#range = roundRange(wanted, false);
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    if (!this.#data) return;
    const { style, layers, unit } = this.#data;
    const { low, high } = this.#range;
    const { middle, pitch, px, right } = drawRows(ctx, theme, {
      width: this.width, height: this.height, names: layers.map(({ name }) => name), range: this.#range,
      log: false, right: 96, unit,
    });
    const wide = (px(high) - px(low)) / kBins;
    layers.forEach(({ values }, l) => {
      const counts = new Float64Array(kBins);
      for (const v of values) {
        if (Number.isFinite(v)) counts[Math.min(kBins - 1, Math.floor(((v - low) / (high - low)) * kBins))]++;
      }
      const most = counts.reduce((a, b) => Math.max(a, b), 1);
      const floor = middle(l) + pitch / 2 - 3;
      ctx.fillStyle = hueOf(theme, style);
      ctx.globalAlpha = 0.8;
      counts.forEach((n, k) => {
        const tall = (n / most) * (pitch - 8);
        if (n > 0) ctx.fillRect(px(low) + k * wide + 0.5, floor - Math.max(1, tall), Math.max(1, wide - 1), Math.max(1, tall));
      });
      ctx.globalAlpha = 1;
      ctx.strokeStyle = theme.outline;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(px(low), floor);
      ctx.lineTo(px(high), floor);
      ctx.stroke();
      ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
      ctx.fillStyle = theme.ink2;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'middle';
      ctx.fillText(`σ ${formatNumber(spread(values).deviation, 3)}`, right + 16, middle(l));
    });
  }

  /** @override */
  numbers() {
    return {
      caption: this.label,
      columns: ['layer', 'numbers', 'smallest', 'mean', 'largest', 'standard deviation'],
      rows: (this.#data?.layers ?? []).map(({ name, values }) => {
        const { low, high, mean, deviation } = spread(values);
        return [name, String(values.length), ...[low, mean, high, deviation].map((v) => formatNumber(v))];
      }),
    };
  }
}

/** @param {Float64Array} values */
function spread(values) {
  const n = values.length || 1;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n);
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return { low, high, mean, deviation };
}
