import { ContourMap } from '../../plots/contour-map.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../types.js').Channel} Channel */

/** Rows of pairs. @param {Float64Array} data @returns {[number, number][]} */
function pairs(data) {
  return Array.from({ length: Math.floor(data.length / 2) }, (_, k) => [
    data[2 * k],
    data[2 * k + 1],
  ]);
}

/** A landscape with the paths of the subjects on it. */
export class MapPanel {
  #plot;
  #reader;
  #session;

  /**
   * @param {HTMLElement} container
   * @param {{ reader: import('../../panels/channels.js').ChannelReader, session: import('../../types.js').Session,
   *   onStart: (x: number, y: number) => void }} options
   */
  constructor(container, { reader, session, onStart }) {
    this.#reader = reader;
    this.#session = session;
    this.#plot = new ContourMap(container, { label: 'Map of the landscape', onStart });
  }

  /** @param {Frame} frame */
  update({ state, description, view }) {
    const shown = (/** @type {string} */ kind) =>
      description.channels.filter(
        (channel) =>
          channel.kind === kind && channel.subject >= 0 && !view.hidden.has(channel.subject),
      );
    const arrows = view.arrows
      ? shown('arrow').filter(({ subject }) => subject === view.selected)
      : [];
    const [x0, x1, y0, y1] = this.#read('window');
    const ground = description.knobs
      .filter(({ kind }) => kind === 'landscape')
      .map(({ value }) => value);
    const start = this.#read('start');
    this.#plot.update({
      groundKey: [...ground, x0, x1, y0, y1].join(' '),
      window: { x0, x1, y0, y1 },
      field: (w, nx, ny) =>
        this.#session.read(`field(${[w.x0, w.x1, w.y0, w.y1, nx, ny].join(',')})`).data,
      minima: pairs(this.#read('minima')),
      start: start.length >= 2 ? [start[0], start[1]] : null,
      step: state.step,
      paths: shown('path').map((channel) => ({
        ...this.#who(channel, description),
        points: this.#read(channel.name),
      })),
      arrows: arrows.flatMap((channel) => {
        const [x, y, u, v] = this.#read(channel.name);
        if (![x, y, u, v].every(Number.isFinite)) return [];
        const kind = channel.quantity.startsWith('gradient') ? 'gradient' : 'probe';
        return [
          {
            ...this.#who(channel, description),
            label: channel.label,
            kind,
            from: [x, y],
            vector: [u, v],
          },
        ];
      }),
      points: shown('points').map((channel) => ({
        ...this.#who(channel, description),
        label: channel.label,
        points: this.#read(channel.name),
      })),
      ellipses: shown('ellipse').flatMap((channel) => {
        const [x, y, a, b, d, level] = this.#read(channel.name);
        if (!Number.isFinite(level)) return [];
        return [{ ...this.#who(channel, description), centre: [x, y], hessian: [a, b, d], level }];
      }),
    });
  }

  /** @param {string} name */
  #read(name) {
    return this.#reader.read(name).data;
  }

  /** @param {Channel} channel @param {import('../../types.js').LabDescription} description */
  #who({ subject }, { subjects }) {
    const { label, style } = subjects[subject];
    return { label, style };
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#plot.destroy();
  }
}
