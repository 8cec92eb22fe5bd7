import { DecisionSurface } from '../../plots/decision-surface.js';
import { h, setText } from '../../widgets/dom.js';
import { knobValue } from '../../panels/network-data.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../plots/plots.js').Window2} Window2 */

const kSquare = { x0: 0, x1: 1, y0: 0, y1: 1 };
const kGrid = 56;

/** A target on the square, beside the hats, the network that is selected, and how far that is off. */
export class ApproximationSquare {
  #reader;
  #box = h('div', { class: 'approximation-squares' });
  /** @type {Record<'target' | 'hats' | 'network' | 'difference', { surface: DecisionSurface, figure: HTMLElement, caption: HTMLElement }>} */
  #views;

  /**
   * @param {HTMLElement} container
   * @param {import('../../panels/channels.js').ChannelReader} reader
   */
  constructor(container, reader) {
    this.#reader = reader;
    container.append(this.#box);
    const view = (/** @type {string} */ label) => {
      const place = h('div', { class: 'approximation-square' });
      const caption = h('figcaption', {}, label);
      const figure = h('figure', { class: 'approximation-figure' }, caption, place);
      this.#box.append(figure);
      return { surface: new DecisionSurface(place, label), figure, caption };
    };
    this.#views = { target: view('Target'), hats: view('Hats'), network: view('Network'), difference: view('Network − target') };
  }

  /** @param {Frame} frame */
  update({ state, description, view, revision }) {
    const reader = this.#reader;
    const { pieces, low, high } = reader.row('domain');
    const subject = view.selected;
    const scale = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const error = reader.read(`error/${subject}`).data[state.step];
    const { target, hats, network: learnt, difference } = this.#views;
    hats.figure.hidden = knobValue(description, 'hats') !== 'on';
    const label = description.subjects[subject]?.label ?? '';
    setText(hats.caption, `Hats, ${(pieces + 1) ** 2} of them`);
    setText(learnt.caption, `Network of ${pieces} units, ${label}`);
    setText(difference.caption, 'Network − target');
    const show = (/** @type {DecisionSurface} */ surface, /** @type {string} */ name, /** @type {string} */ key, /** @type {number} */ full,
      /** @type {string} */ channel) =>
      surface.update({
        name, window: kSquare, fieldKey: `${revision}/${key}`, scale: full, points: null, cross: null, isQuick: false,
        field: (w, nx, ny) => {
          const shrink = Math.min(1, kGrid / Math.max(nx, ny));
          const [mx, my] = [nx, ny].map((size) => Math.max(2, Math.round(size * shrink)));
          return { values: reader.read(channel, { runner: subject, ...w, nx: mx, ny: my }).data, nx: mx, ny: my };
        },
      });
    show(target.surface, 'Target', 'target', scale, 'targetField');
    if (!hats.figure.hidden) show(hats.surface, 'Sum of the hats', 'hats', scale, 'hatsField');
    const now = `${state.step}/${subject}`;
    show(learnt.surface, `Network trained by ${label}`, now, scale, 'networkField');
    show(difference.surface, 'Network minus target', `${now}/difference`, Math.min(scale, error || scale), 'errorField');
  }

  refreshTheme() {
    for (const { surface } of Object.values(this.#views)) surface.refreshTheme();
  }

  destroy() {
    for (const { surface } of Object.values(this.#views)) surface.destroy();
    this.#box.remove();
  }
}
