// One frame of a map over its ground: paths, heads, arrows, labels.

import { drawArrow, drawChevron, drawCross, drawEllipse, drawMinimum, drawStart, drawText, mapFont,
  arrowInPixels } from './map-marks.js';
import { markerRows, trackOf } from './map-path.js';
import { capOf, dashOf, drawMarker, hueOf } from './marks.js';
import { isInside } from './view.js';

/** @import { MapData } from './plots.js' */
/** @import { Anchor, LabelPlacer, Wish } from './label-placer.js' */
/** @import { Track } from './map-path.js' */
/** @import { Theme } from './theme.js' */
/** @import { View } from './view.js' */

const kHead = 6.5;
const kSmall = 3.5;
const kLine = 18;

/**
 * @param {CanvasRenderingContext2D} ctx with CSS pixels as unit
 * @param {MapData} data @param {View} view @param {Theme} theme @param {LabelPlacer} placer
 */
export function drawFrame(ctx, data, view, theme, placer) {
  const tracks = data.paths.map((path) => trackOf(path, data.step, view));
  for (const ellipse of data.ellipses) drawEllipse(ctx, theme, ellipse, view);
  for (const [x, y] of data.minima) drawMinimum(ctx, theme, view.px(x), view.py(y));
  // The first runner is drawn last, on top.
  for (let i = tracks.length - 1; i >= 0; i--) drawTrack(ctx, theme, data, i, tracks[i], view);
  for (const { style, points } of data.points) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [x, y] = [view.px(points[i]), view.py(points[i + 1])];
      if (isInside(view, x, y)) drawCross(ctx, theme, style, x, y);
    }
  }
  for (const arrow of data.arrows) drawArrow(ctx, theme, arrow, view);
  const start = data.start && { x: view.px(data.start[0]), y: view.py(data.start[1]) };
  // At first all heads stand on the start, and would hide it.
  const under = data.step === 0;
  if (start && !under) drawStart(ctx, theme, start.x, start.y);
  for (let i = tracks.length - 1; i >= 0; i--) drawHead(ctx, theme, data, i, tracks[i]);
  if (start && under) drawStart(ctx, theme, start.x, start.y);
  drawLabels(ctx, data, tracks, view, theme, placer);
}

/**
 * @type {(ctx: CanvasRenderingContext2D, theme: Theme, data: MapData, i: number, track: Track,
 *   view: View) => void}
 */
function drawTrack(ctx, theme, data, i, track, view) {
  if (track.last < 0) return;
  const { style } = data.paths[i];
  ctx.lineJoin = 'round';
  ctx.lineCap = 'round';
  ctx.setLineDash([]);
  ctx.strokeStyle = theme.halo;
  ctx.lineWidth = theme.haloWidth;
  ctx.stroke(track.line);
  const dash = dashOf(theme, style);
  ctx.setLineDash(dash);
  ctx.lineCap = capOf(dash);
  ctx.strokeStyle = hueOf(theme, style);
  ctx.lineWidth = theme.pathWidth;
  ctx.stroke(track.line);
  for (const row of markerRows(track, view)) {
    drawMarker(ctx, theme, style, track.xs[row], track.ys[row], kSmall, 1);
  }
}

/**
 * @type {(ctx: CanvasRenderingContext2D, theme: Theme, data: MapData, i: number, track: Track) =>
 *   void}
 */
function drawHead(ctx, theme, data, i, { last, outside, headX, headY, angle }) {
  const { style } = data.paths[i];
  if (last < 0) return;
  if (outside) drawChevron(ctx, theme, style, headX, headY, angle);
  else drawMarker(ctx, theme, style, headX, headY, kHead, 2);
}

/**
 * @type {(ctx: CanvasRenderingContext2D, data: MapData, tracks: Track[], view: View, theme: Theme,
 *   placer: LabelPlacer) => void}
 */
function drawLabels(ctx, data, tracks, view, theme, placer) {
  placer.begin(view.width, view.height);
  const block = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) =>
    placer.block({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });
  for (const track of tracks) {
    if (track.last >= 0) block(track.headX, track.headY, kHead + 2);
    placer.cover(track.xs, track.ys);
  }
  for (const [x, y] of data.minima) block(view.px(x), view.py(y), 7);
  // Ticks stand along the left and the lower edge.
  for (const inset of [10, 18]) {
    placer.cover([0, view.width], [view.height - inset, view.height - inset]);
    placer.cover([inset, inset], [0, view.height]);
  }
  const shafts = data.arrows.map((arrow) => arrowInPixels(arrow, view));
  for (const shaft of shafts) {
    if (shaft) placer.cover([shaft.x, shaft.x + shaft.dx], [shaft.y, shaft.y + shaft.dy]);
  }

  /** @type {Wish[]} */
  const wishes = [];
  /** @type {{ text: string, colour: string, bold: boolean }[]} */
  const texts = [];
  /**
   * @type {(text: string, colour: string, bold: boolean, wish: Omit<Wish, 'width' | 'height'>) =>
   *   void}
   */
  const want = (text, colour, bold, wish) => {
    mapFont(ctx, theme, bold);
    wishes.push({ ...wish, width: ctx.measureText(text).width + 6, height: kLine });
    texts.push({ text, colour, bold });
  };

  if (data.start) {
    const [x, y] = [view.px(data.start[0]), view.py(data.start[1])];
    block(x, y, 9);
    want('start', theme.ink, false, fixed('start', x, y, 11));
  }
  data.paths.forEach(({ label, style }, i) => {
    const track = tracks[i];
    if (track.last < 0 || !label) return;
    want(label, hueOf(theme, style), true, {
      id: `${i} ${label}`,
      anchors: anchorsOf(track, view),
      // Not for ever where it stood in the first steps, when all of them were near the start.
      recall: (id) => (Number(id) < 0.15 * track.last ? null : anchorOf(track, id, view)),
    });
  });
  data.arrows.forEach((arrow, i) => {
    const shaft = shafts[i];
    if (!shaft || !arrow.label || arrow.kind !== 'probe') return;
    want(arrow.label, hueOf(theme, arrow.style), false,
      fixed(`arrow ${i}`, shaft.x + shaft.dx, shaft.y + shaft.dy, 5));
  });

  placer.place(wishes).forEach((box, i) => {
    if (!box) return;
    drawText(ctx, theme, { ...texts[i], x: box.x + 3, y: box.y + kLine / 2 });
  });
}

/** @type {(id: string, x: number, y: number, gap: number) => Omit<Wish, 'width' | 'height'>} */
function fixed(id, x, y, gap) {
  const anchor = { id, x, y, gap };
  return { id, anchors: [anchor], recall: () => anchor };
}

/** The head, and three places on the way. @type {(track: Track, view: View) => Anchor[]} */
function anchorsOf(track, view) {
  const ids = ['head', ...[0.5, 0.75, 0.25].map((t) => `${Math.round(t * track.last)}`)];
  return ids.flatMap((id) => anchorOf(track, id, view) ?? []);
}

/** @type {(track: Track, id: string, view: View) => Anchor | null} */
function anchorOf({ xs, ys, last, headX, headY }, id, view) {
  if (id === 'head') return { id, x: headX, y: headY, gap: kHead + 4 };
  const row = Number(id);
  if (row > last || !isInside(view, xs[row], ys[row])) return null;
  return { id, x: xs[row], y: ys[row], gap: 7 };
}
