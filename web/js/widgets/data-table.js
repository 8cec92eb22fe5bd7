import { h } from './dom.js';
import { numberNodes } from './number-text.js';

/** From this many columns on a table is laid out row by row where it is narrow. */
const broad = 5;

/**
 * A table with its roles spelt out, since a narrow one is not laid out as one.
 * @param {import('../types.js').Table} table
 * @param {{ subjects: import('../types.js').Subject[],
 *   marker: (style: import('../types.js').Style) => Node }} options
 */
export function dataTable({ title, columns, rows }, { subjects, marker }) {
  return h(
    'table',
    { class: columns.length < broad ? 'data-table' : 'data-table is-broad', role: 'table' },
    h('caption', {}, title),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        columns.map(({ label, help }, k) =>
          h(
            'th',
            {
              scope: 'col',
              role: 'columnheader',
              title: help || undefined,
              class: isNumeric(rows, k) ? 'number' : undefined,
            },
            label,
          ),
        ),
      ),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      rows.map(({ subject, cells }) =>
        h(
          'tr',
          { role: 'row' },
          cells.map((cell, k) => {
            const content = typeof cell === 'number' ? cellNodes(cell) : [cell];
            const style = subjects[subject]?.style;
            const className = typeof cell === 'number' ? 'number' : undefined;
            if (k > 0) return h('td', { class: className, role: 'cell', 'data-word': columns[k].label }, content);
            return h(
              'th',
              { scope: 'row', role: 'rowheader', class: className },
              style ? h('span', { class: 'row-marker' }, marker(style)) : null,
              content,
            );
          }),
        ),
      ),
    ),
  );
}

/** @param {number} value */
function cellNodes(value) {
  return Number.isNaN(value) ? ['–'] : numberNodes(value);
}

/** @param {import('../types.js').Table['rows']} rows @param {number} column */
function isNumeric(rows, column) {
  return rows.some(({ cells }) => typeof cells[column] === 'number');
}
