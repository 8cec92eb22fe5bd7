// Who looks at whom: a row for each query, a column for each key, darker or lighter by weight; or the
// scores before the softmax. What is masked is hatched.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { divergeColour } from './diverge-colour.js';
import { pointIn } from '../../plots/pointer.js';
import { formatNumber } from '../../plots/ticks.js';
import { shareText, weightColours } from './weight-colours.js';

/** @import { Theme } from '../../plots/theme.js' */

/**
 * @typedef {object} MapOfWeights
 * @property {string} name
 * @property {string[]} words
 * @property {Float64Array} values n × n, row by row
 * @property {(i: number, j: number) => boolean} isMasked
 * @property {number} query
 * @property {boolean} isScores a number of any size, instead of a weight in [0, 1]
 */

const kGap = 1.5;
const kCorner = 3;
const kSlant = (58 * Math.PI) / 180;
const kLeastNumber = 0.1;
const kHatch = 5;

export class AttentionMap extends CanvasPlot {
  /** @type {MapOfWeights | null} */
  #data = null;
  /** @type {{ left: number, top: number, cell: number } | null} */
  #place = null;
  /** @type {[number, number] | null} */
  #hover = null;
  #abort = new AbortController();

  /**
   * @param {HTMLElement} container @param {string} label
   * @param {{ onQuery?: (i: number) => void }} [hand]
   */
  constructor(container, label, { onQuery } = {}) {
    super(container, label);
    const { signal } = this.#abort;
    this.root.addEventListener('pointermove', (event) => this.#point(this.#cellAt(event)), { signal });
    this.root.addEventListener('pointerleave', () => this.#point(null), { signal });
    if (!onQuery) return;
    this.root.addEventListener('click', (event) => {
      const row = this.#rowAt(event);
      if (row !== null) onQuery(row);
    }, { signal });
    this.root.addEventListener('pointermove', (event) => {
      this.root.style.cursor = this.#rowAt(event) === null ? '' : 'pointer';
    }, { signal });
  }

  /** @param {MapOfWeights} data */
  update(data) {
    this.#data = data;
    this.label = data.name;
    this.canvas.setAttribute('aria-label', data.name);
    this.changed();
  }

  /** @param {MouseEvent} event @returns {number | null} also of the word beside it */
  #rowAt(event) {
    if (!this.#place || !this.#data) return null;
    const row = Math.floor((pointIn(this.root, event)[1] - this.#place.top) / this.#place.cell);
    return row >= 0 && row < this.#data.words.length ? row : null;
  }

  /** @param {MouseEvent} event @returns {[number, number] | null} */
  #cellAt(event) {
    const row = this.#rowAt(event);
    if (row === null || !this.#place || !this.#data) return null;
    const column = Math.floor((pointIn(this.root, event)[0] - this.#place.left) / this.#place.cell);
    return column >= 0 && column < this.#data.words.length ? [row, column] : null;
  }

  /** @param {[number, number] | null} cell */
  #point(cell) {
    if (String(cell) === String(this.#hover)) return;
    this.#hover = cell;
    this.draw();
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    const data = this.#data;
    if (!data) return;
    const { words, query, isMasked } = data;
    const n = words.length;
    const size = this.width < 400 ? theme.tickSize : theme.labelSize;
    ctx.font = `600 ${size}px ${theme.fontUi}`;
    const widest = Math.min(0.3 * this.width, Math.max(...words.map((word) => ctx.measureText(word).width)));
    const left = Math.ceil(widest + 10);
    const top = Math.ceil(Math.min(widest, 0.26 * this.height) * Math.sin(kSlant) + size * 0.6 + 4);
    const last = Math.min(widest, ctx.measureText(words[n - 1]).width) * Math.cos(kSlant) + size * 0.4;
    const cell = Math.max(4, Math.min((this.width - left) / n, (this.width - left - last) / (n - 0.5), (this.height - top - 2) / n));
    this.#place = { left, top, cell };
    const x = (/** @type {number} */ j) => left + j * cell;
    const y = (/** @type {number} */ i) => top + i * cell;

    this.#hatch(ctx, theme, n, x, y, cell);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) if (!isMasked(i, j)) this.#cell(ctx, theme, i, j, x(j), y(i), cell);
    }
    ctx.font = `${size}px ${theme.fontUi}`;
    for (let i = 0; i < n; i++) {
      ctx.font = `${i === query ? 700 : 400} ${size}px ${theme.fontUi}`;
      ctx.fillStyle = i === query ? theme.accent : theme.ink2;
      ctx.textAlign = 'right';
      ctx.textBaseline = 'middle';
      ctx.fillText(fitted(ctx, words[i], left - 10), left - 10, y(i) + cell / 2);
      ctx.save();
      ctx.translate(x(i) + cell / 2 + size * 0.2, top - 6);
      ctx.rotate(-kSlant);
      ctx.textAlign = 'left';
      ctx.fillStyle = theme.ink2;
      ctx.font = `${size}px ${theme.fontUi}`;
      ctx.fillText(fitted(ctx, words[i], widest), 0, 0);
      ctx.restore();
    }
    let seen = n;
    while (seen > 1 && isMasked(query, seen - 1)) seen -= 1;
    ctx.strokeStyle = theme.accent;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.roundRect(x(0) - 1, y(query) - 1, seen * cell + 2, cell + 2, kCorner + 2);
    ctx.stroke();
  }

  /** @type {(ctx: CanvasRenderingContext2D, theme: Theme, n: number, x: (j: number) => number, y: (i: number) => number, cell: number) => void} */
  #hatch(ctx, theme, n, x, y, cell) {
    const masked = new Path2D();
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        if (this.#data?.isMasked(i, j)) masked.roundRect(x(j) + kGap / 2, y(i) + kGap / 2, cell - kGap, cell - kGap, kCorner);
      }
    }
    ctx.save();
    ctx.clip(masked);
    ctx.strokeStyle = theme.hairline;
    ctx.lineWidth = 1;
    ctx.beginPath();
    const side = n * cell;
    for (let d = -side; d < side; d += kHatch) {
      ctx.moveTo(x(0) + d, y(0) + side);
      ctx.lineTo(x(0) + d + side, y(0));
    }
    ctx.stroke();
    ctx.restore();
  }

  /** @type {(ctx: CanvasRenderingContext2D, theme: Theme, i: number, j: number, x: number, y: number, cell: number) => void} */
  #cell(ctx, theme, i, j, x, y, cell) {
    const data = this.#data;
    if (!data) return;
    const value = data.values[i * data.words.length + j];
    const isHovered = this.#hover?.[0] === i && this.#hover[1] === j;
    const colours = weightColours(theme);
    const { fill, ink } = data.isScores
      ? { fill: divergeColour(theme, value / this.#largest), ink: theme.ink }
      : { fill: colours.fill(value), ink: colours.ink(value) };
    ctx.fillStyle = fill;
    ctx.beginPath();
    ctx.roundRect(x + kGap / 2, y + kGap / 2, cell - kGap, cell - kGap, Math.min(kCorner, cell / 5));
    ctx.fill();
    if (isHovered) {
      ctx.strokeStyle = theme.ink;
      ctx.lineWidth = 1.5;
      ctx.stroke();
    }
    const whole = data.isScores ? value.toFixed(1).replace('-', '−') : shareText(value);
    const isWorth = data.isScores || value >= kLeastNumber;
    ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
    const fits = (/** @type {string} */ text) => ctx.measureText(text).width <= cell - 3;
    const text = fits(whole) || data.isScores ? whole : whole.replace(/\.0+$/, '');
    if ((!isWorth && !isHovered) || !fits(text)) return;
    ctx.fillStyle = ink;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(text, x + cell / 2, y + cell / 2 + 0.5);
  }

  get #largest() {
    return this.#data ? this.#data.values.reduce((a, v) => (Math.abs(v) > a ? Math.abs(v) : a), 1e-12) : 1;
  }

  /** @override */
  numbers() {
    const { words = [], values = new Float64Array(), isMasked = () => false } = this.#data ?? {};
    const n = words.length;
    return {
      caption: this.label,
      columns: ['query', ...words],
      rows: words.map((word, i) => [
        word,
        ...words.map((_, j) => (isMasked(i, j) ? 'masked' : formatNumber(values[i * n + j]))),
      ]),
    };
  }

  /** @override */
  destroy() {
    this.#abort.abort();
    super.destroy();
  }
}

/** The beginning of a word that is too long. @param {CanvasRenderingContext2D} ctx @param {string} word @param {number} width */
function fitted(ctx, word, width) {
  if (ctx.measureText(word).width <= width + 1) return word;
  let letters = [...word];
  while (letters.length > 1 && ctx.measureText(`${letters.join('')}…`).width > width) letters = letters.slice(0, -1);
  return `${letters.join('')}…`;
}
