/** Heads of the comparison become buttons; a cell says what it is sorted by. */

export function startSort() {
  const table = /** @type {HTMLTableElement | null} */ (document.querySelector('#comparison'));
  if (!table) return;
  const heads = /** @type {HTMLTableCellElement[]} */ ([...table.querySelectorAll('thead th')]);
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const isRising = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', isRising ? 'ascending' : 'descending');
      sort(table.tBodies[0], column, isRising);
    });
  });
}

/**
 * @param {HTMLTableSectionElement} body
 * @param {number} column
 * @param {boolean} isRising
 */
function sort(body, column, isRising) {
  const key = (/** @type {HTMLTableRowElement} */ row) => row.cells[column].dataset.sort ?? '';
  const sorted = [...body.rows].sort((a, b) => compare(key(a), key(b), isRising));
  body.append(...sorted);
}

/**
 * What is missing stands last either way.
 * @param {string} a
 * @param {string} b
 * @param {boolean} isRising
 */
function compare(a, b, isRising) {
  if (!a || !b) return Number(!a) - Number(!b);
  const difference = Number(a) - Number(b);
  const order = Number.isNaN(difference) ? a.localeCompare(b) : difference;
  return isRising ? order : -order;
}
