// Functions of one number over the interval that they are made for, and what they do outside it.

import { drawAxes, placesIn } from '../../plots/axes.js';
import { CanvasPlot } from '../../plots/canvas-plot.js';
import { haloText } from '../../plots/canvas.js';
import { drawEndLabels, labelFont } from '../../plots/curve-labels.js';
import { capOf, dashOf, hueOf } from '../../plots/marks.js';
import { formatNumber, linearTicks } from '../../plots/ticks.js';

/** @import { Style } from '../../types.js' */
/** @import { Theme } from '../../plots/theme.js' */

/** @typedef {{ x: ArrayLike<number>, y: ArrayLike<number> }} Points x ascending */
/** @typedef {Points & { label: string, style: Style, dots?: Points }} FunctionCurve */
/**
 * @typedef {object} FunctionData
 * @property {string} name
 * @property {[number, number]} across what the x-axis spans
 * @property {[number, number]} up
 * @property {[number, number]} domain where the functions are meant to meet the target
 * @property {Points & { label: string }} target
 * @property {FunctionCurve[]} curves
 * @property {(Points & { chosen: number }) | null} handles points of the target that can be moved
 */

const kLeft = 40;
const kFoot = 22;
const kTop = 10;
const kTarget = 7;

/** Where x stands on a canvas of this width: the same for every plot of one column. @param {number} width */
export function functionMargins(width) {
  return { left: kLeft, right: width - Math.min(132, 0.27 * width) };
}

export class FunctionPlot extends CanvasPlot {
  /** @type {FunctionData | null} */
  #data = null;

  /** @param {FunctionData} data */
  update(data) {
    this.#data = data;
    this.changed();
  }

  /** From CSS pixels inside the canvas. @param {number} px @param {number} py @returns {[number, number]} */
  toData(px, py) {
    const { across: [x0, x1] = [0, 1], up: [y0, y1] = [0, 1] } = this.#data ?? {};
    const { left, right } = functionMargins(this.width);
    const bottom = this.height - kFoot;
    return [x0 + ((px - left) / (right - left)) * (x1 - x0), y0 + ((bottom - py) / (bottom - kTop)) * (y1 - y0)];
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    const data = this.#data;
    if (!data) return;
    const { across, up, domain } = data;
    const room = { ...functionMargins(this.width), top: kTop, bottom: this.height - kFoot };
    const { left, right, bottom } = room;
    const places = placesIn(room, across, up);
    const { px, py } = places;
    ctx.fillStyle = theme.sunken;
    ctx.fillRect(left, kTop, px(domain[0]) - left, bottom - kTop);
    ctx.fillRect(px(domain[1]), kTop, right - px(domain[1]), bottom - kTop);
    drawAxes(ctx, theme, room, places, {
      across: linearTicks(...across, Math.max(2, (right - left) / 64)), up: linearTicks(...up, Math.max(2, this.height / 60)),
    });
    ctx.strokeStyle = theme.outline;
    for (const x of domain) {
      ctx.beginPath();
      ctx.moveTo(px(x), kTop);
      ctx.lineTo(px(x), bottom);
      ctx.stroke();
    }

    ctx.save();
    ctx.beginPath();
    ctx.rect(left, kTop, right - left, bottom - kTop);
    ctx.clip();
    ctx.lineJoin = ctx.lineCap = 'round';
    /** @type {(points: Points) => Path2D} */
    const path = ({ x, y }) => {
      const line = new Path2D();
      let isDown = false;
      for (let i = 0; i < x.length; i++) {
        const isNumber = Number.isFinite(y[i]);
        // Far outside what is seen, a canvas would lose its precision.
        const at = isNumber ? Math.max(-1e4, Math.min(1e4, py(y[i]))) : 0;
        if (isNumber && isDown) line.lineTo(px(x[i]), at);
        else if (isNumber) line.moveTo(px(x[i]), at);
        isDown = isNumber;
      }
      return line;
    };
    ctx.lineWidth = kTarget;
    ctx.strokeStyle = theme.outline;
    ctx.globalAlpha = 0.55;
    ctx.stroke(path(data.target));
    ctx.globalAlpha = 1;
    for (const curve of [...data.curves].reverse()) {
      const line = path(curve);
      ctx.setLineDash([]);
      ctx.lineWidth = theme.pathWidth + 2;
      ctx.strokeStyle = theme.halo;
      ctx.stroke(line);
      const dash = dashOf(theme, curve.style);
      ctx.setLineDash(dash);
      ctx.lineCap = capOf(dash);
      ctx.lineWidth = theme.pathWidth;
      ctx.strokeStyle = ctx.fillStyle = hueOf(theme, curve.style);
      ctx.stroke(line);
      ctx.setLineDash([]);
      const { x: dotsX = [], y: dotsY = [] } = curve.dots ?? {};
      for (let i = 0; i < dotsX.length; i++) dot(ctx, theme, px(dotsX[i]), py(dotsY[i]), 2.75);
    }
    ctx.restore();
    this.#drawHandles(ctx, theme, data, px, py);

    ctx.save();
    const within = (/** @type {number} */ y) => Math.max(kTop + 6, Math.min(bottom - 6, y));
    const ends = [{ ...data.target, colour: theme.ink2 }, ...data.curves.map((curve) => ({ ...curve, colour: hueOf(theme, curve.style) }))]
      .flatMap(({ label, colour, y }) => {
        const last = y[y.length - 1];
        return Number.isFinite(last) ? [{ label, colour, x: right, y: within(py(last)) }] : [];
      });
    drawEndLabels(ctx, theme, ends, { top: kTop, bottom, widest: this.width - right - 20 });
    ctx.restore();
  }

  /** @type {(ctx: CanvasRenderingContext2D, theme: Theme, data: FunctionData, px: (x: number) => number, py: (y: number) => number) => void} */
  #drawHandles(ctx, theme, { handles }, px, py) {
    if (!handles) return;
    const { x, y, chosen } = handles;
    for (let i = 0; i < x.length; i++) {
      ctx.fillStyle = theme.accent;
      dot(ctx, theme, px(x[i]), py(y[i]), i === chosen ? 7 : 4.5);
    }
    if (!(chosen >= 0)) return;
    labelFont(ctx, theme);
    ctx.textAlign = 'center';
    ctx.textBaseline = 'bottom';
    haloText(ctx, formatNumber(y[chosen], 3), px(x[chosen]), py(y[chosen]) - 9, theme.halo, theme.accent);
  }

  /** @override */
  numbers() {
    const { name = '', across = [0, 1], target = null, curves = [] } = this.#data ?? {};
    const count = 13;
    const all = target ? [target, ...curves] : [];
    return {
      caption: name,
      columns: ['x', ...all.map(({ label }) => label)],
      rows: Array.from({ length: count }, (_, k) => {
        const x = across[0] + ((across[1] - across[0]) * k) / (count - 1);
        return [formatNumber(x, 3), ...all.map((points) => formatNumber(valueAt(points, x)))];
      }),
    };
  }
}

/** @type {(ctx: CanvasRenderingContext2D, theme: Theme, x: number, y: number, radius: number) => void} */
function dot(ctx, theme, x, y, radius) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = theme.halo;
  ctx.stroke();
  ctx.fill();
}

/** Straight between its points. @param {Points} points @param {number} at */
function valueAt({ x, y }, at) {
  if (!x.length || at < x[0] - 1e-9 || at > x[x.length - 1] + 1e-9) return NaN;
  let i = 1;
  while (i < x.length - 1 && x[i] < at) i++;
  const share = (at - x[i - 1]) / (x[i] - x[i - 1]);
  return y[i - 1] + share * (y[i] - y[i - 1]);
}
