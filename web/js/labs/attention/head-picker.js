import { SmallMap } from './small-map.js';
import { fill, h, setAttribute, setText, uniqueId } from '../../widgets/dom.js';

/** A small map for each head; the one pressed is shown large. */
export class HeadPicker {
  #id = uniqueId('heads');
  #list = h('div', { class: 'small-heads' });
  element = h(
    'div',
    { class: 'head-picker', role: 'group', 'aria-labelledby': this.#id },
    h('h4', { class: 'attention-title', id: this.#id }, 'Head'),
    this.#list,
  );
  /** @type {{ button: HTMLButtonElement, name: HTMLElement, map: SmallMap }[]} */
  #heads = [];
  #onHead;

  /** @param {{ onHead: (head: number) => void }} hand */
  constructor({ onHead }) {
    this.#onHead = onHead;
  }

  /**
   * @param {string[]} words
   * @param {Float64Array} weights of all heads, one after another
   * @param {string[]} names
   * @param {number} shown from 0
   */
  update(words, weights, names, shown) {
    const size = words.length ** 2;
    if (names.length !== this.#heads.length) this.#lay(names.length);
    this.#heads.forEach(({ button, name, map }, k) => {
      setAttribute(button, 'aria-pressed', k === shown);
      setText(name, names[k]);
      map.update(`Weights of head ${k + 1}, ${names[k]}`, words, weights.subarray(k * size, (k + 1) * size));
    });
  }

  /** @param {number} count */
  #lay(count) {
    this.#clear();
    this.#heads = Array.from({ length: count }, (_, k) => {
      const box = h('span', { class: 'small-map' });
      const name = h('span', {});
      const id = uniqueId('head');
      const button = h(
        'button',
        { type: 'button', class: 'small-head', 'aria-labelledby': id, onclick: () => this.#onHead(k) },
        box,
        h('span', { class: 'small-name', id }, h('b', {}, String(k + 1)), ' ', name),
      );
      return { button, name, map: new SmallMap(box, `Weights of head ${k + 1}`) };
    });
    fill(this.#list, this.#heads.map(({ button }) => button));
  }

  #clear() {
    for (const { map } of this.#heads) map.destroy();
    this.#heads = [];
  }

  refreshTheme() {
    for (const { map } of this.#heads) map.refreshTheme();
  }

  destroy() {
    this.#clear();
    this.element.remove();
  }
}
