import { CurvePlot } from '../plots/curve-plot.js';

/** @typedef {import('./channels.js').Frame} Frame */
/** @typedef {import('../plots/plots.js').CurveSeries} CurveSeries */

/**
 * @typedef {object} Rows which rows to draw over the layers
 * @property {string} quantity of every subject, as it is now
 * @property {string} beside what it is compared with
 * @property {'dashed' | 'ghost'} line dashed is predicted, a ghost is of the start
 */

/** Rows of one number a layer, a curve for each subject beside what it is compared with. */
export class LayerCurves {
  /** Whether the y-axis is logarithmic now. */
  isLog = true;
  #plot;
  #reader;
  #options;

  /**
   * @param {HTMLElement} container
   * @param {import('./channels.js').ChannelReader} reader
   * @param {{ rows: Rows, title: string, yLabel: string }} options
   */
  constructor(container, reader, options) {
    this.#plot = new CurvePlot(container, { label: options.title });
    this.#reader = reader;
    this.#options = options;
  }

  /** @param {Frame} frame */
  update({ description, view }) {
    const { rows, title, yLabel } = this.#options;
    const linesOf = (/** @type {string} */ quantity, /** @type {Partial<CurveSeries>} */ how) =>
      description.channels
        .filter((channel) => channel.quantity === quantity && !view.hidden.has(channel.subject))
        .map(({ name, label, subject }) => {
          const y = this.#reader.read(name).data;
          const x = Float64Array.from(y, (_, k) => k + 1);
          return { label, style: description.subjects[subject].style, x, y, now: y.length - 1, ...how };
        });
    const series = [
      // At the last layer all meet.
      ...linesOf(rows.quantity, { marked: 0, line: rows.line === 'dashed' ? 'solid' : undefined }),
      ...linesOf(rows.beside, { marked: -1, line: rows.line }),
    ];
    this.isLog = view.log !== 'off';
    this.#plot.update({
      title,
      series,
      xLabel: 'layer',
      yLabel,
      logX: false,
      logY: this.isLog,
      xEnd: Math.max(1, ...series.map(({ y }) => y.length)),
      cursor: null,
    });
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#plot.destroy();
  }
}
