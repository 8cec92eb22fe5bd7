// The numbers behind a canvas, for those who do not see it.

const kPause = 1000;

/**
 * A visually hidden table, written at most once a second and only while something changes.
 */
export class NumberTable {
  #host = document.createElement('div');
  #caption = document.createElement('caption');
  #head = document.createElement('thead');
  #body = document.createElement('tbody');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #written = '';

  /**
   * @param {HTMLElement} container
   * @param {() => { caption: string, columns: string[], rows: string[][] }} read
   */
  constructor(container, read) {
    this.read = read;
    this.#host.className = 'descent-plot-numbers';
    const table = document.createElement('table');
    table.append(this.#caption, this.#head, this.#body);
    this.#host.append(table);
    container.append(this.#host);
  }

  /** Something changed. */
  touch() {
    this.#timer ??= setTimeout(() => this.#write(), this.#written ? kPause : 0);
  }

  destroy() {
    clearTimeout(this.#timer);
    this.#host.remove();
  }

  #write() {
    this.#timer = undefined;
    const { caption, columns, rows } = this.read();
    const written = JSON.stringify([caption, columns, rows]);
    if (written === this.#written) return;
    this.#written = written;
    this.#caption.textContent = caption;
    this.#head.replaceChildren(row(columns, () => header('col')));
    this.#body.replaceChildren(...rows.map((cells) =>
      row(cells, (i) => (i === 0 ? header('row') : document.createElement('td')))));
  }
}

/** @param {'row' | 'col'} scope */
function header(scope) {
  const cell = document.createElement('th');
  cell.scope = scope;
  return cell;
}

/** @param {string[]} texts @param {(i: number) => HTMLElement} make */
function row(texts, make) {
  const line = document.createElement('tr');
  line.append(...texts.map((text, i) => {
    const cell = make(i);
    cell.textContent = text;
    return cell;
  }));
  return line;
}
