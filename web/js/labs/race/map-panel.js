import { ContourMap } from '../../plots/contour-map.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../types.js').Channel} Channel */

/** A landscape with the paths of the subjects on it. */
export class MapPanel {
  #plot;
  #reader;

  /**
   * @param {HTMLElement} container
   * @param {{ reader: import('../../panels/channels.js').ChannelReader,
   *   onStart: (x: number, y: number) => void }} options
   */
  constructor(container, { reader, onStart }) {
    this.#reader = reader;
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
    const { x0, x1, y0, y1 } = this.#reader.row('window');
    const ground = description.knobs
      .filter(({ kind }) => kind === 'landscape')
      .map(({ value }) => value);
    const start = this.#reader.row('start');
    const minima = this.#reader.columns('minima');
    this.#plot.update({
      groundKey: [...ground, x0, x1, y0, y1].join(' '),
      window: { x0, x1, y0, y1 },
      field: (w, nx, ny) => this.#reader.ask('field', { ...w, nx, ny }).data,
      minima: Array.from(minima.x, (x, k) => [x, minima.y[k]]),
      start: [start.x, start.y],
      step: state.step,
      paths: shown('path').map((channel) => ({
        ...this.#who(channel, description),
        points: this.#read(channel.name),
      })),
      arrows: arrows.flatMap((channel) => {
        const { x, y, dx, dy } = this.#reader.row(channel.name);
        if (![x, y, dx, dy].every(Number.isFinite)) return [];
        const kind = channel.quantity === 'gradientArrow' ? 'gradient' : 'probe';
        return [
          {
            ...this.#who(channel, description),
            label: channel.label,
            kind,
            from: [x, y],
            vector: [dx, dy],
          },
        ];
      }),
      points: shown('points').map((channel) => ({
        ...this.#who(channel, description),
        label: channel.label,
        points: this.#read(channel.name),
      })),
      ellipses: shown('ellipse').flatMap((channel) => {
        const { x, y, h11, h12, h22, level } = this.#reader.row(channel.name);
        if (!Number.isFinite(level)) return [];
        return [{ ...this.#who(channel, description), centre: [x, y], hessian: [h11, h12, h22], level }];
      }),
    });
  }

  /** Pairs one after another, as the plot takes them. @param {string} name */
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
