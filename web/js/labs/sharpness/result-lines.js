import { CurvePlot } from '../../plots/curve-plot.js';

/** @typedef {import('../../types.js').Subject} Subject */
/** @typedef {import('../../types.js').Table} Table */

/** Columns of the result. */
const across = 1;
const up = 2;

/** A task's result as lines: its second column over its first, a line for each subject, named at its end. */
export class ResultLines {
  #plot;

  /** @param {HTMLElement} container @param {{ label: string }} options */
  constructor(container, options) {
    this.#plot = new CurvePlot(container, options);
  }

  /** @param {Table} result @param {Subject[]} subjects */
  update({ title, columns, rows }, subjects) {
    const series = subjects.flatMap(({ label, style }, index) => {
      const own = rows.filter(({ subject }) => subject === index);
      if (own.length === 0) return [];
      const column = (/** @type {number} */ k) => Float64Array.from(own, ({ cells }) => Number(cells[k]));
      return [{ label, style, x: column(across), y: column(up), now: own.length - 1 }];
    });
    this.#plot.update({
      title,
      series,
      xLabel: columns[across].label,
      yLabel: columns[up].label.toLowerCase(),
      logX: false,
      logY: false,
      xEnd: null,
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
