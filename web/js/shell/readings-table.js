import { fill, h, uniqueId } from '../widgets/dom.js';
import { numberNodes } from '../widgets/number-text.js';

/** @typedef {import('../types.js').Reading} Reading */
/** @typedef {import('../types.js').Style} Style */

/** @param {'predicted' | 'measured' | 'residual'} word @param {number} value */
function numberCell(word, value) {
  const nodes = numberNodes(value);
  const attributes = { class: `number ${word}`, role: 'cell', 'data-word': word };
  if (nodes.length > 0) return h('td', attributes, nodes);
  attributes.class += ' is-none';
  return h('td', attributes, h('span', { role: 'img', 'aria-label': 'none' }, '–'));
}

/**
 * Theory beside measurement. Its roles are spelt out, since a narrow table is not laid out as one.
 * @param {{ marker: (style: Style) => Node }} options
 */
export function readingsTable({ marker }) {
  const id = uniqueId('readings');
  const body = h('tbody', { role: 'rowgroup' });
  const heading = (/** @type {string} */ word, /** @type {string} */ className) =>
    h('th', { scope: 'col', role: 'columnheader', class: className }, word);
  const empty = h('p', { class: 'readings-empty' }, 'Nothing is predicted for this setting.');
  const table = h(
    'table',
    { class: 'readings', role: 'table', 'aria-labelledby': id },
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        heading('Quantity', ''),
        ['predicted', 'measured', 'residual'].map((word) => heading(word, 'number')),
      ),
    ),
    body,
  );
  const element = h(
    'div',
    { class: 'readings-box' },
    h('h4', { class: 'part-title', id }, 'Theory beside measurement'),
    table,
    empty,
  );
  let key = '';

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
      { role: 'row', class: mark ? 'has-marker' : undefined, title: row.assumption || undefined },
      h(
        'th',
        { scope: 'row', role: 'rowheader' },
        h(
          'span',
          { class: 'row-head' },
          mark,
          h(
            'span',
            {},
            row.quantity,
            row.assumption
              ? h('span', { class: 'visually-hidden' }, `: ${row.assumption}`)
              : null,
          ),
        ),
      ),
      numberCell('predicted', row.predicted),
      numberCell('measured', row.measured),
      numberCell('residual', row.residual),
    );
  }
  return { element, update };
}
