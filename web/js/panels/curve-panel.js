import { CurvePlot } from '../plots/curve-plot.js';
import { curveAxes, curveTabs } from './channels.js';

/** @typedef {import('./channels.js').Frame} Frame */

/** Asked in every frame, of long runs too. @param {Float64Array} values */
function goesBelowZero(values) {
  for (let k = 0; k < values.length; k += 1) if (values[k] < 0) return true;
  return false;
}

/**
 * Where the rows of a record stand on the x-axis.
 * @typedef {object} Rows
 * @property {string} label
 * @property {(count: number) => Float64Array} at of the first rows
 * @property {number} end of the planned run
 * @property {number} cursor
 */

/** @param {Frame} frame @returns {Rows} */
function byIndex({ state, description }) {
  const at = (/** @type {number} */ count) => Float64Array.from({ length: count }, (_, k) => k);
  return { label: description.unit, at, end: state.total, cursor: state.step };
}

/** The curves of one quantity, a line for each subject that is shown. */
export class CurvePanel {
  /** Whether the y-axis is logarithmic now. */
  isLog = false;
  #plot;
  #reader;
  #isNamed;
  #rowsOf;

  /**
   * @param {HTMLElement} container
   * @param {import('./channels.js').ChannelReader} reader
   * @param {{ named?: boolean, rowsOf?: (frame: Frame) => Rows }} [options] named: the plot itself
   *   says what it shows; rowsOf: where a step of the lab is not the unit to draw against
   */
  constructor(container, reader, { named = false, rowsOf = byIndex } = {}) {
    this.#plot = new CurvePlot(container, { label: 'Curves' });
    this.#reader = reader;
    this.#isNamed = named;
    this.#rowsOf = rowsOf;
  }

  /** @param {Frame} frame */
  update(frame) {
    const { state, description, view } = frame;
    const tabs = curveTabs(description);
    const tab = tabs.find(({ id }) => id === view.tab) ?? tabs[0];
    const axes = curveAxes(description);
    const axis = axes.find(({ id }) => id === view.x) ?? axes[0];
    if (!tab) return;
    const rows = axis.id === 'step' ? this.#rowsOf(frame) : null;
    const series = description.subjects.flatMap(({ label, style }, subject) => {
      if (view.hidden.has(subject)) return [];
      const y = this.#reader.read(`${tab.id}/${subject}`).data;
      const x = rows ? rows.at(y.length) : this.#reader.read(`${axis.id}/${subject}`).data;
      return [{ label, style, x, y, now: Math.min(state.step, y.length - 1) }];
    });
    // What goes below zero would leave a logarithmic axis without a word.
    const suits = tab.log && !series.some(({ y }) => goesBelowZero(y));
    this.isLog = view.log === 'auto' ? suits : view.log === 'on';
    this.#plot.update({
      title: tab.label,
      series,
      xLabel: rows?.label ?? (axis.unit ? `${axis.label}, ${axis.unit}` : axis.label),
      // Else the tab above names it.
      yLabel: this.#isNamed ? tab.label : '',
      logX: false,
      logY: this.isLog,
      xEnd: rows ? rows.end : null,
      cursor: rows ? rows.cursor : null,
    });
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#plot.destroy();
  }
}

/** @typedef {{ name: string, values: ArrayLike<number> }} Column */

/** What has a number, or a place, for each step. */
const overSteps = ['series', 'trace', 'curve', 'weights', 'path'];

/**
 * Every curve as columns, for a CSV file; of those of one name, the first.
 * @param {Frame} frame
 * @param {import('./channels.js').ChannelReader} reader
 * @returns {Column[]}
 */
export function seriesColumns({ state, description }, reader) {
  /** @type {Map<string, ArrayLike<number>>} */
  const columns = new Map();
  for (const channel of description.channels) {
    if (!overSteps.includes(channel.kind)) continue;
    const name = columnName(channel, description.subjects[channel.subject]);
    const parts = channel.columns.length > 0 ? reader.columns(channel.name) : { '': reader.read(channel.name).data };
    for (const [part, values] of Object.entries(parts)) {
      const full = part ? `${name} ${part}` : name;
      if (!columns.has(full)) columns.set(full, values);
    }
  }
  const rows = Math.max(state.known + 1, ...[...columns.values()].map(({ length }) => length));
  return [
    { name: description.unit, values: Float64Array.from({ length: rows }, (_, k) => k) },
    ...[...columns].map(([name, values]) => ({ name, values })),
  ];
}

/**
 * Some labels name their subject already, or nothing else.
 * @param {import('../types.js').Channel} channel
 * @param {import('../types.js').Subject} [subject]
 */
function columnName({ label, quantity }, subject) {
  if (!subject) return label;
  if (label === subject.label) return `${label} ${quantity}`;
  return label.startsWith(`${subject.label} `) ? label : `${subject.label} ${label.toLowerCase()}`;
}
