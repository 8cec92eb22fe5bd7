import { CurvePlot } from '../../plots/curve-plot.js';
import { constructions } from './approximation-panel.js';
import { knobValue } from '../../panels/network-data.js';
import { theoryStyle } from '../../plots/marks.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../plots/plots.js').CurveSeries} CurveSeries */
/** @typedef {import('../../types.js').Style} Style */

const kRounding = 1e-14; // below it an error is 0, which a logarithmic axis has no place for

/** How the sup error falls with N, on two logarithmic axes: what is written down, its bound, and the networks now. */
export class ErrorFall {
  /** Whether the axes are logarithmic now. */
  isLog = true;
  #plot;
  #reader;

  /** @param {HTMLElement} container @param {import('../../panels/channels.js').ChannelReader} reader */
  constructor(container, reader) {
    this.#plot = new CurvePlot(container, { label: 'Sup error by N' });
    this.#reader = reader;
  }

  /** @param {Frame} frame */
  update({ state, description, view }) {
    const shows = (/** @type {string} */ id) => knobValue(description, id) === 'on';
    const { inputs, pieces } = this.#reader.row('domain');
    /** @type {CurveSeries[]} */
    const series = [];
    /** @type {(name: string, label: string, bound: string, style: Style, at: number) => void} */
    const add = (name, label, bound, style, at) => {
      const { n: x, error, bound: limit } = this.#reader.columns(name);
      const y = error.map((e) => (e < kRounding ? NaN : e));
      const now = x.length - 1;
      series.push({ label, style, line: 'solid', x, y, now, marked: x.indexOf(at) });
      if (bound && limit.some((value) => value > 0)) series.push({ label: bound, style: theoryStyle, line: 'dashed', x, y: limit, now, marked: -1 });
    };
    if (shows('hats')) add('fall', 'hats', inputs === 2 ? '¼h² max‖∇²f‖' : '⅛h² max|f″|', constructions.hats, pieces);
    if (inputs === 1 && shows('bumps')) add('bumpFall', 'bumps', '', constructions.bumps, pieces);
    if (inputs === 1 && shows('polynomial')) {
      add('polynomialFall', 'degree N', '', constructions.polynomial, Number(knobValue(description, 'degree')));
    }
    description.subjects.forEach(({ label, style }, k) => {
      if (view.hidden.has(k)) return;
      const { data } = this.#reader.read(`error/${k}`);
      const y = Float64Array.of(data[Math.min(state.step, data.length - 1)]);
      series.push({ label, style, x: Float64Array.of(pieces), y, now: 0, marked: 0 });
    });
    this.isLog = view.log !== 'off';
    this.#plot.update({
      title: `Sup error by N, ${description.subtitle}`,
      series,
      xLabel: inputs === 2 ? 'N a side' : 'N',
      yLabel: 'sup error',
      logX: this.isLog,
      logY: this.isLog,
      xEnd: null,
      cursor: pieces,
    });
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#plot.destroy();
  }
}
