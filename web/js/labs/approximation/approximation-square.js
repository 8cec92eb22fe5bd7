import { DecisionSurface } from '../../plots/decision-surface.js';
import { h, setText } from '../../widgets/dom.js';
import { knobValue } from '../../panels/network-data.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../plots/plots.js').Window2} Window2 */

const kSquare = { x0: 0, x1: 1, y0: 0, y1: 1 };
const kGrid = 56;
/** Of the channel `surface`. */
const which = { target: 0, hats: 1, networks: 2 };
const none = { key: '', rows: new Float64Array(), isRegression: true, scale: 1 };

/** A target on the square, beside the hats, the network that is selected, and how far that is off. */
export class ApproximationSquare {
  #session;
  #reader;
  #box = h('div', { class: 'approximation-squares' });
  /** @type {Record<'target' | 'hats' | 'network' | 'difference', { surface: DecisionSurface, figure: HTMLElement, caption: HTMLElement }>} */
  #views;

  /**
   * @param {HTMLElement} container
   * @param {import('../../types.js').Session} session
   * @param {import('../../panels/channels.js').ChannelReader} reader
   */
  constructor(container, session, reader) {
    this.#session = session;
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

  /** @param {number} index @param {Window2} w @param {number} nx @param {number} ny */
  #read(index, { x0, x1, y0, y1 }, nx, ny) {
    return this.#session.read(`surface(${[index, x0, x1, y0, y1, nx, ny].join(',')})`).data;
  }

  /** @param {Frame} frame */
  update({ state, description, view, revision }) {
    const [, n, low, high] = this.#reader.read('domain').data;
    const subject = view.selected;
    const network = which.networks + subject;
    const scale = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const error = this.#session.read(`error/${subject}`).data[state.step];
    const { target, hats, network: learnt, difference } = this.#views;
    hats.figure.hidden = knobValue(description, 'hats') !== 'on';
    const label = description.subjects[subject]?.label ?? '';
    setText(hats.caption, `Hats, ${(n + 1) ** 2} of them`);
    setText(learnt.caption, `Network of ${n} units, ${label}`);
    setText(difference.caption, 'Network − target');
    const show = (/** @type {DecisionSurface} */ surface, /** @type {string} */ name, /** @type {string} */ key, /** @type {number} */ full,
      /** @type {(w: Window2, nx: number, ny: number) => Float64Array} */ read) =>
      surface.update({
        name, window: kSquare, fieldKey: `${revision}/${key}`, kind: 'field', scale: full, points: none, cross: null, isQuick: false,
        field: (w, nx, ny) => {
          const shrink = Math.min(1, kGrid / Math.max(nx, ny));
          const [mx, my] = [nx, ny].map((size) => Math.max(2, Math.round(size * shrink)));
          return { values: read(w, mx, my), nx: mx, ny: my };
        },
      });
    show(target.surface, 'Target', 'target', scale, (w, nx, ny) => this.#read(which.target, w, nx, ny));
    if (!hats.figure.hidden) show(hats.surface, 'Sum of the hats', 'hats', scale, (w, nx, ny) => this.#read(which.hats, w, nx, ny));
    const now = `${state.step}/${subject}`;
    show(learnt.surface, `Network trained by ${label}`, now, scale, (w, nx, ny) => this.#read(network, w, nx, ny));
    show(difference.surface, 'Network minus target', `${now}/difference`, Math.min(scale, error || scale), (w, nx, ny) => {
      const f = this.#read(which.target, w, nx, ny);
      return this.#read(network, w, nx, ny).map((value, i) => value - f[i]);
    });
  }

  refreshTheme() {
    for (const { surface } of Object.values(this.#views)) surface.refreshTheme();
  }

  destroy() {
    for (const { surface } of Object.values(this.#views)) surface.destroy();
    this.#box.remove();
  }
}
