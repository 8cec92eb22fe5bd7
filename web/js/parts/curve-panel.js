import { CurvePlot } from '../plots/curve-plot.js';
import { curveAxes, curveTabs } from './channels.js';

/** @typedef {import('./channels.js').Frame} Frame */

/** Asked in every frame, of long runs too. @param {Float64Array} values */
function goesBelowZero(values) {
  for (let k = 0; k < values.length; k += 1) if (values[k] < 0) return true;
  return false;
}

/** The curves of one quantity, a line for each subject that is shown. */
export class CurvePanel {
  /** Whether the y-axis is logarithmic now. */
  isLog = false;
  #plot;
  #reader;
  #isNamed;

  /**
   * @param {HTMLElement} container
   * @param {import('./channels.js').ChannelReader} reader
   * @param {{ named?: boolean }} [options] named: the plot itself says what it shows
   */
  constructor(container, reader, { named = false } = {}) {
    this.#plot = new CurvePlot(container, { label: 'Curves' });
    this.#reader = reader;
    this.#isNamed = named;
  }

  /** @param {Frame} frame */
  update({ state, description, view }) {
    const tabs = curveTabs(description);
    const tab = tabs.find(({ id }) => id === view.tab) ?? tabs[0];
    const axes = curveAxes(description);
    const axis = axes.find(({ id }) => id === view.x) ?? axes[0];
    if (!tab) return;
    const byStep = axis.id === 'step';
    const series = description.subjects.flatMap(({ label, style }, subject) => {
      if (view.hidden.has(subject)) return [];
      const y = this.#reader.read(`${tab.id}/${subject}`).data;
      const x = byStep
        ? Float64Array.from(y, (_, k) => k)
        : this.#reader.read(`${axis.id}/${subject}`).data;
      return [{ label, style, x, y, now: Math.min(state.step, y.length - 1) }];
    });
    // What goes below zero would leave a logarithmic axis without a word.
    const suits = tab.log && !series.some(({ y }) => goesBelowZero(y));
    this.isLog = view.log === 'auto' ? suits : view.log === 'on';
    this.#plot.update({
      title: tab.label,
      series,
      xLabel: axis.unit ? `${axis.label}, ${axis.unit}` : axis.label,
      // Else the tab above names it.
      yLabel: this.#isNamed ? tab.label : '',
      logX: false,
      logY: this.isLog,
      xEnd: byStep ? state.total : null,
      cursor: byStep ? state.step : null,
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
 * Every series as columns, for a CSV file.
 * @param {Frame} frame
 * @param {import('./channels.js').ChannelReader} reader
 */
export function seriesColumns({ state, description }, reader) {
  const names = description.channels.filter(
    ({ kind, subject }) => kind === 'series' && subject >= 0,
  );
  const steps = Float64Array.from({ length: state.known + 1 }, (_, k) => k);
  return [
    { name: 'step', values: steps },
    ...names.map(({ name, label, subject }) => ({
      name: `${description.subjects[subject].label} ${label.toLowerCase()}`,
      values: reader.read(name).data,
    })),
  ];
}
