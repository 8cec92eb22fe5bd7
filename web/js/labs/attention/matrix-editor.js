import { h, fill, onResize, setAttribute, setText, uniqueId } from '../../widgets/dom.js';
import { plainNumber, specNumber } from '../../widgets/number-text.js';

/**
 * @typedef {object} EditedMatrix
 * @property {string} name what it is, in a sentence
 * @property {string[]} rows their headings
 * @property {string[]} columns
 * @property {Float64Array} values row by row
 * @property {(i: number, j: number) => string} entry the entry's own name
 * @property {(i: number, j: number) => boolean} isEdited
 */

const kLevels = 10;

/**
 * A matrix as a grid of numbers: the arrow keys go from cell to cell, typing or Enter sets one,
 * Delete gives it back.
 */
export class MatrixEditor {
  #body = h('tbody');
  #head = h('thead');
  #table = h('table', { class: 'matrix', role: 'grid' }, this.#head, this.#body);
  #note = h('p', { class: 'matrix-note', id: uniqueId('matrix') });
  #scroll = h('div', { class: 'matrix-scroll' }, this.#table);
  #more = h('p', { class: 'matrix-more', 'aria-hidden': 'true' });
  element = h('div', { class: 'matrix-box' }, this.#scroll, this.#more, this.#note);
  #unwatch;
  /** @type {HTMLTableCellElement[][]} */
  #cells = [];
  /** @type {EditedMatrix | null} */
  #matrix = null;
  #key = '';
  /** @type {[number, number]} */
  #at = [0, 0];
  #onSet;

  /** @param {{ onSet: (entry: string, value: string) => string }} hand value '' gives the entry back; returns what is wrong */
  constructor({ onSet }) {
    this.#onSet = onSet;
    this.#table.setAttribute('aria-describedby', this.#note.id);
    this.#table.addEventListener('keydown', (event) => this.#keyed(event));
    this.#table.addEventListener('focusin', (event) => this.#focused(event));
    this.#table.addEventListener('click', (event) => this.#clicked(event));
    this.#scroll.addEventListener('scroll', () => this.#hint(), { passive: true });
    this.#unwatch = onResize([this.#scroll, this.#table], () => this.#hint());
  }

  /** Says which columns and rows are in sight where not all are; an edge that hides some fades. */
  #hint() {
    const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = this.#scroll;
    const first = this.#cells[0]?.[0];
    if (!first) return;
    const [right, bottom] = [scrollLeft + clientWidth, scrollTop + clientHeight];
    this.#scroll.classList.toggle('is-cut-right', right < scrollWidth - 1);
    this.#scroll.classList.toggle('is-cut-below', bottom < scrollHeight - 1);
    const across = this.#cells[0].map(({ offsetLeft, offsetWidth }) =>
      offsetLeft >= scrollLeft + first.offsetLeft - 1 && offsetLeft + offsetWidth <= right + 1);
    const down = this.#cells.map(([{ offsetTop, offsetHeight }]) =>
      offsetTop >= scrollTop + first.offsetTop - 1 && offsetTop + offsetHeight <= bottom + 1);
    const parts = [inSight('columns', across), inSight('rows', down)].filter(Boolean);
    setText(this.#more, parts.length > 0 ? `Scrolls: ${parts.join(', ')}` : '');
  }

  /** @param {EditedMatrix} matrix */
  update(matrix) {
    this.#matrix = matrix;
    const { rows, columns, values, name } = matrix;
    const key = JSON.stringify([rows, columns]);
    if (key !== this.#key) this.#lay(rows, columns);
    this.#key = key;
    setAttribute(this.#table, 'aria-label', name);
    const largest = values.reduce((a, v) => Math.max(a, Math.abs(v)), 1e-12);
    this.#cells.forEach((line, i) => line.forEach((cell, j) => {
      const value = values[i * columns.length + j];
      const level = Math.round((kLevels * (1 + value / largest)) / 2);
      const className = `matrix-cell level-${level}${matrix.isEdited(i, j) ? ' is-edited' : ''}`;
      if (cell.className !== className) cell.className = className;
      if (!cell.querySelector('input')) setText(cell, short(value));
    }));
    this.#tell();
  }

  /** @param {string[]} rows @param {string[]} columns */
  #lay(rows, columns) {
    this.#at = [Math.min(this.#at[0], rows.length - 1), Math.min(this.#at[1], columns.length - 1)];
    const heading = (/** @type {string} */ text, /** @type {string} */ scope) => h('th', { scope }, text);
    fill(this.#head, h('tr', {}, h('td', {}), columns.map((text) => heading(text, 'col'))));
    this.#cells = rows.map((_, i) => columns.map((__, j) => h('td', { tabindex: this.#isAt(i, j) ? 0 : -1 })));
    fill(this.#body, rows.map((text, i) => h('tr', {}, heading(text, 'row'), this.#cells[i])));
  }

  /** @param {number} i @param {number} j */
  #isAt = (i, j) => i === this.#at[0] && j === this.#at[1];

  /** @param {EventTarget | null} target @returns {[number, number] | null} */
  #placeOf(target) {
    const cell = target instanceof Element ? target.closest('td') : null;
    const i = this.#cells.findIndex((line) => line.includes(/** @type {any} */ (cell)));
    return i < 0 ? null : [i, this.#cells[i].indexOf(/** @type {any} */ (cell))];
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const place = this.#placeOf(event.target);
    if (!place) return;
    const [i, j] = this.#at;
    if (this.#cells[i]?.[j]) this.#cells[i][j].tabIndex = -1;
    this.#at = place;
    this.#cells[place[0]][place[1]].tabIndex = 0;
    this.#tell();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const place = this.#placeOf(event.target);
    if (place && !(event.target instanceof HTMLInputElement)) this.#edit(place);
  }

  /** @param {KeyboardEvent} event */
  #keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    const place = this.#placeOf(event.target);
    if (!place) return;
    const [i, j] = place;
    /** @type {Record<string, [number, number]>} */
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -j], End: [0, Infinity] };
    const move = moves[event.key];
    const isTyped = /^[-−0-9.,]$/.test(event.key);
    if (move) {
      const row = Math.max(0, Math.min(this.#cells.length - 1, i + move[0]));
      this.#cells[row][Math.max(0, Math.min(this.#cells[row].length - 1, j + move[1]))].focus();
    } else if (event.key === 'Enter' || event.key === 'F2') this.#edit(place);
    else if (isTyped) this.#edit(place, event.key);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.#set(place, '');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {[number, number]} place @param {string} [typed] what replaces the number */
  #edit([i, j], typed) {
    const matrix = this.#matrix;
    if (!matrix) return;
    const cell = this.#cells[i][j];
    const input = h('input', { class: 'matrix-input', inputmode: 'decimal', autocomplete: 'off', 'aria-label': matrix.entry(i, j) });
    const value = matrix.values[i * matrix.columns.length + j];
    input.value = typed ?? String(Number(value.toPrecision(4)));
    const before = typed === undefined ? input.value : '';
    let isOver = false;
    const close = (/** @type {boolean} */ isTaken, /** @type {boolean} */ keepsFocus) => {
      if (isOver) return;
      isOver = true;
      const text = specNumber(input.value);
      input.remove();
      setText(cell, short(value));
      if (keepsFocus) cell.focus();
      if (isTaken && text !== before) this.#set([i, j], text);
    };
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close(event.key === 'Enter', true);
    });
    input.addEventListener('blur', () => close(true, false));
    cell.replaceChildren(input);
    input.focus();
    if (typed === undefined) input.select();
  }

  /** @param {[number, number]} place @param {string} text */
  #set([i, j], text) {
    const problem = this.#matrix ? this.#onSet(this.#matrix.entry(i, j), text) : '';
    if (problem) setText(this.#note, problem);
  }

  /** What the cell in hand is. */
  #tell() {
    const matrix = this.#matrix;
    if (!matrix) return;
    const [i, j] = this.#at;
    const value = matrix.values[i * matrix.columns.length + j];
    const how = matrix.isEdited(i, j) ? 'set by hand; Delete gives it back' : 'click or type to set it';
    setText(this.#note, `${matrix.entry(i, j)} = ${plainNumber(value)}: ${how}`);
  }

  destroy() {
    this.#unwatch();
    this.element.remove();
  }
}

/** "columns 1–11 of 16"; nothing where all are in sight. @param {string} what @param {boolean[]} isSeen */
function inSight(what, isSeen) {
  const [first, last] = [isSeen.indexOf(true), isSeen.lastIndexOf(true)];
  if (first < 0 || (first === 0 && last === isSeen.length - 1)) return '';
  return `${what} ${first + 1}–${last + 1} of ${isSeen.length}`;
}

/** @param {number} value */
const short = (value) => (Math.abs(value) < 9.995 ? value.toFixed(2) : value.toFixed(Math.abs(value) < 99.95 ? 1 : 0)).replace('-', '−');
