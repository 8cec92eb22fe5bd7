// The examples as each layer sees them: a small scatter plot a layer, on scales of its own.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { drawSmall } from '../../plots/class-style.js';
import { colourTables, cssOf, entryOf } from '../../plots/colour-table.js';
import { formatNumber } from '../../plots/ticks.js';

/** @import { Theme } from '../../plots/theme.js' */

/** @typedef {{ name: string, x: Float64Array, y: Float64Array }} SeenLayer */
/** @typedef {{ layers: SeenLayer[], labels: Float64Array, classes: number, scale: number }} ScatterData scale: of the targets of a regression, which has no classes */

const kGap = 14;
const kName = 20;
const kRadius = 2.4;

export class LayerScatter extends CanvasPlot {
  /** @type {ScatterData | null} */
  #data = null;

  /** @param {HTMLElement} container */
  constructor(container) {
    super(container, 'The examples as each layer sees them');
  }

  /** @param {ScatterData} data */
  update(data) {
    this.#data = data;
    this.changed();
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    if (!this.#data) return;
    const { layers } = this.#data;
    const { columns, side } = this.#fit(layers.length);
    ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    layers.forEach((layer, l) => {
      const x = (l % columns) * (side + kGap);
      const y = Math.floor(l / columns) * (side + kName + 6) + kName;
      ctx.fillStyle = theme.ink2;
      ctx.fillText(layer.name, x, y - 10, side);
      ctx.fillStyle = theme.sunken;
      ctx.fillRect(x, y, side, side);
      this.#drawPlaces(ctx, theme, layer, x, y, side);
    });
  }

  /** The largest squares that fit. @param {number} count */
  #fit(count) {
    let best = { columns: 1, side: 0 };
    for (let columns = 1; columns <= count; columns++) {
      const rows = Math.ceil(count / columns);
      const side = Math.min((this.width - (columns - 1) * kGap) / columns, this.height / rows - kName - 6);
      if (side > best.side) best = { columns, side };
    }
    return best;
  }

  /** @type {(ctx: CanvasRenderingContext2D, theme: Theme, layer: SeenLayer, x: number, y: number, side: number) => void} */
  #drawPlaces(ctx, theme, layer, x, y, side) {
    const { labels, classes, scale } = /** @type {ScatterData} */ (this.#data);
    const [across, up] = [layer.x, layer.y].map(rangeOf);
    // One scale for both axes, so that distances are what the next layer gets.
    const span = Math.max(across.high - across.low, up.high - up.low) || 1;
    const at = (/** @type {{ low: number, high: number }} */ { low, high }, /** @type {number} */ v) =>
      side * (0.5 + (0.88 * (v - (low + high) / 2)) / span);
    /** @type {number[][]} */
    const byClass = Array.from({ length: Math.max(1, classes) }, () => []);
    const { diverge } = colourTables(theme);
    labels.forEach((label, i) => {
      const px = x + at(across, layer.x[i]);
      const py = y + side - at(up, layer.y[i]);
      if (!Number.isFinite(px + py)) return;
      if (classes > 0) {
        byClass[label]?.push(px, py);
        return;
      }
      ctx.fillStyle = cssOf(entryOf((1 + label / scale) / 2), diverge);
      ctx.strokeStyle = theme.ink3;
      ctx.lineWidth = 0.5;
      ctx.beginPath();
      ctx.arc(px, py, kRadius, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    });
    byClass.forEach((list, k) => drawSmall(ctx, theme, k, list, kRadius));
  }

  /** @override */
  numbers() {
    const { layers = [], labels = new Float64Array(), classes = 0 } = this.#data ?? {};
    const groups = classes > 0 ? Array.from({ length: classes }, (_, k) => k) : [-1];
    return {
      caption: `${this.label}: where the classes have their middles`,
      columns: ['layer', ...groups.map((k) => (k < 0 ? 'all' : `class ${k}`))],
      rows: layers.map((layer) => [layer.name, ...groups.map((k) => middleOf(layer, labels, k))]),
    };
  }
}

/** @param {Float64Array} values */
function rangeOf(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

/** @param {SeenLayer} layer @param {Float64Array} labels @param {number} wanted −1: of all */
function middleOf(layer, labels, wanted) {
  let [x, y, n] = [0, 0, 0];
  labels.forEach((label, i) => {
    if (wanted >= 0 && label !== wanted) return;
    x += layer.x[i];
    y += layer.y[i];
    n += 1;
  });
  return `${formatNumber(x / n, 3)}, ${formatNumber(y / n, 3)}`;
}
