import { pointIn } from '../../plots/pointer.js';
import { nearestExample, readExamples, writeExamples } from './drawn-points.js';
import { isDrawn } from '../../panels/network-data.js';

/** @typedef {import('./drawn-points.js').Example} Example */

/** @type {Record<string, [number, number]>} */
const kArrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const kSteps = 50; // of an arrow key across the plane
const kMostClasses = 6;
const kStill = 5; // px: further, a press is no click

/**
 * Placing and removing examples on a surface, by pointer and by keys, while the data are drawn ones.
 */
export class DrawingHand {
  isOn = false;
  /** The class of what is placed next. */
  label = 0;
  /** Where a key would place it. @type {Example | null} */
  cross = null;
  #surface;
  #options;
  /** @type {Example[]} */
  #examples = [];
  #classes = 2;
  #abort = new AbortController();

  /**
   * @param {import('../../plots/decision-surface.js').DecisionSurface} surface
   * @param {{ setData: (value: string) => void, redraw: () => void }} options
   */
  constructor(surface, options) {
    this.#surface = surface;
    this.#options = options;
    const { root } = surface;
    const { signal } = this.#abort;
    let from = [0, 0];
    root.addEventListener('pointerdown', (event) => {
      from = [event.clientX, event.clientY];
    }, { signal });
    root.addEventListener('click', (event) => {
      const hasMoved = Math.hypot(event.clientX - from[0], event.clientY - from[1]) > kStill;
      if (!this.isOn || hasMoved) return;
      this.#act(...pointIn(root, event), event.shiftKey);
    }, { signal });
    root.addEventListener('keydown', (event) => this.#key(event), { signal });
    root.addEventListener('blur', () => {
      if (!this.cross) return;
      this.cross = null;
      options.redraw();
    }, { signal });
  }

  /**
   * @param {string} value of the knob of the data @param {number} classes
   * @param {import('../../plots/plots.js').Examples} points as the lab has them
   */
  update(value, classes, { x, y, target }) {
    this.#classes = Math.max(2, classes);
    this.label = Math.min(this.label, this.offered - 1);
    this.#setOn(isDrawn(value));
    if (!this.isOn) return;
    this.#examples = readExamples(value) ?? Array.from(target, (label, i) => ({ x: x[i], y: y[i], label }));
  }

  /** The classes there are, and one more. */
  get offered() {
    return Math.min(kMostClasses, this.#classes + 1);
  }

  /** One example of each class is left, since a network needs something to learn. */
  clear() {
    const first = [...new Set(this.#examples.map(({ label }) => label))].map((label) =>
      /** @type {Example} */ (this.#examples.find((example) => example.label === label)));
    this.#options.setData(writeExamples(first));
  }

  destroy() {
    this.#abort.abort();
  }

  /** @param {boolean} on */
  #setOn(on) {
    if (on === this.isOn) return;
    this.isOn = on;
    this.cross = null;
    const { root, canvas } = this.#surface;
    root.classList.toggle('is-operable', on);
    root.classList.toggle('is-drawing', on);
    if (on) {
      root.tabIndex = 0;
      root.setAttribute('role', 'group');
      root.setAttribute('aria-label', 'Plane of the examples: the arrow keys move a cross, Enter places an example ' +
        'there, with shift of the next class, Delete removes the nearest');
    } else {
      for (const name of ['tabindex', 'role', 'aria-label']) root.removeAttribute(name);
    }
    canvas.style.cursor = on ? 'crosshair' : '';
  }

  /** @type {(px: number, py: number, isOther: boolean) => void} */
  #act(px, py, isOther) {
    const [x, y] = this.#surface.toData(px, py);
    const under = this.#surface.exampleAt(px, py);
    if (under < 0) this.#place(x, y, isOther);
    else this.#remove(x, y);
  }

  /** @type {(x: number, y: number, isOther: boolean) => void} */
  #place(x, y, isOther) {
    const label = isOther ? (this.label + 1) % this.#classes : this.label;
    this.#options.setData(writeExamples([...this.#examples, { x, y, label }]));
  }

  /** @type {(x: number, y: number) => void} */
  #remove(x, y) {
    const at = nearestExample(this.#examples, { x, y, label: 0 });
    if (at >= 0) this.#options.setData(writeExamples(this.#examples.filter((_, i) => i !== at)));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.isOn || event.ctrlKey || event.metaKey || event.altKey) return;
    const { x0, x1, y0, y1 } = this.#surface.span;
    const middle = { x: (x0 + x1) / 2, y: (y0 + y1) / 2, label: this.label };
    const { x, y } = this.cross ?? middle;
    const way = kArrows[event.key];
    if (way) {
      const stride = ((x1 - x0) / kSteps) * (event.shiftKey ? 5 : 1);
      const within = (/** @type {number} */ v, /** @type {number} */ a, /** @type {number} */ b) => Math.min(b, Math.max(a, v));
      this.cross = { x: within(x + way[0] * stride, x0, x1), y: within(y + way[1] * stride, y0, y1), label: this.label };
    } else if (event.key === 'Enter') {
      this.cross = { x, y, label: this.label };
      this.#place(x, y, event.shiftKey);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.#remove(x, y);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#options.redraw();
  }
}
