import { kSlots } from '../plots/theme.js';

/** @typedef {import('../types.js').Style} Style */
/** @typedef {import('../types.js').Subject} Subject */
/** @typedef {import('../types.js').Table} Table */

/**
 * What a task has found for one subject, or for one of its own cases.
 * @typedef {object} Line
 * @property {string} label
 * @property {Style} style
 * @property {number[]} x ascending; NaN alone where there is nothing to vary
 * @property {number[]} y NaN where there is no number
 * @property {number} best index of the lowest y; -1 where there is none
 */

/**
 * @typedef {object} Found
 * @property {string} title
 * @property {string} name heading of the lines
 * @property {string} xLabel
 * @property {string} yLabel
 * @property {string} status heading of the words after the numbers; '' where there are none
 * @property {string} word the one that stands beside a missing number, such as "diverged"
 * @property {Line[]} lines
 */

/**
 * The table that a task fills: its first column of numbers against its second. Subjects still to
 * come have their line already.
 * @param {Table} table
 * @param {Subject[]} subjects
 * @returns {Found}
 */
export function readResult({ title, columns, rows }, subjects) {
  const all = columns.map((_, k) => k);
  const numeric = all.filter((k) => rows.some(({ cells }) => typeof cells[k] === 'number'));
  // Before there is a row nothing tells which they are.
  const [x = -1, y = -1] = rows.length > 0 ? numeric : [1, 2];
  const name = all.find((k) => !numeric.includes(k)) ?? 0;
  const words = all.filter((k) => k > y && y >= 0 && !numeric.includes(k));
  const lost = rows.find(({ cells }) => !Number.isFinite(cells[y]));
  const isOfSubjects = rows.every(({ subject, cells }) => cells[name] === subjects[subject]?.label);
  const known = isOfSubjects ? subjects : casesOf(rows, name);
  return {
    title,
    name: columns[name]?.label ?? '',
    xLabel: columns[x]?.label ?? '',
    yLabel: columns[y]?.label ?? '',
    status: columns[words[0]]?.label ?? '',
    word: String(words.map((k) => lost?.cells[k]).find(Boolean) ?? ''),
    lines: known.map(({ label, style }, k) => {
      const points = rows
        .filter(({ subject }) => subject === k)
        .map(({ cells }) => ({ x: Number(cells[x]), y: Number(cells[y]) }));
      return { label, style, ...lineOf(points) };
    }),
  };
}

/**
 * Rows that belong to no subject of the lab: cases of the task, which dash and marker tell apart.
 * @param {Table['rows']} rows @param {number} name
 * @returns {{ label: string, style: Style }[]}
 */
function casesOf(rows, name) {
  const count = 1 + Math.max(-1, ...rows.map(({ subject }) => subject));
  return Array.from({ length: count }, (_, k) => ({
    label: String(rows.find(({ subject }) => subject === k)?.cells[name] ?? ''),
    style: { hue: 0, slot: k % kSlots, ring: false, hollow: k >= kSlots },
  }));
}

/** @param {{ x: number, y: number }[]} points */
function lineOf(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const y = sorted.map((point) => point.y);
  const best = y.reduce((least, value, k) => (value < (y[least] ?? Infinity) ? k : least), -1);
  return { x: sorted.map((point) => point.x), y, best };
}

/**
 * The x of the lowest y, with a sign where it is the end of what was tried, and a better one may
 * lie beyond.
 * @param {Line} line @param {(value: number) => string} write
 */
export function bestText({ x, best }, write) {
  if (best < 0 || Number.isNaN(x[best])) return '';
  const isEnd = x.length > 1 && (best === 0 || best === x.length - 1);
  return `${isEnd ? (best === 0 ? '≤ ' : '≥ ') : ''}${write(x[best])}`;
}

/**
 * Where a line has no number: "from 3.16", "at 2 of 25", or nothing.
 * @param {Line} line @param {(value: number) => string} write
 */
export function whereLost({ x, y }, write) {
  const lost = y.flatMap((value, k) => (Number.isFinite(value) ? [] : [k]));
  if (lost.length === 0) return '';
  if (lost.length === y.length) return y.length > 1 ? 'everywhere' : 'yes';
  const isTail = lost[0] === y.length - lost.length;
  return isTail ? `from ${write(x[lost[0]])}` : `at ${lost.length} of ${y.length}`;
}
