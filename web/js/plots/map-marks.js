// The small signs on a map.

import { haloText } from './canvas.js';
import { hueOf } from './marks.js';

/** @import { Style } from '../types' */
/** @import { MapArrow, MapEllipse } from './plots.js' */
/** @import { Theme } from './theme.js' */
/** @import { View } from './view.js' */

/** @typedef {CanvasRenderingContext2D} Context */

const kShortestArrow = 14;
const kLongestArrow = 90;

/** @type {(ctx: Context, theme: Theme, path: Path2D, width: number, colour: string) => void} */
function strokeCased(ctx, theme, path, width, colour) {
  ctx.setLineDash([]);
  ctx.lineCap = ctx.lineJoin = 'round';
  ctx.strokeStyle = theme.halo;
  ctx.lineWidth = width + 2.5;
  ctx.stroke(path);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke(path);
}

/** Ring with dot. @type {(ctx: Context, theme: Theme, x: number, y: number) => void} */
export function drawStart(ctx, theme, x, y) {
  ctx.setLineDash([]);
  for (const [radius, colour] of /** @type {[number, string][]} */ ([
    [9, theme.halo], [7.5, theme.ink], [5.4, theme.paper], [2, theme.ink],
  ])) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
  }
}

/** A plus. @type {(ctx: Context, theme: Theme, x: number, y: number) => void} */
export function drawMinimum(ctx, theme, x, y) {
  const plus = new Path2D(`M${x - 4.5} ${y}h9M${x} ${y - 4.5}v9`);
  strokeCased(ctx, theme, plus, 1.5, theme.ink);
}

/**
 * A small cross.
 * @type {(ctx: Context, theme: Theme, style: Style, x: number, y: number) => void}
 */
export function drawCross(ctx, theme, style, x, y) {
  const cross = new Path2D(`M${x - 3} ${y - 3}l6 6M${x - 3} ${y + 3}l6-6`);
  strokeCased(ctx, theme, cross, 1.5, hueOf(theme, style));
}

/**
 * Says that a path went on beyond the edge.
 * @type {(ctx: Context, theme: Theme, style: Style, x: number, y: number, angle: number) => void}
 */
export function drawChevron(ctx, theme, style, x, y, angle) {
  const point = (/** @type {number} */ along, /** @type {number} */ across) =>
    `${x + along * Math.cos(angle) - across * Math.sin(angle)} ` +
    `${y + along * Math.sin(angle) + across * Math.cos(angle)}`;
  const chevron = new Path2D(`M${point(-3, -7)}L${point(4, 0)}L${point(-3, 7)}`);
  strokeCased(ctx, theme, chevron, 3, hueOf(theme, style));
}

/**
 * An arrow as drawn: its length is kept between what can be seen and what does not cover the map.
 * @param {MapArrow} arrow @param {View} view
 * @returns {{ x: number, y: number, dx: number, dy: number,
 *   change: '' | 'longer' | 'shorter' } | null} null where there is no direction
 */
export function arrowInPixels({ from, vector }, view) {
  const x = view.px(from[0]);
  const y = view.py(from[1]);
  // Divided by its size first: the length of a gradient of 1e200 overflows.
  const size = Math.max(Math.abs(vector[0]), Math.abs(vector[1]));
  const length = size * Math.hypot(vector[0] / size, vector[1] / size) * view.scale;
  if (!(size > 0) || !Number.isFinite(x + y + size)) return null;
  const longest = Math.min(kLongestArrow, 0.25 * Math.min(view.width, view.height));
  const drawn = Math.max(Math.min(kShortestArrow, longest), Math.min(longest, length));
  const unit = Math.hypot(vector[0] / size, vector[1] / size);
  return {
    x, y, dx: (drawn * vector[0]) / size / unit, dy: (-drawn * vector[1]) / size / unit,
    change: drawn < length ? 'shorter' : drawn > length ? 'longer' : '',
  };
}

/** @param {Context} ctx @param {Theme} theme @param {MapArrow} arrow @param {View} view */
export function drawArrow(ctx, theme, arrow, view) {
  const shaft = arrowInPixels(arrow, view);
  if (!shaft) return;
  const { x, y, dx, dy } = shaft;
  const length = Math.hypot(dx, dy);
  const [ux, uy] = [(5 * dx) / length, (5 * dy) / length];
  const path = new Path2D(
    `M${x} ${y}l${dx} ${dy}m${-ux - 0.6 * uy} ${-uy + 0.6 * ux}l${ux + 0.6 * uy} ${uy - 0.6 * ux}` +
    `l${-ux + 0.6 * uy} ${-uy - 0.6 * ux}`);
  const probe = arrow.kind === 'probe';
  const colour = probe ? hueOf(theme, arrow.style) : theme.ink3;
  strokeCased(ctx, theme, path, probe ? 1.75 : 1.25, colour);
}

/**
 * { c + u : uᵀ H u = level }: half axes √(level / λ) along the eigenvectors. Nothing is drawn where
 * H is not positive definite, since then the set is no ellipse.
 * @param {Context} ctx @param {Theme} theme @param {MapEllipse} ellipse @param {View} view
 */
export function drawEllipse(ctx, theme, { style, centre, hessian: [a, b, d], level }, view) {
  const mean = (a + d) / 2;
  const half = Math.hypot((a - d) / 2, b);
  const [long, short] = [mean - half, mean + half].map((l) => Math.sqrt(level / l) * view.scale);
  const x = view.px(centre[0]);
  const y = view.py(centre[1]);
  if (!(long < 1e4 && short > 0) || !Number.isFinite(x + y)) return;
  const angle = 0.5 * Math.atan2(2 * b, a - d) + Math.PI / 2;
  ctx.beginPath();
  ctx.ellipse(x, y, long, short, -angle, 0, 2 * Math.PI);
  ctx.setLineDash([4, 3]);
  ctx.lineCap = 'butt';
  ctx.lineWidth = 1;
  ctx.strokeStyle = hueOf(theme, style);
  ctx.stroke();
}

/** @typedef {{ x: number, y: number, text: string, colour: string, bold: boolean }} PlacedText */

/** @type {(ctx: Context, theme: Theme, bold: boolean) => string} */
export const mapFont = (ctx, theme, bold) =>
  (ctx.font = `${bold ? 600 : 400} ${theme.labelSize - (bold ? 0 : 1)}px ${theme.fontUi}`);

/** @type {(ctx: Context, theme: Theme, label: PlacedText) => void} */
export function drawText(ctx, theme, { x, y, text, colour, bold }) {
  mapFont(ctx, theme, bold);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  haloText(ctx, text, x, y, theme.halo, colour);
}
