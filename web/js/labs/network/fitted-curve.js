// A network of one input: what it gives over its axis, with the examples it learns from.

import { drawAxes, placesIn } from '../../plots/axes.js';
import { CanvasPlot } from '../../plots/canvas-plot.js';
import { drawExamples, plainStyle } from '../../plots/class-style.js';
import { hueOf } from '../../plots/marks.js';
import { formatNumber, linearTicks } from '../../plots/ticks.js';

/** @import { Examples } from '../../plots/plots.js' */
/** @import { Style } from '../../types.js' */
/** @import { Theme } from '../../plots/theme.js' */

/**
 * @typedef {object} FittedData
 * @property {string} name
 * @property {[number, number]} across what the x-axis spans
 * @property {[number, number]} up what the y-axis spans at least
 * @property {{ label: string, style: Style, values: Float64Array }[]} curves evenly over the x-axis,
 *   the selected one first
 * @property {Examples | null} examples
 */

const kLeft = 36;
const kFoot = 22;

export class FittedCurve extends CanvasPlot {
  /** @type {FittedData | null} */
  #data = null;

  /** @param {FittedData} data */
  update(data) {
    this.#data = data;
    this.changed();
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    const data = this.#data;
    if (!data) return;
    const [x0, x1] = data.across;
    const room = { left: kLeft, right: this.width - 8, top: 8, bottom: this.height - kFoot };
    const { right, bottom } = room;
    const places = placesIn(room, data.across, data.up);
    const { px, py } = places;
    drawAxes(ctx, theme, room, places, {
      across: linearTicks(x0, x1, Math.max(2, this.width / 80)), up: linearTicks(...data.up, Math.max(2, this.height / 60)),
    });
    ctx.save();
    ctx.beginPath();
    ctx.rect(kLeft, 0, right - kLeft + 8, bottom + 2);
    ctx.clip();
    ctx.lineJoin = 'round';
    for (const { style, values } of [...data.curves].reverse()) {
      const line = new Path2D();
      values.forEach((y, i) => {
        if (Number.isFinite(y)) line.lineTo(px(x0 + ((x1 - x0) * i) / (values.length - 1)), py(y));
      });
      const isFirst = values === data.curves[0].values;
      ctx.lineWidth = theme.pathWidth + 2;
      ctx.strokeStyle = theme.halo;
      ctx.stroke(line);
      ctx.lineWidth = isFirst ? theme.pathWidth : 1.25;
      ctx.strokeStyle = hueOf(theme, style);
      ctx.stroke(line);
    }
    if (data.examples) {
      const { x, y, held } = data.examples;
      drawExamples(ctx, theme, {
        count: x.length, x: (i) => px(x[i]), y: (i) => py(y[i]),
        label: () => 0, isHeld: (i) => held[i] > 0, styleOf: (_, hollow) => plainStyle(hollow), radius: 3,
      });
    }
    ctx.restore();
  }

  /** @override */
  numbers() {
    const { name = '', across = [0, 1], curves = [] } = this.#data ?? {};
    const count = 9;
    return {
      caption: name,
      columns: ['x', ...curves.map(({ label }) => label)],
      rows: Array.from({ length: count }, (_, k) => [
        formatNumber(across[0] + ((across[1] - across[0]) * k) / (count - 1), 3),
        ...curves.map(({ values }) => formatNumber(values[Math.round((k * (values.length - 1)) / (count - 1))] ?? NaN)),
      ]),
    };
  }
}
