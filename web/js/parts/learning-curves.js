import { CurvePlot } from '../plots/curve-plot.js';
import { curveAxes } from './channels.js';
import { seriesOf } from './network-data.js';

/** @typedef {import('./channels.js').Frame} Frame */
/** @typedef {import('./pinned-runs.js').Pin} Pin */
/** @typedef {import('../types.js').CurveSeries} CurveSeries */

/** @type {import('../types.js').Style} */
const kGhost = { hue: 0, slot: 0, ring: false, hollow: false };
const kDashedSlot = 2;

/** A quantity over the run: on the training examples solid, on those held back dashed, pinned runs grey. */
export class LearningCurves {
  /** Whether the y-axis is logarithmic now. */
  isLog = false;
  #plot;
  #reader;

  /** @param {HTMLElement} container @param {import('./channels.js').ChannelReader} reader */
  constructor(container, reader) {
    this.#plot = new CurvePlot(container, { label: 'Curves' });
    this.#reader = reader;
  }

  /**
   * @param {Frame} frame
   * @param {{ label: string, log: boolean, quantities: string[] }} tab
   * @param {Pin[]} pins
   */
  update({ state, description, view }, { label: title, log, quantities }, pins) {
    const { subjects, unit } = description;
    const axes = curveAxes(description);
    const axis = axes.find(({ id }) => id === view.x) ?? axes[0];
    const byStep = axis.id === 'step';
    const shown = subjects.map((_, k) => k).filter((k) => !view.hidden.has(k));
    const series = shown.flatMap((k) =>
      quantities.flatMap((quantity, q) => {
        if (!seriesOf(description, quantity, k)) return [];
        const y = this.#reader.read(`${quantity}/${k}`).data;
        const x = byStep ? Float64Array.from(y, (_, i) => i) : this.#reader.read(`${axis.id}/${k}`).data;
        return [/** @type {CurveSeries} */ ({
          label: nameOf(subjects[k].label, q, quantities.length > 1, shown.length > 1),
          style: subjects[k].style, line: q === 0 ? 'solid' : 'dashed', x, y, now: Math.min(state.step, y.length - 1),
        })];
      }),
    );
    this.isLog = view.log === 'auto' ? log : view.log === 'on';
    this.#plot.update({
      title,
      series: byStep ? [...series, ...pins.flatMap((pin) => ghostsOf(pin, quantities))] : series,
      xLabel: byStep ? unit : axis.unit ? `${axis.label}, ${axis.unit}` : axis.label,
      yLabel: '',
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

/** @type {(runner: string, q: number, isSplit: boolean, hasOthers: boolean) => string} */
function nameOf(runner, q, isSplit, hasOthers) {
  if (!isSplit) return runner;
  const part = q === 0 ? 'training' : 'validation';
  if (!hasOthers) return part;
  return q === 0 ? runner : `${runner}, val.`;
}

/** @param {Pin} pin @param {string[]} quantities @returns {CurveSeries[]} */
function ghostsOf({ name, curves }, quantities) {
  return quantities.flatMap((quantity, q) => {
    const y = curves.get(quantity);
    if (!y) return [];
    const style = { ...kGhost, slot: q === 0 ? 0 : kDashedSlot };
    return [{ label: name, style, line: /** @type {const} */ ('ghost'), x: Float64Array.from(y, (_, i) => i), y, now: y.length - 1 }];
  });
}
