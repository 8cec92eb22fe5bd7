import { CurvePlot } from '../plots/curve-plot.js';

/** @typedef {import('../shell/task-result.js').Found} Found */
/** @typedef {import('../shell/task-result.js').Line} Line */

/** What a task has found so far, a line for each case with its lowest point marked. */
export class TaskChart {
  #plot;

  /** @param {HTMLElement} container */
  constructor(container) {
    this.#plot = new CurvePlot(container, { label: 'What the task has found' });
  }

  /** @param {Found} found */
  update({ title, xLabel, yLabel, status, lines }) {
    const xs = lines.flatMap(({ x }) => x).filter(Number.isFinite);
    const ys = lines.flatMap(({ y }) => y).filter(Number.isFinite);
    const span = [Math.min(...xs), Math.max(...xs)];
    this.#plot.update({
      title,
      series: lines.map((line) => {
        const series = seriesOf(line, span);
        // Room for crosses only where a run may fail.
        return { ...line, ...series, lost: status ? series.lost : undefined };
      }),
      xLabel: xLabel.toLowerCase(),
      yLabel,
      logX: xs.every((x) => x > 0),
      logY: ys.some((y) => y > 0) && ys.every((y) => y >= 0),
      xEnd: null,
      cursor: null,
      sampled: true,
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
 * What has nothing to vary is level over all that the others have tried.
 * @param {Line} line @param {number[]} span
 */
function seriesOf({ x, y, best }, span) {
  const isLevel = x.length > 0 && x.every(Number.isNaN);
  const [xs, values] = isLevel ? [span, span.map(() => y[0])] : [x, y];
  return {
    x: Float64Array.from(xs),
    y: Float64Array.from(values),
    now: values.length - 1,
    marked: isLevel ? 0 : best,
    lost: Float64Array.from(isLevel ? [] : x.filter((_, k) => !Number.isFinite(y[k]))),
  };
}
