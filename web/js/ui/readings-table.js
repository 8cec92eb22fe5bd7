import { fill, h, uniqueId } from './dom.js';
import { numberNodes } from './number-text.js';

/** @typedef {import('../types.js').Reading} Reading */
/** @typedef {import('../types.js').Style} Style */

/** @param {number} value @param {string} className */
function numberCell(value, className) {
  const nodes = numberNodes(value);
  if (nodes.length > 0) return h('td', { class: className }, nodes);
  return h('td', { class: `${className} is-none` }, h('span', { role: 'img', 'aria-label': 'none' }, '–'));
}

/**
 * Theory beside measurement.
 * @param {{ marker: (style: Style) => Node }} options
 */
export function readingsTable({ marker }) {
  const id = uniqueId('readings');
  const body = h('tbody');
  const empty = h('p', { class: 'readings-empty' }, 'Nothing is predicted for this setting.');
  const table = h(
    'table',
    { class: 'readings', 'aria-labelledby': id },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'Quantity'),
        h('th', { scope: 'col', class: 'number' }, 'predicted'),
        h('th', { scope: 'col', class: 'number' }, 'measured'),
        h('th', { scope: 'col', class: 'number' }, 'residual'),
      ),
    ),
    body,
  );
  const scroller = h('div', { class: 'readings-scroll' }, table, empty);
  const element = h(
    'div',
    { class: 'readings-box' },
    h('h4', { class: 'part-title', id }, 'Theory beside measurement'),
    scroller,
  );
  let key = '';
  let count = -1;

  /**
   * @param {Reading[]} readings
   * @param {import('../types.js').Subject[]} subjects
   * @param {Set<number>} hidden
   */
  function update(readings, subjects, hidden) {
    const rows = readings.filter(({ subject }) => !hidden.has(subject));
    const next = JSON.stringify(
      [rows.map(Object.values), subjects.map(({ style }) => style)],
      (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value),
    );
    if (next === key) return;
    key = next;
    table.hidden = rows.length === 0;
    empty.hidden = rows.length > 0;
    // Alone, a runner needs no mark to be told from the others.
    fill(
      body,
      rows.map((row) => rowNode(row, subjects.length > 1 ? subjects[row.subject] : undefined)),
    );
    if (rows.length !== count) watchScroll();
    count = rows.length;
  }

  /** Only what scrolls should be a stop of the Tab key; asking makes the browser lay out. */
  function watchScroll() {
    if (scroller.scrollHeight > scroller.clientHeight + 1) {
      scroller.tabIndex = 0;
      scroller.setAttribute('role', 'group');
      scroller.setAttribute('aria-labelledby', id);
    } else {
      for (const name of ['tabindex', 'role', 'aria-labelledby']) scroller.removeAttribute(name);
    }
  }

  /** @param {Reading} row @param {import('../types.js').Subject | undefined} subject */
  function rowNode(row, subject) {
    const mark = subject
      ? h(
          'span',
          { class: 'row-marker' },
          marker(subject.style),
          h('span', { class: 'visually-hidden' }, `${subject.label}: `),
        )
      : null;
    return h(
      'tr',
      { title: row.assumption || undefined },
      h(
        'th',
        { scope: 'row' },
        h(
          'span',
          { class: 'row-head' },
          mark,
          h(
            'span',
            {},
            row.quantity,
            row.assumption
              ? h('span', { class: 'visually-hidden' }, `, if ${row.assumption}`)
              : null,
          ),
        ),
      ),
      numberCell(row.predicted, 'number'),
      numberCell(row.measured, 'number'),
      numberCell(row.residual, 'number residual'),
    );
  }
  return { element, update };
}
