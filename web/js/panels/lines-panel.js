import { CurvePlot } from '../plots/curve-plot.js';

/** @typedef {import('./channels.js').Frame} Frame */
/** @typedef {import('../labs/lab.js').Tab} Tab */

/** Lines that a function makes of what is to be drawn. */
export class LinesPanel {
  /** Whether the y-axis is logarithmic now. */
  isLog = true;
  #plot;
  #dataOf;

  /**
   * @param {HTMLElement} container
   * @param {string} label
   * @param {(frame: Frame, tab: Tab) => import('../plots/plots.js').CurveData} dataOf
   */
  constructor(container, label, dataOf) {
    this.#plot = new CurvePlot(container, { label });
    this.#dataOf = dataOf;
  }

  /** @param {Frame} frame @param {Tab} tab */
  update(frame, tab) {
    const data = this.#dataOf(frame, tab);
    this.isLog = data.logY;
    this.#plot.update(data);
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#plot.destroy();
  }
}
