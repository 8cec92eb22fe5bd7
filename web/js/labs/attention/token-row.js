import { AttentionArcs } from './attention-arcs.js';
import { pointIn } from '../../plots/pointer.js';
import { readTheme } from '../../plots/theme.js';
import { shareText, weightColours } from './weight-colours.js';
import { h, onResize, setAttribute, setText } from '../../widgets/dom.js';

const kStrong = 0.1;
const kLeastWide = 560; // px; below, tokens flow as text and are tinted

/**
 * The sentence, a button a token: the one pressed is the query, its weights stand under the others,
 * arcs above them. Where they do not fit in a line they are tinted instead.
 */
export class TokenRow {
  element = h('div', { class: 'tokens' });
  #arcBox = h('div', { class: 'token-arcs' });
  #line = h('div', { class: 'token-line', role: 'group', 'aria-label': 'Tokens: choose the query' });
  #arcs;
  /** @type {{ button: HTMLButtonElement, word: HTMLElement, share: HTMLElement }[]} */
  #tokens = [];
  /** @type {{ words: string[], weights: Float64Array, query: number, isMasked: (j: number) => boolean } | null} */
  #shown = null;
  #isFlow = false;
  #unwatch;
  #onQuery;

  /** @param {{ onQuery: (i: number) => void }} hand */
  constructor({ onQuery }) {
    this.#onQuery = onQuery;
    this.element.append(this.#arcBox, this.#line);
    this.#arcs = new AttentionArcs(this.#arcBox);
    this.#unwatch = onResize([this.element], () => this.#draw(true));
  }

  /** @param {{ words: string[], weights: Float64Array, query: number, isMasked: (j: number) => boolean }} shown */
  update(shown) {
    const isNew = !this.#shown || this.#shown.words.join(' ') !== shown.words.join(' ');
    this.#shown = shown;
    if (isNew) this.#lay(shown.words);
    this.#draw(isNew);
  }

  /** @param {string[]} words */
  #lay(words) {
    this.#tokens = words.map((text, i) => {
      const word = h('span', { class: 'token-word' }, text);
      const share = h('span', { class: 'token-share' });
      const button = h('button', { type: 'button', class: 'token', onclick: () => this.#onQuery(i) }, word, share);
      return { button, word, share };
    });
    this.#line.replaceChildren(...this.#tokens.map(({ button }) => button));
  }

  /** @param {boolean} isResized */
  #draw(isResized) {
    if (!this.#shown || this.element.clientWidth === 0) return;
    const { words, weights, query, isMasked } = this.#shown;
    this.#tokens.forEach(({ button, share }, i) => {
      setAttribute(button, 'aria-pressed', i === query);
      button.classList.toggle('is-query', i === query);
      button.classList.toggle('is-masked', isMasked(i));
      share.classList.toggle('is-strong', weights[i] >= kStrong);
      setText(share, isMasked(i) ? '' : shareText(weights[i]));
    });
    if (isResized) this.#fit();
    const colours = this.#isFlow ? weightColours(readTheme(this.element)) : null;
    this.#tokens.forEach(({ button }, i) => {
      const isTinted = colours !== null && !isMasked(i);
      button.style.setProperty('--tint', isTinted ? colours.fill(weights[i]) : '');
      button.style.setProperty('--ink', isTinted ? colours.ink(weights[i]) : '');
    });
    if (this.#isFlow) return;
    const at = this.#tokens.map(({ button }) => {
      const { left, width, top } = button.getBoundingClientRect();
      return pointIn(this.#arcBox, { clientX: left + width / 2, clientY: top })[0];
    });
    this.#arcs.update({ words, at, weights, query });
  }

  /** In one line, smaller where that helps, or else as flowing text. */
  #fit() {
    const sizes = ['', 'is-small', 'is-tiny', 'is-flow'];
    const from = this.element.clientWidth < kLeastWide ? 3 : 0;
    for (const size of sizes.slice(from)) {
      for (const other of sizes) if (other) this.element.classList.toggle(other, other === size);
      this.#isFlow = size === 'is-flow';
      if (this.#line.scrollWidth <= this.#line.clientWidth) break;
    }
  }

  refreshTheme() {
    this.#arcs.refreshTheme();
    this.#draw(false);
  }

  destroy() {
    this.#unwatch();
    this.#arcs.destroy();
    this.element.remove();
  }
}
