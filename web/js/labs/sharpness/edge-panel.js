import { CurvePlot } from '../../plots/curve-plot.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../plots/plots.js').CurveSeries} CurveSeries */

/** Curves this many times apart are seen together on a logarithmic axis only. */
const farApart = 30;

/** The largest curvature of every runner while it trains, and, dashed, the limit that it may meet. */
export class EdgePanel {
  #plot;
  #reader;
  #rowsOf;

  /**
   * @param {HTMLElement} container
   * @param {import('../../panels/channels.js').ChannelReader} reader
   * @param {(frame: Frame) => import('../../panels/curve-panel.js').Rows} rowsOf
   */
  constructor(container, reader, rowsOf) {
    this.#plot = new CurvePlot(container, { label: 'Largest curvature' });
    this.#reader = reader;
    this.#rowsOf = rowsOf;
  }

  /** @param {Frame} frame */
  update(frame) {
    const { state, description, view } = frame;
    const rows = this.#rowsOf(frame);
    const traces = description.channels.filter(
      ({ kind, subject }) => kind === 'trace' && !view.hidden.has(subject),
    );
    const series = traces.map(({ name, quantity, subject, label }) => {
      const y = this.#reader.read(name).data;
      const runner = description.subjects[subject];
      const isLimit = quantity === 'limit';
      const now = Math.min(state.step, y.length - 1);
      /** @type {CurveSeries} */
      const line = {
        label: isLimit ? label : runner.label,
        style: runner.style,
        line: isLimit ? 'dashed' : 'solid',
        x: rows.at(y.length),
        y,
        now,
      };
      return isLimit ? carriedOn(line, rows.end) : line;
    });
    const curvatures = traces.filter(({ quantity }) => quantity === 'edge');
    const names = new Set(curvatures.map(({ label }) => label));
    this.#plot.update({
      title: 'Largest curvature',
      series,
      xLabel: rows.label,
      yLabel: names.size === 1 ? [...names][0] : 'λₘₐₓ',
      logX: false,
      logY: view.log === 'on' || (view.log === 'auto' && areFarApart(series)),
      xEnd: rows.end,
      cursor: rows.cursor,
    });
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#plot.destroy();
  }
}

/**
 * A limit stands before it is met: what it is now, as far as the run is planned.
 * @param {CurveSeries} line @param {number} end
 * @returns {CurveSeries}
 */
function carriedOn(line, end) {
  const last = line.x[line.x.length - 1];
  if (!(last < end)) return line;
  return {
    ...line,
    x: Float64Array.of(...line.x, end),
    y: Float64Array.of(...line.y, line.y[line.y.length - 1]),
    now: line.now === line.x.length - 1 ? line.now + 1 : line.now,
    marked: -1,
  };
}

/** Whether the largest values of some curves are far above those of others. @param {CurveSeries[]} series */
function areFarApart(series) {
  const heights = series
    .map(({ y }) => y.reduce((high, value) => (value > high ? value : high), 0))
    .filter((height) => height > 0);
  return heights.length > 1 && Math.max(...heights) > farApart * Math.min(...heights);
}
