import { h } from './dom.js';
import { numberNodes } from './number-text.js';

/**
 * @param {import('../types.js').Table} table
 * @param {{ subjects: import('../types.js').Subject[],
 *   marker: (style: import('../types.js').Style) => Node }} options
 */
export function dataTable({ title, columns, rows }, { subjects, marker }) {
  return h(
    'table',
    { class: 'data-table' },
    h('caption', {}, title),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        columns.map(({ label, help }, k) =>
          h(
            'th',
            {
              scope: 'col',
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
      {},
      rows.map(({ subject, cells }) =>
        h(
          'tr',
          {},
          cells.map((cell, k) => {
            const content = typeof cell === 'number' ? cellNodes(cell) : [cell];
            const style = subjects[subject]?.style;
            const className = typeof cell === 'number' ? 'number' : undefined;
            if (k > 0) return h('td', { class: className }, content);
            return h(
              'th',
              { scope: 'row', class: className },
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
