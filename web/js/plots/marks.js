// What identifies a runner: hue the family, dash and marker the member, ring a decorator,
// hollow a copy.

import { kDashed, kHues, kSlots, readTheme } from './theme.js';

/** @import { Style } from '../types' */
/** @import { Theme } from './theme.js' */

/** @type {Map<string, Path2D>} */
const markerPaths = new Map();

/** @type {(n: number, count: number) => number} */
const wrap = (n, count) => ((Math.trunc(n) % count) + count) % count || 0;

/** A hue that no family has: the ink of notes. */
const kNote = -1;
/** What theory says belongs to nobody. @type {Style} */
export const theoryStyle = { hue: kNote, slot: kDashed, ring: false, hollow: false };

/** @param {Theme} theme @param {Style} style @returns {string} */
export const hueOf = (theme, { hue }) => (hue === kNote ? theme.ink3 : theme.hues[wrap(hue, kHues)]);

/** Lengths on and off; empty for a solid line. @param {Theme} theme @param {Style} style */
export const dashOf = (theme, style) => theme.dashes[wrap(style.slot, kSlots)];

/**
 * A dot is a dash of almost no length: it shows only with round ends.
 * @param {number[]} dash @returns {'round' | 'butt'}
 */
export const capOf = (dash) => (dash.some((length) => length < 1) ? 'round' : 'butt');

/** Unit radius. @param {Theme} theme @param {Style} style @returns {Path2D} */
export function markerOf(theme, style) {
  const text = theme.markers[wrap(style.slot, kSlots)];
  let path = markerPaths.get(text);
  if (!path) markerPaths.set(text, (path = new Path2D(text)));
  return path;
}

/**
 * A marker with an outline in the halo's colour, so that it stands off whatever lies beneath.
 * @param {CanvasRenderingContext2D} ctx @param {Theme} theme @param {Style} style
 * @param {number} x @param {number} y @param {number} radius px
 * @param {number} [halo] px around the marker
 */
export function drawMarker(ctx, theme, style, x, y, radius, halo = 2) {
  const path = markerOf(theme, style);
  const hue = hueOf(theme, style);
  ctx.save();
  ctx.translate(x, y);
  ctx.setLineDash([]);
  ctx.lineJoin = 'round';
  if (style.ring) {
    ctx.beginPath();
    ctx.arc(0, 0, radius * 1.6, 0, 2 * Math.PI);
    strokeTwice(ctx, theme.halo, radius * 0.28 + 2 * halo, hue, radius * 0.28);
  }
  ctx.scale(radius, radius);
  if (halo > 0) {
    ctx.lineWidth = (2 * halo) / radius;
    ctx.strokeStyle = theme.halo;
    ctx.stroke(path);
  }
  ctx.fillStyle = hue;
  ctx.fill(path);
  if (style.hollow) {
    ctx.scale(0.6, 0.6);
    ctx.fillStyle = theme.paper;
    ctx.fill(path);
  }
  ctx.restore();
}

/**
 * @type {(ctx: CanvasRenderingContext2D, under: string, wide: number, over: string, thin: number)
 *   => void}
 */
function strokeTwice(ctx, under, wide, over, thin) {
  ctx.strokeStyle = under;
  ctx.lineWidth = wide;
  ctx.stroke();
  ctx.strokeStyle = over;
  ctx.lineWidth = thin;
  ctx.stroke();
}

const kSvg = 'http://www.w3.org/2000/svg';

/** @type {(name: string, attributes: Record<string, string | number>) => SVGElement} */
function svg(name, attributes) {
  const element = document.createElementNS(kSvg, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/**
 * A line with its dash and the marker in the middle, 40 × 16; it follows the theme by itself.
 * @param {Style} style
 * @param {Theme} [theme] for other dashes and markers than the page's
 * @returns {SVGElement}
 */
export function swatchSvg(style, theme = readTheme(document.documentElement)) {
  const hue = `var(--descent-hue-${wrap(style.hue, kHues)}, currentColor)`;
  const dash = dashOf(theme, style);
  const gap = style.ring ? 7.5 : 6;
  const radius = style.ring ? 4 : 5.25;
  const line = (/** @type {number} */ from, /** @type {number} */ to) =>
    svg('path', {
      d: `M${from} 8H${to}`, fill: 'none', stroke: hue, 'stroke-width': 2.25,
      'stroke-dasharray': dash.join(' ') || 'none', 'stroke-linecap': capOf(dash),
    });
  const marker = (/** @type {number} */ size, /** @type {string} */ fill) =>
    svg('path', {
      d: theme.markers[wrap(style.slot, kSlots)], fill, transform: `translate(20 8)scale(${size})`,
    });
  const swatch = svg('svg', {
    class: 'descent-swatch', viewBox: '0 0 40 16', width: 40, height: 16, 'aria-hidden': 'true',
    focusable: 'false',
  });
  // Both halves start at the outer end, so that the swatch is symmetric whatever the dash.
  swatch.append(line(1.5, 20 - gap), line(38.5, 20 + gap), marker(radius, hue));
  if (style.hollow) swatch.append(marker(0.6 * radius, 'var(--descent-paper, Canvas)'));
  if (style.ring) {
    swatch.append(
      svg('circle', { cx: 20, cy: 8, r: 6.6, fill: 'none', stroke: hue, 'stroke-width': 1.4 }));
  }
  return swatch;
}
