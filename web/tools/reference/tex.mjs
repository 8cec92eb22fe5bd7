/** The formulas of the catalogue: a line for each of their parts, so that they fit a card. */
import { formula } from '../render-tex.mjs';
import { escape } from './html.mjs';

/**
 * @param {string} tex
 * @param {number} room letters that a line has
 */
export function formulaLines(tex, room) {
  const lines = parts(tex).flatMap((part) => broken(part, room));
  return lines.map((line) => `<div class="tex">${formula(line, true)}</div>`).join('');
}

/**
 * A part that is too long, continued after the last sum that still finds room.
 * @param {string} tex
 * @param {number} room
 * @returns {string[]}
 */
function broken(tex, room) {
  if (lettersIn(tex) <= room) return [tex];
  const cut = sums(tex).filter((at) => lettersIn(tex.slice(0, at)) <= room).at(-1);
  if (cut === undefined) return [tex];
  const [sign, rest] = [tex[cut], tex.slice(cut + 1)];
  return [tex.slice(0, cut), ...broken(`\\qquad{}${sign} ${rest}`, room)];
}

const kUnseen = /\\(?:left|right|[bB]igl|[bB]igr|mathrm|text|textstyle|displaystyle|lVert|rVert)\b|\\[,;:! ]|[{}^_\s]/g;

/** Roughly what is seen of a formula. @param {string} tex */
const lettersIn = (tex) => tex.replace(kUnseen, '').replace(/\\[a-zA-Z]+|\\./g, 'x').length;

/**
 * Where a + or − joins two terms of the whole.
 * @param {string} tex
 */
function sums(tex) {
  /** @type {number[]} */
  const found = [];
  let depth = 0;
  for (const { 0: token, index } of tex.matchAll(/\\begin\b|\\end\b|\\[a-zA-Z]+|\\.|[-+(){}[\]]/g)) {
    if (/^(?:[({[]|\\begin|\\left|\\lVert)$/.test(token)) depth += 1;
    else if (/^(?:[)}\]]|\\end|\\right|\\rVert)$/.test(token)) depth -= 1;
    else if (depth === 0 && /^[-+]$/.test(token) && !/(?:^|[=(]|\\leftarrow|\{\})\s*$/.test(tex.slice(0, index))) found.push(index);
  }
  return found;
}

/**
 * Split at each `,\quad` or `,\ ` that stands in no brackets and in no environment.
 * @param {string} tex
 */
function parts(tex) {
  /** @type {string[]} */
  const found = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of tex.matchAll(/\\(?:begin|end|left|right)\b|[,;]?\s*\\q?quad\b|,\s*\\ |\\.|[(){}]/g)) {
    if (/^(?:[({]|\\begin|\\left)$/.test(token)) depth += 1;
    else if (/^(?:[)}]|\\end|\\right)$/.test(token)) depth -= 1;
    else if (depth === 0 && /quad$|^,/.test(token)) {
      found.push(tex.slice(from, index));
      from = index + token.length;
    }
  }
  return [...found, tex.slice(from)].map((part) => part.trim()).filter(Boolean);
}

/**
 * Prose of the catalogue, in which $…$ is a formula and `…` a word of the program.
 * @param {string} text
 */
export const inline = (text) => escape(text)
  .replace(/`([^`]+)`/g, '<code>$1</code>')
  .replace(/\$([^$]+)\$/g, (_, tex) => formula(tex.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&'), false));
