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
    const [inputs, n] = this.#reader.read('domain').data;
    /** @type {CurveSeries[]} */
    const series = [];
    /** @type {(name: string, label: string, bound: string, style: Style, at: number) => void} */
    const add = (name, label, bound, style, at) => {
      const { data } = this.#reader.read(name);
      const column = (/** @type {number} */ k) => Float64Array.from({ length: data.length / 3 }, (_, i) => data[3 * i + k]);
      const [x, error, limit] = [column(0), column(1).map((e) => (e < kRounding ? NaN : e)), column(2)];
      const now = x.length - 1;
      series.push({ label, style, line: 'solid', x, y: error, now, marked: x.indexOf(at) });
      if (bound && limit.some((value) => value > 0)) series.push({ label: bound, style: theoryStyle, line: 'dashed', x, y: limit, now, marked: -1 });
    };
    if (shows('hats')) add('fall', 'hats', inputs === 2 ? '¼h² max‖∇²f‖' : '⅛h² max|f″|', constructions.hats, n);
    if (inputs === 1 && shows('bumps')) add('bumpFall', 'bumps', '', constructions.bumps, n);
    if (inputs === 1 && shows('polynomial')) {
      add('polynomialFall', 'degree N', '', constructions.polynomial, Number(knobValue(description, 'degree')));
    }
    description.subjects.forEach(({ label, style }, k) => {
      if (view.hidden.has(k)) return;
      const { data } = this.#reader.read(`error/${k}`);
      const y = Float64Array.of(data[Math.min(state.step, data.length - 1)]);
      series.push({ label, style, x: Float64Array.of(n), y, now: 0, marked: 0 });
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
      cursor: n,
    });
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#plot.destroy();
  }
}
