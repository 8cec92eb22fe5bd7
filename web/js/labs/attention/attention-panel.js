import { AttentionMap } from './attention-map.js';
import { ValueSum } from './value-sum.js';
import { h, setText, uniqueId } from '../../widgets/dom.js';
import { isEditing, textInput } from '../../widgets/field.js';
import { maskOf, textsOf } from './attention-data.js';
import { HeadPicker } from './head-picker.js';
import { knobValue } from '../../panels/network-data.js';
import { TokenRow } from './token-row.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */

/** The sentence with what flows to the query, the weights of the head shown, and what comes of them. */
export class AttentionPanel {
  #reader;
  #setKnob;
  #input;
  #tokens;
  #map;
  #heads;
  #sum;
  #sumTitle = h('h4', { class: 'attention-title' });
  #box = h('div', { class: 'attention' });
  #revision = -1;

  /**
   * @param {HTMLElement} plot
   * @param {{ reader: import('../../panels/channels.js').ChannelReader,
   *   setKnob: (knob: string, value: string) => string, seek: (t: number) => void }} options
   */
  constructor(plot, { reader, setKnob, seek }) {
    this.#reader = reader;
    this.#setKnob = setKnob;
    this.#input = this.#makeInput();
    const onQuery = (/** @type {number} */ i) => seek(i);
    this.#tokens = new TokenRow({ onQuery });
    const mapBox = h('div', { class: 'attention-map' });
    const sumBox = h('div', { class: 'attention-sum' });
    this.#heads = new HeadPicker({ onHead: (k) => setKnob('head', String(k + 1)) });
    this.#box.append(
      h('label', { class: 'sentence' }, h('span', { class: 'sentence-label' }, 'Sentence'), this.#input),
      this.#tokens.element,
      h('div', { class: 'attention-left' }, this.#makeChoice(), mapBox),
      h('div', { class: 'attention-side' }, this.#heads.element, this.#sumTitle, sumBox),
    );
    plot.append(this.#box);
    this.#map = new AttentionMap(mapBox, 'Weights', { onQuery });
    this.#sum = new ValueSum(sumBox);
  }

  #makeInput() {
    const input = textInput({
      className: 'sentence-input',
      commit: (text) => {
        const isTaken = this.#setKnob('tokens', text) === '';
        if (isTaken) input.removeAttribute('aria-invalid');
        else input.setAttribute('aria-invalid', 'true');
        return isTaken;
      },
      restore: () => {
        input.removeAttribute('aria-invalid');
        input.value = this.#typed;
      },
    });
    return input;
  }

  /** What the large map shows: the scores, or the weights that softmax makes of them. */
  #makeChoice() {
    const name = uniqueId('shown');
    const choices = ['weights', 'scores'].map((id) => {
      const input = h('input', { type: 'radio', name, value: id, class: 'segment-input', checked: id === 'weights' });
      input.addEventListener('change', () => {
        this.#isScores = id === 'scores';
        if (this.#frame) this.update(this.#frame);
      });
      return h('label', { class: 'segment' }, input, h('span', {}, id));
    });
    return h('div', { class: 'segments', role: 'radiogroup', 'aria-label': 'The map shows' }, choices);
  }

  #typed = '';
  #isScores = false;
  /** @type {Frame | null} */
  #frame = null;

  /** @param {Frame} frame */
  update(frame) {
    this.#frame = frame;
    const { state, description, revision } = frame;
    const words = textsOf(this.#reader, 'words');
    const n = words.length;
    const { head } = this.#reader.row('shown');
    const query = Math.min(state.step, n - 1);
    const isMasked = maskOf(this.#reader);
    this.#typed = knobValue(description, 'tokens');
    if (!isEditing(this.#input) && !this.#input.hasAttribute('aria-invalid') && this.#input.value !== this.#typed) {
      this.#input.value = this.#typed;
    }
    const weights = this.#reader.read('weights').data;
    const values = this.#reader.read('values');
    const sums = this.#reader.read('sums').data;
    const d = values.shape[1];
    const row = weights.subarray(query * n, (query + 1) * n);
    this.#tokens.update({ words, weights: row, query, isMasked: (j) => isMasked(query, j) });
    this.#map.update({
      name: this.#isScores ? `Scores of head ${head + 1}, before the softmax` : `Weights of head ${head + 1}`,
      words,
      values: this.#isScores ? this.#reader.read('scores').data : weights,
      isMasked,
      query,
      isScores: this.#isScores,
    });
    if (revision !== this.#revision) {
      this.#revision = revision;
      const all = this.#reader.read('heads');
      this.#heads.element.hidden = all.shape[0] < 2;
      this.#heads.update(words, all.data, textsOf(this.#reader, 'roles'), head);
    }
    setText(this.#sumTitle, `What “${words[query]}” gets: values by weight`);
    this.#sum.update({
      name: `Output of head ${head + 1} for the query ${words[query]}`,
      words, weights: row, values: values.data, sum: sums.subarray(query * d, (query + 1) * d),
    });
  }

  refreshTheme() {
    for (const part of [this.#tokens, this.#map, this.#heads, this.#sum]) part.refreshTheme();
  }

  destroy() {
    for (const part of [this.#tokens, this.#map, this.#heads, this.#sum]) part.destroy();
    this.#box.remove();
  }
}
