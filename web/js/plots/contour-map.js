// A landscape as a chart of deep water, with the paths of those who descend.

import { fitCanvas, pixelRatio, watchSize } from './canvas.js';
import { drawGround } from './ground.js';
import { LabelPlacer } from './label-placer.js';
import { drawFrame } from './map-frame.js';
import { arrowInPixels } from './map-marks.js';
import { watchHand } from './map-pointer.js';
import { NumberTable } from './number-table.js';
import { readTheme } from './theme.js';
import { formatNumber } from './ticks.js';
import { makeView } from './view.js';

/** @import { MapData } from './plots.js' */
/** @import { Theme } from './theme.js' */
/** @import { View } from './view.js' */

let count = 0;

export class ContourMap {
  #root = document.createElement('div');
  #canvas = document.createElement('canvas');
  #ground = document.createElement('canvas');
  #readout = document.createElement('div');
  #placer = new LabelPlacer();
  /** @type {MapData | null} */
  #data = null;
  /** @type {Theme | null} */
  #theme = null;
  /** @type {View | null} */
  #view = null;
  #width = 0;
  #height = 0;
  /** What the ground was drawn for. */
  #groundIs = '';
  #themeCount = 0;
  #label;
  #numbers;
  #unwatch;
  #letGo;

  /**
   * @param {HTMLElement} container gives the size; the map never changes it
   * @param {{ label: string, onStart?: (x: number, y: number) => void }} options
   */
  constructor(container, { label, onStart }) {
    this.#label = label;
    container.classList.add('descent-plot');
    this.#root.className = 'descent-plot-map';
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.setAttribute('aria-label', label);
    this.#readout.className = 'descent-plot-readout';
    this.#readout.setAttribute('aria-hidden', 'true');
    this.#readout.hidden = true;
    this.#root.append(this.#canvas, this.#readout);
    if (onStart) this.#makeOperable();
    this.#numbers = new NumberTable(this.#root, () => this.#readNumbers());
    container.append(this.#root);
    this.#letGo = watchHand(this.#root, {
      toData: (px, py) => [this.#view?.x(px) ?? NaN, this.#view?.y(py) ?? NaN],
      start: () => this.#data?.start ?? null,
      stride: () => this.#stride(),
      onStart: onStart && ((x, y) => this.#setStart(x, y, onStart)),
      onHover: (point) => this.#hover(point),
    });
    this.#unwatch = watchSize(container, (width, height) => {
      this.#width = width;
      this.#height = height;
      this.#draw();
    });
  }

  /** Draws at once: call it from an animation frame. @param {MapData} data */
  update(data) {
    this.#data = data;
    this.#draw();
    this.#numbers.touch();
  }

  refreshTheme() {
    this.#theme = null;
    this.#themeCount++;
    this.#draw();
  }

  /** @returns {HTMLCanvasElement} a copy of what is seen now, that may be saved as a picture */
  toPng() {
    const copy = document.createElement('canvas');
    copy.width = this.#canvas.width;
    copy.height = this.#canvas.height;
    copy.getContext('2d')?.drawImage(this.#canvas, 0, 0);
    return copy;
  }

  destroy() {
    this.#unwatch();
    this.#letGo();
    this.#numbers.destroy();
    this.#root.remove();
    this.#data = null;
  }

  #makeOperable() {
    const help = document.createElement('div');
    help.id = `descent-map-help-${++count}`;
    help.className = 'descent-plot-numbers';
    help.textContent = 'The arrow keys move the start, with shift in larger steps.';
    this.#root.append(help);
    this.#root.tabIndex = 0;
    this.#root.setAttribute('role', 'group');
    this.#root.setAttribute('aria-label', `${this.#label}: place the start`);
    this.#root.setAttribute('aria-describedby', help.id);
    this.#root.classList.add('is-operable');
  }

  #draw() {
    const data = this.#data;
    const [width, height] = [this.#width, this.#height];
    if (!data || width < 1 || height < 1) return;
    const theme = (this.#theme ??= readTheme(this.#root));
    const ratio = pixelRatio();
    const { x0, x1, y0, y1 } = data.window;
    const groundIs =
      [data.groundKey, x0, x1, y0, y1, width, height, ratio, this.#themeCount].join();
    if (groundIs !== this.#groundIs || !this.#view) {
      this.#view = makeView(data.window, width, height);
      drawGround(this.#ground, ratio, data, this.#view, theme);
      this.#groundIs = groundIs;
      this.#placer.reset();
    }
    const ctx = fitCanvas(this.#canvas, width, height, ratio);
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    // The ground is opaque: copying it needs neither clearing nor blending.
    ctx.globalCompositeOperation = 'copy';
    ctx.drawImage(this.#ground, 0, 0);
    ctx.restore();
    drawFrame(ctx, data, this.#view, theme, this.#placer);
  }

  /** @returns {[number, number]} */
  #stride() {
    if (!this.#data) return [0, 0];
    const { x0, x1, y0, y1 } = this.#data.window;
    return [Math.abs(x1 - x0) / 100, Math.abs(y1 - y0) / 100];
  }

  /** @param {number} x @param {number} y @param {(x: number, y: number) => void} onStart */
  #setStart(x, y, onStart) {
    if (!this.#view || !this.#data || !Number.isFinite(x + y)) return;
    const { x0, x1, y0, y1 } = this.#view.window;
    x = Math.min(x1, Math.max(x0, x));
    y = Math.min(y1, Math.max(y0, y));
    // Keys may repeat before the answer is here: the next one goes on from this place.
    this.#data = { ...this.#data, start: [x, y] };
    onStart(x, y);
  }

  /** @param {[number, number] | null} point */
  #hover(point) {
    const known = point !== null && this.#data !== null && this.#view !== null;
    this.#readout.hidden = !known;
    if (!known || !this.#data || !this.#view) return;
    const [x, y] = point;
    const pixel = 1 / this.#view.scale;
    const [f] = this.#data.field({ x0: x, x1: x + pixel, y0: y, y1: y + pixel }, 2, 2);
    // As many digits as tell one pixel from the next.
    const digits = Math.ceil(Math.log10(Math.max(Math.abs(x), Math.abs(y)) / pixel));
    const place = [x, y].map((v) =>
      formatNumber(Math.abs(v) < pixel / 2 ? 0 : v, Math.min(12, Math.max(3, digits))));
    this.#readout.textContent = `x ${place[0]}   y ${place[1]}   f ${formatNumber(f)}`;
  }

  #readNumbers() {
    const { step, paths, arrows } = this.#data ?? { step: 0, paths: [], arrows: [] };
    const rows = paths.map(({ label, points }) => {
      let row = Math.min(step, (points.length >> 1) - 1);
      while (row > 0 && Number.isNaN(points[2 * row])) row--;
      return [label, String(Math.max(0, row)), formatNumber(points[2 * row] ?? NaN),
        formatNumber(points[2 * row + 1] ?? NaN)];
    });
    for (const arrow of arrows) {
      const drawn = this.#view && arrowInPixels(arrow, this.#view);
      const note = drawn?.change ? `, drawn ${drawn.change} than it is` : '';
      const name = arrow.label || arrow.kind;
      rows.push([`${name}${note}`, 'arrow', ...arrow.vector.map((v) => formatNumber(v))]);
    }
    return { caption: `${this.#label}, step ${step}`, columns: ['path', 'step', 'x', 'y'], rows };
  }
}
