// Quantities over time: past in full, the known future pale, names at the ends of the lines.

import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { pixelRatio, watchSize } from './canvas.js';
import { rangeOfX, ticksOf } from './curve-axes.js';
import { chartOptions, frameChart, overlay } from './curve-chart.js';
import { lineColour, lineDash } from './curve-line.js';
import { CurveHover } from './curve-hover.js';
import { kLabelGap, labelFont } from './curve-labels.js';
import { SteadyRange, wantedRange } from './curve-range.js';
import { reducePoints, toAxis } from './curve-reduce.js';
import { capOf } from './marks.js';
import { NumberTable } from './number-table.js';
import { readTheme } from './theme.js';
import { formatNumber } from './ticks.js';

/** @import { CurveData } from './plots.js' */
/** @import { Scene } from './curve-chart.js' */
/** @import { Theme } from './theme.js' */

Chart.register(LinearScale, LineController, LineElement, PointElement);

const kDot = 2;
const kGhost = 1.25;

export class CurvePlot {
  #root = document.createElement('div');
  #label;
  #range = new SteadyRange();
  /** @type {CurveData | null} */
  #data = null;
  /** @type {Theme | null} */
  #theme = null;
  /** @type {Scene | null} */
  #scene = null;
  /** @type {Chart<'line', { x: number, y: number }[]> | null} */
  #chart = null;
  /** What axes and layout were made for. */
  #frameIs = '';
  #width = 0;
  #height = 0;
  #numbers;
  #hover;
  #unwatch;

  /**
   * @param {HTMLElement} container gives the size; the plot never changes it
   * @param {{ label: string }} options
   */
  constructor(container, { label }) {
    this.#label = label;
    this.canvas = document.createElement('canvas');
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', label);
    container.classList.add('descent-plot');
    this.#root.className = 'descent-plot-curves';
    this.#root.append(this.canvas);
    container.append(this.#root);
    this.#numbers = new NumberTable(this.#root, () => this.#readNumbers());
    this.#hover = new CurveHover(this.#root, () => this.#readFrame());
    this.#unwatch = watchSize(container, (width, height) => {
      this.#width = width;
      this.#height = height;
      this.#chart?.destroy();
      this.#chart = null;
      this.#frameIs = '';
      this.#draw();
    });
  }

  /** Draws at once: call it from an animation frame. @param {CurveData} data */
  update(data) {
    this.#data = data;
    this.#draw();
    this.#hover.refresh();
    this.#numbers.touch();
  }

  refreshTheme() {
    this.#theme = null;
    this.#frameIs = '';
    this.#draw();
  }

  destroy() {
    this.#unwatch();
    this.#chart?.destroy();
    this.#hover.destroy();
    this.#numbers.destroy();
    this.#root.remove();
    this.#data = null;
  }

  #draw() {
    const data = this.#data;
    if (!data || this.#width < 40 || this.#height < 40) return;
    const theme = (this.#theme ??= readTheme(this.#root));
    const scene = (this.#scene = this.#layOut(data, theme));
    const chart = (this.#chart ??= this.#makeChart());
    this.#fillDatasets(chart.data.datasets, data, scene);
    const { x, y, margin, xTicks, yTicks } = scene;
    const frame = JSON.stringify([
      x, y, margin, xTicks.texts, yTicks.texts, data.series.map((s) => [s.style, s.line, !s.lost]),
      data.yLabel === '',
    ]);
    if (frame === this.#frameIs) {
      // Only numbers are new: without asking for options and layout again it takes a quarter.
      chart.data.datasets.forEach((_, i) => {
        const { controller } = chart.getDatasetMeta(i);
        controller.buildOrUpdateElements();
        controller.update('none');
      });
      chart.draw();
      return;
    }
    this.#frameIs = frame;
    frameChart(chart, data, scene);
    chart.update('none');
  }

  /**
   * Two for each series, past and future. The objects are kept from frame to frame: for new ones
   * Chart.js would resolve every option again.
   * @param {import('chart.js').ChartDataset<'line', { x: number, y: number }[]>[]} datasets
   * @param {CurveData} data @param {Scene} scene
   */
  #fillDatasets(datasets, { series, logX, logY, sampled }, { theme, y: { low, high } }) {
    const axes = { logX, logY, low, high };
    datasets.length = Math.min(datasets.length, 2 * series.length);
    series.forEach((line, i) => {
      const { now, y } = line;
      const last = y.length - 1;
      const dash = lineDash(theme, line);
      const hue = lineColour(theme, line);
      const both = {
        borderColor: hue, backgroundColor: hue, pointRadius: sampled ? kDot : 0, pointBorderWidth: 0,
      };
      Object.assign(datasets[2 * i] ??= { data: [] }, both, {
        data: reducePoints(line, 0, now, axes), order: 0,
        borderWidth: line.line === 'ghost' ? kGhost : theme.pathWidth, borderDash: dash, borderCapStyle: capOf(dash),
      });
      Object.assign(datasets[2 * i + 1] ??= { data: [] }, both, {
        data: now < last ? reducePoints(line, now, last, axes) : [], order: 1, borderWidth: 1.25,
      });
    });
  }

  #makeChart() {
    const chart = new Chart(this.canvas, {
      type: 'line',
      data: { datasets: [] },
      options: { ...chartOptions(() => this.#scene), devicePixelRatio: pixelRatio() },
      plugins: [overlay(() => this.#scene)],
    });
    chart.resize(this.#width, this.#height);
    return /** @type {Chart<'line', { x: number, y: number }[]>} */ (chart);
  }

  /** @param {CurveData} data @param {Theme} theme @returns {Scene} */
  #layOut(data, theme) {
    const { series, logX, logY, sampled } = data;
    const x = rangeOfX(data);
    const known = Math.max(-Infinity, ...series.map((s) => toAxis(s.x[s.x.length - 1], logX)));
    const y = this.#range.update(`${data.title} ${logY}`, wantedRange(series, logY), logY,
      known - x.low > 0.3 * (x.high - x.low), sampled ? 1 : 2);
    const ctx = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
    labelFont(ctx, theme);
    const widest = sampled ? 0 : Math.min(0.36 * this.#width,
      Math.max(0, ...series.map((s) => (s.isNameless ? 0 : ctx.measureText(s.label).width))));
    ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
    const name = ctx.measureText(data.xLabel).width;
    const margin = Math.ceil(Math.max(kLabelGap + widest + 2, name + 24));
    const plotWidth = this.#width - margin - 48;
    const digits = formatNumber(Math.round(logX ? 10 : x.high)).length;
    return {
      data, theme, x, y, widest, margin, width: this.#width,
      xTicks: ticksOf(x, logX, Math.max(2, Math.min(6, plotWidth / (14 + 7 * digits)))),
      yTicks: ticksOf(y, logY, Math.max(2, Math.min(6, this.#height / 44))),
    };
  }

  #readFrame() {
    const chart = this.#chart;
    if (!chart || !this.#data || !this.#scene) return null;
    const { logX } = this.#data;
    const { x } = chart.scales;
    return {
      data: this.#data,
      theme: this.#scene.theme,
      frame: {
        area: chart.chartArea,
        toX: (/** @type {number} */ px) => {
          const value = x.getValueForPixel(px) ?? NaN;
          return logX ? 10 ** value : value;
        },
        toPx: (/** @type {number} */ value) => x.getPixelForValue(toAxis(value, logX)),
      },
    };
  }

  #readNumbers() {
    const data = this.#data;
    const name = data?.yLabel || data?.title || 'value';
    const at = (/** @type {ArrayLike<number>} */ values, /** @type {number} */ i) =>
      formatNumber(values[Math.min(i, values.length - 1)] ?? NaN);
    const rows = (data?.series ?? []).map(({ label, x, y, now }) =>
      [label, at(x, now), at(y, now), at(y, y.length - 1)]);
    const columns = ['line', data?.xLabel ?? 'x', `${name} now`, `${name} at the last known`];
    return { caption: this.#label, columns, rows };
  }
}
