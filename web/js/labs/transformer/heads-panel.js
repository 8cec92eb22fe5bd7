import { HeadGrid } from './head-grid.js';
import { HeadMap } from './head-map.js';
import { h, setText } from '../../widgets/dom.js';
import { Throttle } from '../../plots/throttle.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('./head-grid.js').Head} Head */
/** @typedef {import('./head-map.js').Cell} Cell */

const kSampled = 180; // characters
const kSamplePause = 400; // milliseconds from one sample to the next
/** Characters that would not be seen. @type {Record<string, string>} */
const kVisible = { ' ': '␣', '\n': '⏎', '\t': '⇥', '\r': '␍' };

/** Every head of the selected transformer on one sequence, one of them large. */
export class HeadsPanel {
  #reader;
  #box = h('div', { class: 'heads' });
  #gridBox = h('div', { class: 'heads-grid' });
  #grid;
  #map;
  #readout = h('p', { class: 'heads-readout' });
  #sample = h('p', { class: 'heads-sample', hidden: true });
  #place = h('span', { class: 'heads-place' });
  /** @type {Frame | null} */
  #frame = null;
  /** Which head is large; the strongest induction head until one is chosen. @type {Head | null} */
  #chosen = null;
  /** @type {Cell | null} */
  #cell = null;
  #sequence = 0;
  #turn = 0;
  /** What the sample is of. */
  #written = '';
  #pace = new Throttle(0, () => this.#redraw());
  #samplePace = new Throttle(kSamplePause, () => this.#redraw());

  /**
   * @param {HTMLElement} plot
   * @param {{ reader: import('../../panels/channels.js').ChannelReader, setKnob: (knob: string, value: string) => void }} options
   */
  constructor(plot, { reader, setKnob }) {
    this.#reader = reader;
    const mapBox = h('div', { class: 'heads-map' });
    const step = (/** @type {number} */ by, /** @type {string} */ text, /** @type {string} */ label) =>
      h('button', { type: 'button', class: 'text-button', 'aria-label': label, title: label, onclick: () => this.#go(by) }, text);
    const file = h('input', { type: 'file', hidden: true, accept: '.json,application/json' });
    file.addEventListener('change', async () => {
      const text = await file.files?.[0]?.text();
      file.value = '';
      if (text !== undefined) setKnob('weights', text);
    });
    const tools = h(
      'div',
      { class: 'heads-tools' },
      step(-1, '‹', 'Previous sequence'),
      this.#place,
      step(1, '›', 'Next sequence'),
      h(
        'button',
        {
          type: 'button',
          class: 'text-button heads-file',
          title: 'Begin with weights that were exported as JSON',
          onclick: () => file.click(),
        },
        'Load weights',
      ),
      file,
    );
    this.#box.append(this.#gridBox, mapBox, this.#readout, tools, this.#sample);
    plot.append(this.#box);
    this.#grid = new HeadGrid(this.#gridBox, {
      onChoose: (head) => {
        this.#chosen = head;
        this.#redraw();
      },
    });
    this.#map = new HeadMap(mapBox, {
      onCell: (cell, isKey) => {
        if (isKey) this.#readout.setAttribute('aria-live', 'polite');
        else this.#readout.removeAttribute('aria-live');
        if (cell?.query === this.#cell?.query && cell?.key === this.#cell?.key) return;
        this.#cell = cell;
        this.#redraw();
      },
    });
  }

  /** @param {Frame} frame */
  update(frame) {
    this.#frame = frame;
    const { state, view, revision } = frame;
    const key = [revision, view.selected, this.#turn].join();
    this.#pace.do(state.step, key, () => this.#draw(frame));
    this.#samplePace.do(state.step, [revision, view.selected].join(), () => this.#write(frame));
  }

  #redraw() {
    this.#turn += 1;
    if (this.#frame) this.update(this.#frame);
  }

  /** @param {number} by */
  #go(by) {
    const { sequences } = this.#reader.row('shape');
    this.#sequence = (this.#sequence + by + sequences) % sequences;
    this.#redraw();
  }

  /** @param {Frame} frame */
  #draw({ description, view }) {
    const reader = this.#reader;
    const runner = Math.min(view.selected, description.subjects.length - 1);
    const { blocks, heads, length: size, sequences } = reader.row('shape');
    this.#sequence = Math.min(this.#sequence, sequences - 1);
    const sequence = this.#sequence;
    const names = charactersOf(reader.columns('alphabet')).map((name) => kVisible[name] ?? name);
    const tokens = Array.from(reader.columns('tokens', { sequence }).token, (id) => names[id]);
    const weights = reader.read('maps', { runner, sequence }).data;
    const scores = reader.columns('heads', { runner });
    const chosen = this.#shown(blocks, heads, scores.induction);
    const data = { blocks, heads, size, weights, scores, chosen };
    const at = (chosen.block * heads + chosen.head) * size * size;
    const one = weights.subarray(at, at + size * size);
    if (this.#cell && this.#cell.query >= size) this.#cell = null;
    const height = `${HeadGrid.heightFor(this.#gridBox.clientWidth, data)}px`;
    if (this.#gridBox.style.height !== height) this.#gridBox.style.height = height;
    this.#grid.update(data);
    const { target, told, targetProbability, counts } = reader.columns('predictions', { runner, sequence });
    const next = tokens.map((_, i) => ({
      target: names[target[i]], told: names[told[i]], p: targetProbability[i], counts: counts[i] > 0,
    }));
    this.#map.update({ name: `Block ${chosen.block + 1}, head ${chosen.head + 1}`, tokens, weights: one, next, cell: this.#cell });
    setText(this.#place, `Sequence ${this.#sequence + 1} of ${sequences}`);
    setText(this.#readout, this.#cell ? readOut(this.#cell, tokens, one, size) : restText(chosen));
  }

  /** @param {number} blocks @param {number} heads @param {Float64Array} induction of every head @returns {Head} */
  #shown(blocks, heads, induction) {
    const chosen = this.#chosen;
    if (chosen && chosen.block < blocks && chosen.head < heads) return chosen;
    let best = 0;
    for (let at = 1; at < blocks * heads; at++) if (induction[at] > induction[best]) best = at;
    return { block: Math.floor(best / heads), head: best % heads };
  }

  /** What a transformer of a text writes by itself. @param {Frame} frame */
  #write({ state, description, view, revision }) {
    const isText = this.#reader.has('sample');
    this.#sample.hidden = !isText;
    const key = [revision, view.selected, state.step].join();
    if (!isText || key === this.#written) return;
    this.#written = key;
    const runner = Math.min(view.selected, description.subjects.length - 1);
    setText(this.#sample, charactersOf(this.#reader.columns('sample', { runner, characters: kSampled })).join(''));
  }

  refreshTheme() {
    this.#grid.refreshTheme();
    this.#map.refreshTheme();
  }

  destroy() {
    this.#pace.stop();
    this.#samplePace.stop();
    this.#grid.destroy();
    this.#map.destroy();
    this.#box.remove();
  }
}

/** @param {Record<string, Float64Array>} columns */
const charactersOf = ({ codePoint }) => Array.from(codePoint, (code) => String.fromCodePoint(code));

/** @type {(cell: Cell, tokens: string[], weights: Float64Array, size: number) => string} */
const readOut = ({ query, key }, tokens, weights, size) =>
  `From ${tokens[query]} at ${query} to ${tokens[key]} at ${key}: ${weights[query * size + key].toFixed(3)}`;

/** @param {Head} head */
const restText = ({ block, head }) => `Block ${block + 1}, head ${head + 1}: rows look at columns. Under a map stands the mean weight where it looks most, and how many times uniform that is.`;
