// A network as a diagram: a small picture of what every unit gives over the plane, and the weights
// between them: solid adds, dashed subtracts, as wide as the weight is large.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { colourTables } from '../../plots/colour-table.js';
import { divergingPixels, largestSize, paintField, placeField } from '../../plots/field-picture.js';
import { boxAt, drawCurve, drawFrames, drawHeadings, drawInputs, drawOutputs } from './diagram-parts.js';
import { layOutNetwork, linksOf, neighbourOf, unitAt } from './network-layout.js';
import { pointIn } from '../../plots/pointer.js';
import { StillLayer } from '../../plots/still-layer.js';
import { formatNumber } from '../../plots/ticks.js';

/** @import { Window2 } from '../../plots/plots.js' */
/** @import { Theme } from '../../plots/theme.js' */
/** @import { Layout } from './network-layout.js' */

/** @typedef {{ layer: number, unit: number }} Unit layer from 1 on */
/**
 * @typedef {object} DiagramData
 * @property {number[]} counts inputs, the units of each hidden layer, outputs
 * @property {string} activation
 * @property {boolean} isRegression
 * @property {Window2} window
 * @property {{ values: Float64Array, nx: number, ny: number }} fields of all hidden units, layer
 *   after layer: [units, ny, nx]; ny = 1 where there is one input
 * @property {{ rows: number, columns: number, data: Float64Array }[]} weights
 * @property {Unit | null} chosen
 */

const kThinnest = 0.6;
const kWidest = 4.5;
const kDash = [4, 3];

let count = 0;

export class NetworkDiagram extends CanvasPlot {
  #atlas = document.createElement('canvas');
  /** Inputs, frames, outputs and headings. */
  #still = new StillLayer();
  /** @type {DiagramData | null} */
  #data = null;
  /** @type {Layout | null} */
  #layout = null;
  #help = document.createElement('div');
  #abort = new AbortController();

  /**
   * @param {HTMLElement} container
   * @param {{ onChoose: (unit: Unit | null) => void }} hand
   */
  constructor(container, { onChoose }) {
    super(container, 'Diagram of the network');
    this.#help.id = `descent-network-help-${++count}`;
    this.#help.className = 'descent-plot-numbers';
    this.#help.textContent =
      'The arrow keys choose a unit, whose field is then shown large; Escape returns to the output.';
    this.root.append(this.#help);
    this.root.tabIndex = 0;
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', 'Units of the network');
    this.root.setAttribute('aria-describedby', this.#help.id);
    this.root.classList.add('is-operable');
    const { signal } = this.#abort;
    const unitUnder = (/** @type {PointerEvent | MouseEvent} */ event) =>
      this.#layout && unitAt(this.#layout, ...pointIn(this.root, event));
    this.root.addEventListener('pointermove', (event) => {
      this.root.style.cursor = unitUnder(event) ? 'pointer' : '';
    }, { signal });
    this.root.addEventListener('click', (event) => {
      const unit = unitUnder(event);
      const chosen = this.#data?.chosen;
      if (unit) onChoose(unit.layer === chosen?.layer && unit.unit === chosen.unit ? null : unit);
      else if (chosen) onChoose(null);
    }, { signal });
    this.root.addEventListener('keydown', (event) => {
      if (!this.#layout || event.ctrlKey || event.metaKey || event.altKey) return;
      const unit = neighbourOf(this.#layout, this.#data?.chosen ?? null, event.key);
      if (!unit) return;
      event.preventDefault();
      // Elsewhere in a lab the arrows step through time.
      event.stopPropagation();
      onChoose(unit);
    }, { signal });
  }

  /** @param {DiagramData} data */
  update(data) {
    this.#data = data;
    this.changed();
  }

  /** @override */
  destroy() {
    this.#abort.abort();
    super.destroy();
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    const data = this.#data;
    if (!data) return;
    const layout = (this.#layout = layOutNetwork(data.counts, this.width, this.height));
    this.#drawLinks(ctx, theme, layout, data);
    this.#paintAtlas(data, theme);
    this.#drawUnits(ctx, theme, layout, data);
    const { counts, activation, isRegression, window, chosen, fields } = data;
    const key = [...counts, activation, isRegression, ...Object.values(window), chosen?.layer, chosen?.unit, fields.ny === 1].join();
    this.#still.draw(ctx, theme, this, key, (still) => {
      drawInputs(still, theme, layout, data);
      drawFrames(still, theme, layout, data);
      drawOutputs(still, theme, layout, data);
      drawHeadings(still, theme, layout, data, this.width);
    });
  }

  /** @type {(ctx: CanvasRenderingContext2D, theme: Theme, layout: Layout, data: DiagramData) => void} */
  #drawLinks(ctx, theme, layout, { weights }) {
    const { links, largest } = linksOf(layout, weights);
    const { columns, box } = layout;
    // Where layers stand close, wide links would run into one.
    const gap = columns[1].x - columns[0].x - box;
    const widest = Math.min(kWidest, Math.max(1.5, 0.09 * gap));
    ctx.lineCap = 'butt';
    for (const { layer, from, to, weight } of links) {
      const rel = Math.abs(weight) / largest;
      const isLast = layer === columns.length - 1;
      const x0 = columns[layer - 1].x + box / 2 + 2;
      const x1 = columns[layer].x - (isLast ? 8 : box / 2 + 2);
      const [y0, y1] = [columns[layer - 1].ys[from], columns[layer].ys[to]];
      ctx.globalAlpha = 0.28 + 0.72 * rel;
      ctx.lineWidth = Math.max(kThinnest, widest * rel);
      ctx.strokeStyle = theme.hues[weight > 0 ? 1 : 2];
      ctx.setLineDash(weight > 0 ? [] : kDash);
      const bend = 0.5 * (x1 - x0);
      ctx.beginPath();
      ctx.moveTo(x0, y0);
      ctx.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  /** All pictures one above the other, in one canvas of pixels. @param {DiagramData} data @param {Theme} theme */
  #paintAtlas({ fields: { values, nx, ny } }, theme) {
    const size = nx * ny;
    const units = size > 0 ? values.length / size : 0;
    if (ny < 2 || units === 0) return;
    const { diverge } = colourTables(theme);
    const pixels = Array.from({ length: units }, (_, k) => divergingPixels(values, k * size, scaleOf(values, k, size), diverge));
    // paintField turns rows over: the last unit comes to stand first.
    paintField(this.#atlas, nx, ny * units, (i) => {
      const unit = Math.floor(i / size);
      return pixels[unit](i - unit * size);
    });
  }

  /** @type {(ctx: CanvasRenderingContext2D, theme: Theme, layout: Layout, data: DiagramData) => void} */
  #drawUnits(ctx, theme, { columns, box }, { fields: { values, nx, ny } }) {
    const units = nx * ny > 0 ? values.length / (nx * ny) : 0;
    let first = 0;
    for (const { x, ys, units: wide } of columns.slice(1, -1)) {
      ys.forEach((y, unit) => {
        const at = boxAt(x, y, box);
        const row = first + unit;
        if (ny === 1) drawCurve(ctx, theme, values.subarray(row * nx, (row + 1) * nx), at);
        else if (units > 0) placeField(ctx, this.#atlas, { nx, ny, sy: (units - 1 - row) * ny }, at);
      });
      first += wide;
    }
  }

  /** @override */
  numbers() {
    const { weights = [], counts = [] } = this.#data ?? {};
    return {
      caption: 'Weights by layer',
      columns: ['layer', 'units', 'weights', 'smallest', 'largest', 'root mean square'],
      rows: weights.map(({ data }, l) => {
        const square = data.reduce((sum, w) => sum + w * w, 0) / (data.length || 1);
        return [
          l + 1 === weights.length ? 'output' : String(l + 1), String(counts[l + 1]), String(data.length),
          ...[data.reduce((a, b) => Math.min(a, b), Infinity), data.reduce((a, b) => Math.max(a, b), -Infinity), Math.sqrt(square)]
            .map((v) => formatNumber(v)),
        ];
      }),
    };
  }
}

/** Full colour at ±1, or further where a unit gives more. @param {Float64Array} values @param {number} k @param {number} size */
const scaleOf = (values, k, size) => Math.max(1, largestSize(values, k * size, (k + 1) * size));
