import { fill, h, setAttribute, setText, uniqueId } from '../widgets/dom.js';
import { icon } from '../widgets/icons.js';
import { numberNodes } from '../widgets/number-text.js';
import { claimInWords, verdictNodes, verdictsInWords } from './verdict.js';

/** @typedef {import('../types.js').Reading} Reading */
/** @typedef {import('../types.js').Style} Style */

/** Before a bound. @type {Record<string, string>} */
const signs = { 'at most': '≤', 'at least': '≥' };

/**
 * Theory beside measurement, and whether it holds. A row opens to what it assumes. Roles are spelt
 * out, since a narrow table is not laid out as one.
 * @param {{ marker: (style: Style) => Node }} options
 */
export function readingsTable({ marker }) {
  const id = uniqueId('readings');
  const body = h('tbody', { role: 'rowgroup' });
  const heading = (/** @type {string} */ word, /** @type {string} */ className) =>
    h('th', { scope: 'col', role: 'columnheader', class: className }, word);
  const empty = h('p', { class: 'readings-empty' }, 'Nothing is predicted for this setting.');
  const sum = h('span', { class: 'readings-sum' });
  const words = [heading('Quantity', ''), ...['theory', 'measured', 'verdict'].map((word) => heading(word, 'number'))];
  const table = h(
    'table',
    { class: 'readings', role: 'table', 'aria-labelledby': id },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, words)),
    body,
  );
  const element = h(
    'div',
    { class: 'readings-box' },
    h('div', { class: 'readings-head' }, h('h4', { class: 'part-title', id }, 'Theory beside measurement'), sum),
    table,
    empty,
  );
  /** Those shown, by subject and quantity. @type {Map<string, ReturnType<typeof readingRow>>} */
  let shown = new Map();

  /**
   * @param {Reading[]} readings
   * @param {import('../types.js').Subject[]} subjects
   * @param {Set<number>} hidden
   * @param {import('../types.js').Shown[]} claims of the preset, once its run is finished
   */
  function update(readings, subjects, hidden, claims) {

    const rows = readings.filter(({ subject }) => !hidden.has(subject));
    table.hidden = rows.length === 0;
    empty.hidden = rows.length > 0;
    setText(sum, [verdictsInWords(rows), claimInWords(claims)].filter(Boolean).join(' · '));
    setAttribute(sum, 'title', claims.map(({ text }) => text).join('; '));
    /** @type {typeof shown} */
    const next = new Map();
    for (const row of rows) {
      // Alone, a runner needs no mark to be told from the others.
      const subject = subjects.length > 1 ? subjects[row.subject] : undefined;
      const key = JSON.stringify([row.subject, row.quantity, subject?.label, subject?.style]);
      const node = shown.get(key) ?? readingRow(row, subject, marker);
      node.update(row);
      next.set(key, node);
    }
    const isSame = [...next.keys()].join() === [...shown.keys()].join();
    shown = next;
    // A row that stays keeps its focus.
    if (!isSame) fill(body, [...next.values()].flatMap(({ nodes }) => nodes));
  }
  return { element, update };
}

/**
 * @param {Reading} reading
 * @param {import('../types.js').Subject | undefined} subject
 * @param {(style: Style) => Node} marker
 */
function readingRow({ quantity }, subject, marker) {
  const why = h('td', { role: 'cell', colspan: 4 });
  const more = h('tr', { role: 'row', class: 'reading-why', hidden: true, id: uniqueId('why') }, why);
  const button = h(
    'button',
    { type: 'button', class: 'reading-open', 'aria-expanded': 'false', 'aria-controls': more.id, onclick: toggle },
    quantity,
  );
  const mark = subject
    ? h('span', { class: 'row-marker' }, marker(subject.style), h('span', { class: 'visually-hidden' }, `${subject.label}: `))
    : null;
  const [theory, measured, verdict] = ['theory', 'measured', 'verdict'].map((word) =>
    h('td', { class: `number ${word}`, role: 'cell', 'data-word': word }));
  const row = h(
    'tr',
    { role: 'row', class: mark ? 'has-marker' : undefined, onclick: (/** @type {MouseEvent} */ event) => event.target !== button && toggle() },
    h('th', { scope: 'row', role: 'rowheader' }, h('span', { class: 'row-head' }, mark, button)),
    theory,
    measured,
    verdict,
  );
  for (const node of mark ? [more] : []) node.classList.add('has-marker');
  let key = '';

  function toggle() {
    more.hidden = !more.hidden;
    setAttribute(button, 'aria-expanded', !more.hidden);
  }

  /** @param {Reading} reading */
  function update(reading) {
    const next = Object.values(reading).join('\n');
    if (next === key) return;
    key = next;
    setText(why, reading.pending ? `Not judged: ${reading.pending}. ${capitalised(reading.assumption)}` : capitalised(reading.assumption));
    const sign = reading.source || signs[reading.relation];
    theory.dataset.word = reading.source || 'theory';
    fill(theory, sign ? h('span', { class: reading.source ? 'reading-source' : 'reading-sign' }, `${sign} `) : null, valueNodes(reading.predicted));
    fill(measured, valueNodes(reading.measured));
    row.classList.toggle('is-pending', reading.verdict === 'not judged');
    row.classList.toggle('is-broken', reading.verdict === 'broken');
    fill(verdict, verdictNodes(reading, icon));
  }
  return { nodes: [row, more], update };
}

/** @param {string} text */
const capitalised = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** @param {number} value @returns {(Node | string)[]} */
function valueNodes(value) {
  const nodes = numberNodes(value);
  return nodes.length > 0 ? nodes : [h('span', { class: 'is-none', role: 'img', 'aria-label': 'none' }, '–')];
}
