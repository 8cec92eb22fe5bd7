// Functions of one input that are made of straight pieces: how they grow layer by layer, and below
// that, panel by panel, what they are, with their knots.

import { drawAxes, placesIn } from '../../plots/axes.js';
import { CanvasPlot } from '../../plots/canvas-plot.js';
import { fitCanvas, pixelRatio } from '../../plots/canvas.js';
import { hueOf } from '../../plots/marks.js';
import { formatNumber, formatTick, linearTicks } from '../../plots/ticks.js';

/** @import { Style } from '../../types.js' */
/** @import { Theme } from '../../plots/theme.js' */

/** @typedef {{ x: Float64Array, y: Float64Array }} Knots ascending in x */
/**
 * @typedef {object} PieceLine
 * @property {string} label written in the line's colour
 * @property {Style} style
 * @property {'solid' | 'dashed' | 'ghost'} line
 * @property {Knots} knots
 * @property {boolean} [marked] whether the knots are marked
 */
/**
 * @typedef {object} Panel
 * @property {string} title what the y-axis is
 * @property {[number, number]} up what the y-axis spans; beyond it lines are cut off
 * @property {PieceLine[]} lines the front one last
 */
/**
 * @typedef {object} PiecesData
 * @property {string} name
 * @property {[number, number]} across what the x-axis of the panels spans
 * @property {{ label: string, knots: Knots }[]} stages
 * @property {Panel[]} panels
 */

const kRight = 10;
const kHead = 22;
const kFoot = 20;
const kGap = 14;
const kStageGap = 10;
const kStageLabel = 17;
const kDashes = { solid: [], dashed: [5, 3.5], ghost: [] };
/** Knots closer than this on the screen are not told apart: px. */
const kNear = 2.5;
const kDotsApart = 9;

export class PiecesPlot extends CanvasPlot {
  /** @type {PiecesData | null} */
  #data = null;
  /** The stages as they were drawn: a run does not change them. */
  #picture = document.createElement('canvas');
  #pictured = '';
  /** @type {Knots | null} */
  #lastStage = null;

  /** @param {PiecesData} data */
  update(data) {
    this.#data = data;
    this.changed();
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    const data = this.#data;
    if (!data) return;
    const stages = this.#drawStages(ctx, theme, data.stages);
    ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
    const count = data.panels.length;
    const each = (this.height - stages - kFoot - kGap * (count - 1)) / count;
    const ticks = data.panels.map(({ up }) => linearTicks(...up, Math.max(2, (each - kHead) / 44)));
    const widths = ticks.flatMap(({ values, step }) => values.map((v) => ctx.measureText(formatTick(v, step)).width));
    const left = Math.ceil(Math.max(22, ...widths)) + 9;
    data.panels.forEach((panel, k) => {
      const top = stages + k * (each + kGap);
      this.#drawPanel(ctx, theme, panel, data.across, ticks[k], { left, top, bottom: top + each }, k === count - 1);
    });
  }

  /**
   * Small pictures in a row, or in two where there is little room; returns where they end.
   * @param {CanvasRenderingContext2D} target @param {Theme} theme @param {PiecesData['stages']} stages
   */
  #drawStages(target, theme, stages) {
    if (stages.length === 0) return 0;
    const rows = stages.length > 6 && this.width < 560 ? 2 : 1;
    const columns = Math.ceil(stages.length / rows);
    const step = Math.min(150, (this.width - kRight - 2 + kStageGap) / columns);
    const [wide, high] = [step - kStageGap, Math.min(46, 0.62 * (step - kStageGap) + 8)];
    const end = 3 + rows * (high + kStageLabel + 8) + 6;
    const last = stages[stages.length - 1].knots;
    const key = [this.width, end, pixelRatio(), theme.ink, theme.outline, stages.length].join();
    if (key !== this.#pictured || last !== this.#lastStage) {
      this.#pictured = key;
      this.#lastStage = last;
      const picture = fitCanvas(this.#picture, this.width, end, pixelRatio());
      picture.clearRect(0, 0, this.width, end);
      stages.forEach((stage, k) => {
        const [left, top] = [2 + step * (k % columns), 3 + Math.floor(k / columns) * (high + kStageLabel + 8)];
        drawStage(picture, theme, stage, { left, top, wide, high });
      });
    }
    target.drawImage(this.#picture, 0, 0, this.width, end);
    return end;
  }

  /** @type {(ctx: CanvasRenderingContext2D, theme: Theme, panel: Panel, across: [number, number], up: { values: number[], step: number }, room: { left: number, top: number, bottom: number }, isLast: boolean) => void} */
  #drawPanel(ctx, theme, { title, up: span, lines }, [x0, x1], up, { left, top: from, bottom }, isLast) {
    const right = this.width - kRight;
    const top = from + this.#drawHeads(ctx, theme, title, lines, from);
    const room = { left, right, top, bottom };
    const places = placesIn(room, [x0, x1], span);
    const { px, py } = places;
    const across = isLast ? linearTicks(x0, x1, Math.max(2, Math.min(5, this.width / 90))) : null;
    drawAxes(ctx, theme, room, places, { across, up });
    ctx.save();
    ctx.beginPath();
    ctx.rect(left - 3, top - 3, right - left + 6, bottom - top + 6);
    ctx.clip();
    for (const { style, line, knots, marked } of lines) {
      const seen = within(knots, x0, x1);
      const path = outline(seen, px, py);
      const colour = line === 'ghost' ? theme.outline : hueOf(theme, style);
      if (line === 'solid') stroke(ctx, theme.halo, theme.pathWidth + 1.5, [], path);
      stroke(ctx, colour, line === 'ghost' ? 1 : 1.75, kDashes[line], path);
      const apart = (right - left) / (x1 - x0) / (knots.x.length - 1);
      if (!marked || apart < kNear) continue;
      ctx.fillStyle = colour;
      seen.x.forEach((x, i) => {
        if (apart < kDotsApart) return ctx.fillRect(px(x) - 0.5, bottom - 4, 1, 7);
        ctx.beginPath();
        ctx.arc(px(x), py(seen.y[i]), 2.5, 0, 2 * Math.PI);
        ctx.fill();
      });
    }
    ctx.restore();
  }

  /**
   * What the panel shows and, after a stroke of each, the names of its lines; returns their height.
   * @param {CanvasRenderingContext2D} ctx @param {Theme} theme @param {string} title @param {PieceLine[]} lines @param {number} from
   */
  #drawHeads(ctx, theme, title, lines, from) {
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
    let x = 0;
    let y = from + 7;
    ctx.fillStyle = theme.ink3;
    ctx.fillText(title, x, y);
    if (title) x += ctx.measureText(title).width + 16;
    for (const { label, style, line } of lines) {
      ctx.font = `600 ${theme.tickSize}px ${theme.fontUi}`;
      const wide = ctx.measureText(label).width + 24;
      if (x + wide > this.width && x > 0) {
        x = 0;
        y += 17;
      }
      const colour = line === 'ghost' ? theme.outline : hueOf(theme, style);
      const sample = new Path2D(`M${x} ${y}H${x + 18}`);
      stroke(ctx, colour, line === 'ghost' ? 1.25 : 2, kDashes[line], sample);
      ctx.fillStyle = line === 'ghost' ? theme.ink3 : colour;
      ctx.fillText(label, x + 24, y);
      x += wide + 16;
    }
    return y - from + kHead - 5;
  }

  /** @override */
  numbers() {
    const { name = '', stages = [], panels = [] } = this.#data ?? {};
    const at = [0, 0.25, 0.5, 0.75, 1];
    const row = (/** @type {string} */ label, /** @type {string} */ of, /** @type {Knots} */ knots) =>
      [label, of, ...at.map((x) => formatNumber(valueOf(knots, x)))];
    return {
      caption: name,
      columns: ['line', 'of', ...at.map((x) => `at ${x}`)],
      rows: [
        ...stages.map(({ label, knots }, k) => row(`after layer ${k + 1}`, `${label} pieces`, knots)),
        ...panels.flatMap(({ title, lines }) => lines.map(({ label, knots }) => row(label, title, knots))),
      ],
    };
  }
}

/** @type {(ctx: CanvasRenderingContext2D, theme: Theme, stage: PiecesData['stages'][number], room: { left: number, top: number, wide: number, high: number }) => void} */
function drawStage(ctx, theme, { label, knots }, { left, top, wide, high }) {
  const low = knots.y.reduce((a, b) => Math.min(a, b), Infinity);
  const height = knots.y.reduce((a, b) => Math.max(a, b), -Infinity) - low || 1;
  const ups = knots.y.reduce((sum, y, i) => sum + Math.abs(y - (knots.y[i - 1] ?? y)), 0) / height;
  ctx.fillStyle = theme.sunken;
  ctx.fillRect(left - 2, top - 3, wide + 4, high + 6);
  // Where it fills its picture it would be a block of ink.
  stroke(ctx, wide / ups < kNear ? theme.outline : theme.ink, 1.25, [],
    outline(knots, (x) => left + wide * x, (y) => top + high * (1 - (y - low) / height)));
  ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  ctx.fillStyle = theme.ink2;
  ctx.fillText(label, left + wide / 2, top + high + 12);
}

/** The knots from the last before x0 to the first after x1. @param {Knots} knots @param {number} x0 @param {number} x1 @returns {Knots} */
function within({ x, y }, x0, x1) {
  let [from, to] = [0, x.length];
  while (from + 1 < to && x[from + 1] <= x0) from += 1;
  while (to - 2 > from && x[to - 2] >= x1) to -= 1;
  return { x: x.subarray(from, to), y: y.subarray(from, to) };
}

/**
 * The line through the knots; where many share a column of pixels, only as far as it reaches in it.
 * @param {Knots} knots @param {(x: number) => number} px @param {(y: number) => number} py
 */
function outline({ x, y }, px, py) {
  const path = new Path2D();
  const many = x.length > 2 * (px(x[x.length - 1]) - px(x[0]));
  let column = NaN;
  let [low, high, last] = [NaN, NaN, NaN];
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(y[i])) continue;
    const [at, up] = [px(x[i]), py(y[i])];
    if (!many) {
      path.lineTo(at, up);
    } else if (Math.floor(at) !== column) {
      if (!Number.isNaN(column)) for (const v of [low, high, last]) path.lineTo(column + 0.5, v);
      column = Math.floor(at);
      low = high = last = up;
      path.lineTo(at, up);
    } else {
      low = Math.min(low, up);
      high = Math.max(high, up);
      last = up;
    }
  }
  if (many) path.lineTo(px(x[x.length - 1]), last);
  return path;
}

/** @param {CanvasRenderingContext2D} ctx @param {string} colour @param {number} width @param {number[]} dash @param {Path2D} path */
function stroke(ctx, colour, width, dash, path) {
  ctx.lineJoin = 'round';
  ctx.lineCap = 'butt';
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.setLineDash(dash);
  ctx.stroke(path);
  ctx.setLineDash([]);
}

/** @param {Knots} knots @param {number} at */
function valueOf({ x, y }, at) {
  if (x.length < 2) return NaN;
  let k = 1;
  while (k < x.length - 1 && x[k] < at) k += 1;
  const share = (at - x[k - 1]) / (x[k] - x[k - 1]);
  return (1 - share) * y[k - 1] + share * y[k];
}
