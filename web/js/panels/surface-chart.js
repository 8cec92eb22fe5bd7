import { bicubic } from '../plots/bicubic.js';
import { watchSize } from '../plots/canvas.js';
import { ContourMap } from '../plots/contour-map.js';
import { chooseLevels } from '../plots/levels.js';

/** @typedef {import('../types.js').Subject} Subject */
/** @typedef {import('../types.js').Table} Table */
/** @typedef {import('../plots/bicubic.js').GridValues} GridValues */

/**
 * The loss on a plane through one runner's weights.
 * @typedef {object} Surface
 * @property {Subject} who
 * @property {GridValues} grid
 * @property {Float64Array} path pairs
 * @property {{ from: [number, number], to: [number, number] }[]} rounds from slow weights to fast ones
 */

/** Columns of the result. */
const part = 1;
const alpha = 2;
const beta = 3;
const loss = 4;

/** What of a surface's result is a table: where the plane can be held against the run. */
export const pathOf = (/** @type {Table} */ { title, columns, rows }) => {
  const points = rows.filter(({ cells }) => cells[part] !== 'grid');
  // What is a path alone needs no word for it.
  const isPath = points.every(({ cells }) => cells[part] === 'path');
  const isShown = (/** @type {unknown} */ _, /** @type {number} */ k) => !isPath || k !== part;
  return {
    title,
    columns: columns.filter(isShown),
    rows: points.map(({ subject, cells }) => ({ subject, cells: cells.filter(isShown) })),
  };
};

/** What of a surface's result is a table where there is no path: how high it is. */
export const heightsOf = (/** @type {Table} */ { title, columns, rows }) => {
  const at = (/** @type {string} */ kind, /** @type {number} */ subject) =>
    rows.filter((row) => row.subject === subject && row.cells[part] === kind).map(({ cells }) => Number(cells[loss]));
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  return {
    title: title.split(';')[0],
    columns: [
      { ...columns[0], label: 'Network' },
      { label: 'Loss here', help: 'In the middle of the plane.' },
      { label: 'Half is below', help: 'The median of the losses on the plane.' },
      { label: 'Highest', help: '' },
    ],
    rows: subjects.map((subject) => {
      const heights = Float64Array.from(at('grid', subject)).sort();
      const name = rows.find((row) => row.subject === subject)?.cells[0] ?? '';
      return {
        subject,
        cells: [name, at('path', subject)[0], heights[heights.length >> 1], heights[heights.length - 1]],
      };
    }),
  };
};

/** A map for each runner, all with the same levels, so that they can be compared. */
export class SurfaceChart {
  #box = document.createElement('div');
  /** @type {{ box: HTMLElement, map: ContourMap, aspect: number }[]} */
  #maps = [];
  #unwatch;
  #count = 0;

  /** @param {HTMLElement} container */
  constructor(container) {
    this.#box.className = 'surfaces';
    container.append(this.#box);
    this.#unwatch = watchSize(this.#box, () => this.#fit());
  }

  /** @param {Table} result @param {Subject[]} subjects */
  update(result, subjects) {
    this.#clear();
    const surfaces = surfacesOf(result, subjects);
    const all = surfaces.flatMap(({ grid }) => [...grid.values]);
    const levels = chooseLevels(all, true);
    for (const surface of surfaces) this.#add(surface, levels);
    this.#fit();
  }

  /** @param {Surface} surface @param {number[]} levels */
  #add({ who, grid, path, rounds }, levels) {
    const { xs, ys } = grid;
    const window = { x0: xs[0], x1: xs[xs.length - 1], y0: ys[0], y1: ys[ys.length - 1] };
    const place = document.createElement('div');
    const box = document.createElement('div');
    place.append(box);
    this.#box.append(place);
    const map = new ContourMap(box, { label: `Loss around ${who.label}` });
    map.update({
      groundKey: `${(this.#count += 1)}`,
      window,
      field: (w, nx, ny) =>
        Float64Array.from({ length: nx * ny }, (_, k) =>
          bicubic(
            grid,
            w.x0 + ((w.x1 - w.x0) * (k % nx)) / (nx - 1),
            w.y0 + ((w.y1 - w.y0) * Math.floor(k / nx)) / (ny - 1),
          ),
        ),
      levels,
      minima: [],
      start: null,
      step: path.length / 2,
      paths: [
        { label: who.label, style: who.style, points: path },
        ...rounds.map(({ from, to }, k) => ({
          label: k === 0 ? 'fast' : 'next fast',
          style: { ...who.style, ring: false, hollow: true },
          points: Float64Array.of(...from, ...to),
        })),
      ],
      arrows: [],
      points: [],
      ellipses: [],
    });
    this.#maps.push({ box, map, aspect: (window.x1 - window.x0) / (window.y1 - window.y0) });
  }

  /** Each as large as its place allows at the window's shape. */
  #fit() {
    for (const { box, aspect } of this.#maps) {
      const { clientWidth: width, clientHeight: height } = /** @type {HTMLElement} */ (box.parentElement);
      const fits = Math.min(width, height * aspect);
      box.style.width = `${fits}px`;
      box.style.height = `${fits / aspect}px`;
    }
  }

  #clear() {
    for (const { map } of this.#maps) map.destroy();
    this.#maps = [];
    this.#box.replaceChildren();
  }

  refreshTheme() {
    for (const { map } of this.#maps) map.refreshTheme();
  }

  destroy() {
    this.#unwatch();
    this.#clear();
    this.#box.remove();
  }
}

/** @param {Table} result @param {Subject[]} subjects @returns {Surface[]} */
function surfacesOf({ rows }, subjects) {
  return subjects.flatMap((who, index) => {
    const own = rows.filter(({ subject }) => subject === index);
    const points = own.filter(({ cells }) => cells[part] === 'grid').map(({ cells }) => cells.map(Number));
    if (points.length === 0) return [];
    // Row after row of the grid, each at one β.
    const side = points.findIndex((point) => point[beta] !== points[0][beta]);
    const grid = {
      xs: Float64Array.from(points.slice(0, side), (point) => point[alpha]),
      ys: Float64Array.from({ length: points.length / side }, (_, j) => points[j * side][beta]),
      values: Float64Array.from(points, (point) => point[loss]),
    };
    const pairs = (/** @type {string} */ kind) =>
      own
        .filter(({ cells }) => cells[part] === kind)
        .map(({ cells }) => /** @type {[number, number]} */ ([Number(cells[alpha]), Number(cells[beta])]));
    const fast = pairs('fast');
    return [
      {
        who,
        grid,
        path: Float64Array.from(pairs('path').flat()),
        rounds: pairs('slow').map((from, k) => ({ from, to: fast[k] })),
      },
    ];
  });
}
