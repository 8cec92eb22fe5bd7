import { fill, h } from '../ui/dom.js';
import { icon } from '../ui/icons.js';

/** @typedef {{ name: string, label: string, curves: Map<string, { x: Float64Array, y: Float64Array }> }} Pin name: a letter */

/** Pins outlast the lab that made them: a preset opens another. @type {WeakMap<HTMLElement, { pins: Pin[], count: number }>} */
const kept = new WeakMap();

/** A, B, … Z, AA, AB, … @param {number} n from 0 on @returns {string} */
const letters = (n) =>
  (n >= 26 ? letters(Math.floor(n / 26) - 1) : '') + String.fromCharCode(65 + (n % 26));

/** Curves that are kept to be compared with later ones, until the page is closed. */
export class PinnedRuns {
  #list = h('ul', { class: 'pins', 'aria-label': 'Pinned runs' });
  #button;
  #kept;
  #onChange;

  /**
   * @param {HTMLElement} curves whose pins these are; they are listed below it
   * @param {HTMLElement} head where the button stands, before the last tool
   * @param {{ read: () => Omit<Pin, 'name'>[], onChange: () => void }} options
   */
  constructor(curves, head, { read, onChange }) {
    this.#kept = kept.get(curves) ?? { pins: [], count: 0 };
    kept.set(curves, this.#kept);
    this.#onChange = onChange;
    this.#button = h(
      'button',
      {
        type: 'button',
        class: 'text-button pin-button',
        title: 'Keep these curves, to compare later runs with them',
        onclick: () => this.#add(read()),
      },
      icon('plus'),
      'Pin',
    );
    head.insertBefore(this.#button, head.lastElementChild);
    curves.after(this.#list);
    this.#write();
  }

  get pins() {
    return this.#kept.pins;
  }

  /** @param {Omit<Pin, 'name'>[]} runs */
  #add(runs) {
    for (const run of runs) {
      this.#kept.pins.push({ ...run, name: letters(this.#kept.count) });
      this.#kept.count += 1;
    }
    this.#write();
    this.#onChange();
  }

  /** @param {Pin} pin */
  #remove(pin) {
    const { pins } = this.#kept;
    const at = pins.indexOf(pin);
    pins.splice(at, 1);
    if (pins.length === 0) this.#kept.count = 0;
    this.#write();
    const buttons = this.#list.querySelectorAll('button');
    (buttons[Math.min(at, buttons.length - 1)] ?? this.#button).focus();
    this.#onChange();
  }

  #write() {
    this.#list.hidden = this.pins.length === 0;
    fill(
      this.#list,
      this.pins.map((pin) =>
        h(
          'li',
          { class: 'pin', title: pin.label },
          h('b', {}, pin.name),
          h('span', { class: 'pin-label' }, pin.label),
          h(
            'button',
            { type: 'button', class: 'pin-remove', 'aria-label': `Remove pinned run ${pin.name}`, onclick: () => this.#remove(pin) },
            icon('close'),
          ),
        ),
      ),
    );
  }

  destroy() {
    this.#button.remove();
    this.#list.remove();
  }
}
