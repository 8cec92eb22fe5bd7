// Names at the ends of the lines, pushed apart, each with a leader to its end.

import { haloText } from './canvas.js';
import { shortNames } from './short-names.js';

/** @import { Theme } from './theme.js' */

/** @typedef {{ label: string, colour: string, x: number, y: number }} End px; where a line ends */
/** @typedef {{ end: End, text: string, x: number, y: number, width: number }} Placed */

/** From a line's end to its label. */
export const kLabelGap = 18;
const kLine = 18;

/** @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
export function labelFont(ctx, theme) {
  ctx.font = `600 ${theme.labelSize}px ${theme.fontUi}`;
}

/**
 * @param {CanvasRenderingContext2D} ctx @param {Theme} theme @param {End[]} ends
 * @param {{ top: number, bottom: number, widest: number }} room px
 */
export function drawEndLabels(ctx, theme, ends, { top, bottom, widest }) {
  labelFont(ctx, theme);
  const texts = shortNames(ends.map(({ label }) => label), (text) => ctx.measureText(text).width <= widest);
  const placed = ends.map((end, k) => (
    { end, text: texts[k], x: end.x + kLabelGap, y: end.y, width: ctx.measureText(texts[k]).width }
  ));
  for (const group of groupByColumn(placed)) pushApart(group, top, bottom);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const { end, text, x, y } of placed) {
    ctx.setLineDash([]);
    ctx.lineWidth = 1.25;
    ctx.strokeStyle = end.colour;
    ctx.globalAlpha = 0.6;
    ctx.beginPath();
    ctx.moveTo(end.x + 6, end.y);
    ctx.lineTo(x - 4, y);
    ctx.stroke();
    ctx.globalAlpha = 1;
    haloText(ctx, text, x, y, theme.halo, end.colour);
  }
}

/**
 * Labels that could meet if they were at one height.
 * @param {Placed[]} labels @returns {Placed[][]}
 */
function groupByColumn(labels) {
  /** @type {Placed[][]} */
  const groups = [];
  let right = -Infinity;
  for (const label of [...labels].sort((a, b) => a.x - b.x)) {
    if (label.x > right + 4) groups.push([]);
    groups[groups.length - 1].push(label);
    right = Math.max(right, label.x + label.width);
  }
  return groups;
}

/**
 * Moves labels of one group as little as needed: those that meet form a block around their mean.
 * @param {Placed[]} group @param {number} top @param {number} bottom
 */
function pushApart(group, top, bottom) {
  group.sort((a, b) => a.y - b.y);
  const line = Math.min(kLine, (bottom - top) / group.length);
  /** @type {{ middle: number, members: Placed[] }[]} */
  const blocks = [];
  for (const label of group) {
    let block = { middle: label.end.y, members: [label] };
    for (;;) {
      const half = (block.members.length * line) / 2;
      const lowest = Math.max(top + half, bottom - half);
      block.middle = Math.min(Math.max(block.middle, top + half), lowest);
      const above = blocks[blocks.length - 1];
      if (!above || above.middle + (above.members.length * line) / 2 <= block.middle - half) break;
      blocks.pop();
      const members = [...above.members, ...block.members];
      block = { middle: members.reduce((sum, m) => sum + m.end.y, 0) / members.length, members };
    }
    blocks.push(block);
  }
  for (const { middle, members } of blocks) {
    members.forEach((label, i) => (label.y = middle + (i - (members.length - 1) / 2) * line));
  }
}
