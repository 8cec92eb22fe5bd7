// Chart.js as this project uses it: options, and a plugin that draws what Chart.js does not.

import { drawEndLabels } from './curve-labels.js';
import { isBand, toAxis } from './curve-reduce.js';
import { lineColour } from './curve-line.js';
import { drawMarker, hueOf } from './marks.js';

/** @import { Chart, ChartOptions, Plugin, LineElement } from 'chart.js' */
/** @import { CurveData, CurveSeries } from './plots.js' */
/** @import { Ticks } from './curve-axes.js' */
/** @import { End } from './curve-labels.js' */
/** @import { Theme } from './theme.js' */

/**
 * What one drawing is made from.
 * @typedef {object} Scene
 * @property {CurveData} data
 * @property {Theme} theme
 * @property {{ low: number, high: number }} x
 * @property {{ low: number, high: number }} y
 * @property {Ticks} xTicks
 * @property {Ticks} yTicks
 * @property {number} widest label, px
 * @property {number} margin to the right of the plot, px
 * @property {number} width of the canvas, px
 */

const kFuture = 0.38;
const kMarker = 5.5;
const kCross = 2.75;
const kCrossRow = 8;
const kTickPadding = 8;

/** @param {() => Scene | null} scene @returns {ChartOptions<'line'>} */
export function chartOptions(scene) {
  /** @type {(name: 'xTicks' | 'yTicks') => any} */
  const axis = (name) => ({
    type: 'linear',
    border: { display: false },
    afterBuildTicks: (/** @type {any} */ scale) => {
      scale.ticks = (scene()?.[name].values ?? []).map((value) => ({ value }));
    },
    ticks: {
      autoSkip: false, maxRotation: 0, padding: kTickPadding,
      callback: (/** @type {number} */ _, /** @type {number} */ i) =>
        scene()?.[name].texts[i] ?? '',
    },
  });
  return {
    animation: false, parsing: false, normalized: true, events: [],
    responsive: false, maintainAspectRatio: false,
    elements: { point: { radius: 0 }, line: { tension: 0, borderJoinStyle: 'round' } },
    layout: { padding: { left: 0, right: 0, top: 8, bottom: 0 } },
    scales: {
      x: { ...axis('xTicks'), grid: { display: false, drawTicks: false } },
      y: { ...axis('yTicks'), grid: { drawTicks: false } },
    },
  };
}

/**
 * Hands ranges, margins and colours to a chart.
 * @param {Chart<any>} chart @param {CurveData} data @param {Scene} scene
 */
export function frameChart({ options }, data, { x, y, margin, theme }) {
  const { scales, layout } = /** @type {any} */ (options);
  Object.assign(scales.x, { min: x.low, max: x.high });
  Object.assign(scales.y, { min: y.low, max: y.high });
  layout.padding.right = margin;
  const crosses = data.series.some(({ lost }) => lost) ? kCrossRow * data.series.length + 6 : 0;
  layout.padding.top = Math.max(data.yLabel ? 24 : 8, crosses);
  for (const axis of [scales.x, scales.y]) {
    axis.ticks.color = theme.ink3;
    axis.ticks.font = { family: theme.fontUi, size: theme.tickSize };
  }
  scales.y.grid.color = theme.hairline;
}

/** @param {() => Scene | null} read @returns {Plugin<'line'>} */
export function overlay(read) {
  return {
    id: 'descentOverlay',
    beforeDatasetsDraw(chart) {
      const scene = read();
      if (scene) drawRule(chart, scene);
    },
    beforeDatasetDraw({ ctx, chartArea, data }, { index, meta }) {
      const scene = read();
      const line = /** @type {any} */ (meta.dataset);
      const { data: points, borderColor } = /** @type {any} */ (data.datasets[index]);
      ctx.save();
      if (index % 2) {
        ctx.globalAlpha = kFuture;
      } else if (scene && isBand(points, scene.y.high - scene.y.low)) {
        strokeWithin(ctx, chartArea, line, 1.25, borderColor);
        ctx.restore();
        return false; // drawn
      } else if (scene) {
        strokeWithin(ctx, chartArea, line, scene.theme.haloWidth - 0.5, scene.theme.halo);
      }
    },
    afterDatasetDraw({ ctx }) {
      ctx.restore();
    },
    afterDatasetsDraw(chart) {
      const scene = read();
      if (!scene) return;
      const named = scene.data.sampled ? [] : scene.data.series.filter((s) => !s.isNameless);
      const ends = named.flatMap((series) => endOf(series, chart, scene) ?? []);
      const { top, bottom } = chart.chartArea;
      chart.ctx.save();
      drawEndLabels(chart.ctx, scene.theme, ends, { top, bottom, widest: scene.widest });
      for (const series of [...scene.data.series].reverse()) drawNow(chart, scene, series);
      const rows = [...scene.data.series].reverse();
      rows.forEach((series, row) => drawLost(chart, scene, series, row));
      drawNames(chart, scene);
      chart.ctx.restore();
    },
  };
}

/**
 * @type {(ctx: CanvasRenderingContext2D, area: { left: number, right: number, top: number, bottom:
 *   number }, line: LineElement, width: number, colour: string) => void}
 */
function strokeWithin(ctx, area, line, width, colour) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(area.left, area.top, area.right - area.left, area.bottom - area.top);
  ctx.clip();
  ctx.beginPath();
  line.path(ctx);
  ctx.lineJoin = ctx.lineCap = 'round';
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
  ctx.restore();
}

/** @param {Chart<any>} chart @param {Scene} scene */
function drawRule({ ctx, chartArea: { top, bottom }, scales }, { data, theme, x }) {
  const at = data.cursor === null ? NaN : toAxis(data.cursor, data.logX);
  if (!(at >= x.low && at <= x.high)) return;
  const px = scales.x.getPixelForValue(at);
  ctx.save();
  ctx.setLineDash([1.5, 3]);
  ctx.lineWidth = 1.25;
  ctx.strokeStyle = theme.ink2;
  ctx.beginPath();
  ctx.moveTo(px, top - 4);
  ctx.lineTo(px, bottom + 4);
  ctx.stroke();
  ctx.restore();
}

/**
 * The marker of a series at its last finite point that is past.
 * @type {(chart: Chart<any>, scene: Scene, series: CurveSeries) => void}
 */
function drawNow({ ctx, scales }, { data, theme, x, y }, series) {
  if (series.line === 'ghost') return;
  let i = Math.min(series.marked ?? series.now, series.y.length - 1);
  const isMarked = series.marked !== undefined;
  while (!isMarked && i >= 0 && Number.isNaN(toAxis(series.y[i], data.logY))) i--;
  if (i < 0) return;
  const ax = toAxis(series.x[i], data.logX);
  // A logarithmic axis never gets to 0: the marker stands at its lower end.
  const ay = isMarked && data.logY && series.y[i] === 0 ? y.low : toAxis(series.y[i], data.logY);
  const slack = 1e-6 * (y.high - y.low);
  if (!(ax >= x.low && ax <= x.high && ay >= y.low - slack && ay <= y.high + slack)) return;
  drawMarker(ctx, theme, series.style,
    scales.x.getPixelForValue(ax), scales.y.getPixelForValue(ay), kMarker, 1.5);
}

/**
 * Crosses above the plot where a series has no value, each series in a row of its own.
 * @type {(chart: Chart<any>, scene: Scene, series: CurveSeries, row: number) => void}
 */
function drawLost({ ctx, chartArea, scales }, { data, theme, x }, { style, lost = new Float64Array() }, row) {
  const y = chartArea.top - kCrossRow * (row + 0.5) - 2;
  ctx.beginPath();
  for (const value of lost) {
    const at = toAxis(value, data.logX);
    if (!(at >= x.low && at <= x.high)) continue;
    const px = scales.x.getPixelForValue(at);
    for (const way of [-1, 1]) {
      ctx.moveTo(px - kCross, y - way * kCross);
      ctx.lineTo(px + kCross, y + way * kCross);
    }
  }
  ctx.setLineDash([]);
  ctx.lineWidth = 4;
  ctx.strokeStyle = theme.halo;
  ctx.stroke();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = hueOf(theme, style);
  ctx.stroke();
}

/**
 * Where a line ends, or leaves the plot for good.
 * @type {(series: CurveSeries, chart: Chart<any>, scene: Scene) => End | null}
 */
function endOf(series, { scales }, { data, theme, x, y }) {
  const { label, x: xs, y: ys } = series;
  const at = (/** @type {number} */ i) => [toAxis(xs[i], data.logX), toAxis(ys[i], data.logY)];
  // What rounds to the bound is on it.
  const slack = 1e-6 * (y.high - y.low);
  const isIn = (/** @type {number[]} */ [ax, ay]) =>
    ax >= x.low && ax <= x.high && ay >= y.low - slack && ay <= y.high + slack;
  let i = Math.min(xs.length, ys.length) - 1;
  while (i >= 0 && Number.isNaN(at(i)[0] + at(i)[1])) i--;
  let out = null;
  for (; i >= 0 && !isIn(at(i)); i--) out = at(i);
  if (i < 0) return null;
  let [ax, ay] = at(i);
  if (out && !Number.isNaN(out[0] + out[1])) {
    const edge = out[1] > y.high ? y.high : out[1] < y.low ? y.low : NaN;
    const t = Number.isNaN(edge) ? 0 : (edge - ay) / (out[1] - ay);
    ax += t * (out[0] - ax);
    ay += t * (out[1] - ay);
  }
  const px = scales.x.getPixelForValue(Math.min(x.high, ax));
  return { label, colour: series.line === 'ghost' ? theme.ink3 : lineColour(theme, series), x: px, y: scales.y.getPixelForValue(ay) };
}

/**
 * The x-axis's name after its last tick, the y-axis's above it.
 * @type {(chart: Chart<any>, scene: Scene) => void}
 */
function drawNames({ ctx, chartArea, scales }, { data, theme, xTicks }) {
  ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
  ctx.fillStyle = theme.ink3;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const last = xTicks.values.length - 1;
  const end = last < 0 ? 0
    : scales.x.getPixelForValue(xTicks.values[last]) +
      ctx.measureText(xTicks.texts[last]).width / 2;
  const y = scales.x.top + kTickPadding + theme.tickSize * 0.6;
  ctx.fillText(data.xLabel, Math.max(end + 8, chartArea.right + 8), y);
  if (data.yLabel) ctx.fillText(data.yLabel, chartArea.left, chartArea.top - 15);
}
