// The attention of one head on one sequence, large: queries down, keys across, and at the end of
// each row what the model takes to follow.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { pointIn } from '../../plots/pointer.js';
import { formatNumber } from '../../plots/ticks.js';
import { paintWeights, placeWeights, weightColour } from './weight-cells.js';

/** @import { Theme } from '../../plots/theme.js' */

/** @typedef {{ query: number, key: number }} Cell */
/**
 * @typedef {object} MapData
 * @property {string} name
 * @property {string[]} tokens
 * @property {Float64Array} weights of this head: [size, size]
 * @property {{ target: string, told: string, p: number, counts: boolean }[]} next of each token
 * @property {Cell | null} cell that is read
 */

const kEdge = 20;
const kNext = 74;
const kFoot = 14; // for the ends of the scale below the bars
const kSmallest = 8; // px of a letter

let count = 0;

export class HeadMap extends CanvasPlot {
  /** @type {MapData | null} */
  #data = null;
  #picture = document.createElement('canvas');
  #help = document.createElement('div');
  #abort = new AbortController();

  /** @param {HTMLElement} container @param {{ onCell: (cell: Cell | null, isKey: boolean) => void }} hand */
  constructor(container, { onCell }) {
    super(container, 'Attention of one head');
    this.#help.id = `descent-map-help-${++count}`;
    this.#help.className = 'descent-plot-numbers';
    this.#help.textContent = 'The arrow keys read the cells of the map.';
    this.root.append(this.#help);
    this.root.tabIndex = 0;
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', 'Cells of the map');
    this.root.setAttribute('aria-describedby', this.#help.id);
    this.root.classList.add('is-operable');
    const { signal } = this.#abort;
    this.root.addEventListener('pointermove', (event) => {
      onCell(this.#cellAt(...pointIn(this.root, event)), false);
    }, { signal });
    this.root.addEventListener('pointerleave', () => onCell(null, false), { signal });
    this.root.addEventListener('keydown', (event) => {
      const cell = this.#neighbour(event);
      if (!cell) return;
      event.preventDefault();
      event.stopPropagation();
      onCell(cell, true);
    }, { signal });
  }

  /** @param {MapData} data */
  update(data) {
    this.#data = data;
    this.label = data.name;
    this.canvas.setAttribute('aria-label', data.name);
    this.changed();
  }

  get #side() {
    return Math.max(8, Math.min(this.width - kEdge - kNext, this.height - kEdge - kFoot));
  }

  /** @param {number} x @param {number} y @returns {Cell | null} */
  #cellAt(x, y) {
    const size = this.#data?.tokens.length ?? 0;
    const pitch = this.#side / size;
    const [key, query] = [Math.floor((x - kEdge) / pitch), Math.floor((y - kEdge) / pitch)];
    return query >= 0 && query < size && key >= 0 && key <= query ? { query, key } : null;
  }

  /** @param {KeyboardEvent} event @returns {Cell | null} */
  #neighbour({ key: name, ctrlKey, metaKey, altKey }) {
    const data = this.#data;
    if (!data || ctrlKey || metaKey || altKey) return null;
    const size = data.tokens.length;
    const { query, key } = data.cell ?? { query: size - 1, key: size - 1 };
    const [across, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[name] ?? [0, 0];
    if (across === 0 && down === 0) return null;
    const row = Math.max(0, Math.min(size - 1, query + down));
    return { query: row, key: Math.max(0, Math.min(row, key + across)) };
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    const data = this.#data;
    if (!data) return;
    const size = data.tokens.length;
    const side = this.#side;
    const pitch = side / size;
    ctx.fillStyle = theme.sunken;
    ctx.fillRect(kEdge, kEdge, side, side);
    paintWeights(this.#picture, this.root, theme, data.weights, 0, size);
    placeWeights(ctx, this.#picture, kEdge, kEdge, side);
    this.#drawTokens(ctx, theme, data, pitch);
    this.#drawNext(ctx, theme, data, pitch, side);
    if (!data.cell) return;
    const { query, key } = data.cell;
    ctx.lineWidth = 1;
    ctx.strokeStyle = theme.accent;
    ctx.strokeRect(kEdge - 0.5, kEdge + query * pitch - 0.5, (query + 1) * pitch + 1, pitch + 1);
    ctx.lineWidth = 2;
    ctx.strokeRect(kEdge + key * pitch, kEdge + query * pitch, pitch, pitch);
  }

  /** @type {(ctx: CanvasRenderingContext2D, theme: Theme, data: MapData, pitch: number) => void} */
  #drawTokens(ctx, theme, { tokens, cell }, pitch) {
    // Where letters would run into each other, only some are written.
    const every = Math.max(1, Math.ceil(kSmallest / pitch));
    ctx.font = letters(theme, pitch * every);
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    const plain = tokens.map((_, i) => i % every === 0);
    tokens.forEach((token, i) => {
      const middle = kEdge + (i + 0.5) * pitch;
      for (const isQuery of [true, false]) {
        const isRead = cell && (isQuery ? cell.query : cell.key) === i;
        if (!isRead && (!plain[i] || nearRead(cell, isQuery, i, every))) continue;
        ctx.fillStyle = isRead ? theme.accent : theme.ink2;
        if (isQuery) ctx.fillText(token, kEdge / 2, middle);
        else ctx.fillText(token, middle, kEdge / 2 + 1);
      }
    });
  }

  /** At the end of a row: the probability of what follows as a bar, and what is taken to follow. @type {(ctx: CanvasRenderingContext2D, theme: Theme, data: MapData, pitch: number, side: number) => void} */
  #drawNext(ctx, theme, { next }, pitch, side) {
    const [left, room] = [kEdge + side + 24, kNext - 28];
    ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = theme.ink3;
    ctx.fillText('p(next)', left - 16, kEdge / 2 + 1);
    ctx.textAlign = 'center';
    ctx.fillText('0', left, kEdge + side + kFoot / 2 + 1);
    ctx.fillText('1', left + room, kEdge + side + kFoot / 2 + 1);
    const every = Math.max(1, Math.ceil(kSmallest / pitch));
    ctx.font = letters(theme, pitch * every);
    next.forEach(({ target, told, p, counts }, i) => {
      const y = kEdge + (i + 0.5) * pitch;
      if (!counts) return;
      const height = Math.max(1, Math.min(9, pitch - 1));
      ctx.fillStyle = theme.hairline;
      ctx.fillRect(left, y - height / 2, room, height);
      ctx.fillStyle = weightColour(this.root, theme, 0.55);
      ctx.fillRect(left, y - height / 2, room * (p || 0), height);
      if (i % every !== 0) return;
      ctx.textAlign = 'center';
      ctx.fillStyle = told === target ? theme.ink : theme.ink3;
      ctx.fillText(target, left - 9, y);
    });
  }

  /** @override */
  numbers() {
    const { name = '', tokens = [], weights = new Float64Array(), next = [] } = this.#data ?? {};
    const size = tokens.length;
    return {
      caption: name,
      columns: ['place', 'token', 'looks most at place', 'token there', 'weight', 'next', 'taken to follow', 'p(next)'],
      rows: tokens.map((token, query) => {
        let most = 0;
        for (let key = 1; key <= query; key++) if (weights[query * size + key] > weights[query * size + most]) most = key;
        const { target = '', told = '', p = NaN } = next[query] ?? {};
        return [String(query), token, String(most), tokens[most], formatNumber(weights[query * size + most]), target, told, formatNumber(p)];
      }),
    };
  }

  /** @override */
  destroy() {
    this.#abort.abort();
    super.destroy();
  }
}

/** As large as rows allow. @param {Theme} theme @param {number} room */
const letters = (theme, room) => `${Math.min(theme.tickSize, Math.max(kSmallest, 0.94 * room))}px ${theme.fontUi}`;

/** Whether another letter, that is read, stands where this one would. @type {(cell: Cell | null, isQuery: boolean, i: number, every: number) => boolean} */
const nearRead = (cell, isQuery, i, every) =>
  cell !== null && every > 1 && Math.abs((isQuery ? cell.query : cell.key) - i) < every;
