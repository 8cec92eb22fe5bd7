import { h, setText, uniqueId } from '../../widgets/dom.js';
import { editsOf, entryName, textsOf, writeEdits } from './attention-data.js';
import { MatrixEditor } from './matrix-editor.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */

/** @type {{ id: string, channel: string, text: string }[]} */
const kParts = [
  { id: 'Wq', channel: 'Wq', text: 'W_Q' },
  { id: 'Wk', channel: 'Wk', text: 'W_K' },
  { id: 'Wv', channel: 'Wv', text: 'W_V' },
  { id: 'Wo', channel: 'Wo', text: 'W_O' },
  { id: 'Q', channel: 'queries', text: 'Q' },
  { id: 'K', channel: 'keys', text: 'K' },
  { id: 'V', channel: 'values', text: 'V' },
];

/** Queries, keys, values and the projections of the head shown, one at a time, each to be changed. */
export class AttentionMatrices {
  #part = 'Wq';
  #reader;
  #setKnob;
  #editor;
  #undo = h('button', { type: 'button', class: 'text-button', hidden: true, onclick: () => this.#setKnob('edits', '') }, 'Undo all');
  #inputs;
  #box;
  /** @type {Frame | null} */
  #frame = null;

  /**
   * @param {HTMLElement} container
   * @param {{ reader: import('../../panels/channels.js').ChannelReader, setKnob: (knob: string, value: string) => string }} options
   */
  constructor(container, { reader, setKnob }) {
    this.#reader = reader;
    this.#setKnob = setKnob;
    this.#editor = new MatrixEditor({ onSet: (entry, value) => this.#set(entry, value) });
    const name = uniqueId('part');
    this.#inputs = kParts.map(({ id }) => {
      const input = h('input', { type: 'radio', name, value: id, class: 'segment-input', checked: id === this.#part });
      input.addEventListener('change', () => this.#choose(id));
      return input;
    });
    const segments = this.#inputs.map((input, k) => {
      const [letter, below] = kParts[k].text.split('_');
      return h('label', { class: 'segment' }, input, h('span', { class: 'symbol' }, letter, below ? h('sub', {}, below) : null));
    });
    this.#box = h(
      'div',
      { class: 'attention-matrices' },
      h('div', { class: 'matrix-head' }, h('div', { class: 'segments', role: 'radiogroup', 'aria-label': 'Matrix' }, segments), this.#undo),
      this.#editor.element,
    );
    container.append(this.#box);
  }

  /** @param {string} part */
  #choose(part) {
    this.#part = part;
    if (this.#frame) this.update(this.#frame);
  }

  /** @param {string} entry @param {string} value */
  #set(entry, value) {
    const edits = editsOf(this.#reader);
    if (value === '' && !edits.has(entry)) return '';
    edits.delete(entry);
    if (value !== '') edits.set(entry, value);
    return this.#setKnob('edits', writeEdits(edits));
  }

  /** @param {Frame} frame */
  update(frame) {
    this.#frame = frame;
    const part = kParts.find(({ id }) => id === this.#part) ?? kParts[0];
    const { shape, data } = this.#reader.read(part.channel);
    const edits = editsOf(this.#reader);
    const { head, row: first } = this.#reader.row('shown');
    const isOfTokens = ['Q', 'K', 'V'].includes(part.id);
    const count = (/** @type {number} */ n, /** @type {number} */ from = 0) => Array.from({ length: n }, (_, k) => String(from + k + 1));
    // Q, K and V are shown with a token a row and are, in the core, with a token a column.
    const place = (/** @type {number} */ i, /** @type {number} */ j) =>
      isOfTokens ? [first + j, i] : part.id === 'Wo' ? [i, first + j] : [first + i, j];
    const entry = (/** @type {number} */ i, /** @type {number} */ j) => {
      const [row, column] = place(i, j);
      return entryName(part.id, row, column);
    };
    const isHeadDown = !isOfTokens && part.id !== 'Wo';
    this.#editor.update({
      name: `${part.text.replace('_', ' ')} of head ${head + 1}`,
      rows: isOfTokens ? textsOf(this.#reader, 'words') : count(shape[0], isHeadDown ? first : 0),
      columns: count(shape[1], isHeadDown ? 0 : first),
      values: data,
      entry,
      isEdited: (i, j) => edits.has(entry(i, j)),
    });
    this.#undo.hidden = edits.size === 0;
    setText(this.#undo, edits.size > 1 ? `Undo all ${edits.size}` : 'Undo it');
  }

  refreshTheme() {}

  destroy() {
    this.#editor.destroy();
    this.#box.remove();
  }
}
