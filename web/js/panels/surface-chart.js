import { bicubic } from '../plots/bicubic.js';
import { watchSize } from '../plots/canvas.js';
import { ContourMap } from '../plots/contour-map.js';
import { chooseLevels } from '../plots/levels.js';
import { ChannelReader } from './channels.js';

/** @typedef {import('../types.js').Subject} Subject */
/** @typedef {import('../plots/bicubic.js').GridValues} GridValues */
/** @typedef {import('../plots/plots.js').Window2} Window2 */

/**
 * The loss on a plane through one runner's weights.
 * @typedef {object} Surface
 * @property {Subject} who
 * @property {Window2} window
 * @property {GridValues} grid
 * @property {Float64Array} path pairs
 * @property {Float64Array[]} rounds pairs, from slow weights to fast ones
 */

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

  /** @param {import('../labs/lab.js').TaskSource} task @param {Subject[]} subjects */
  update(task, subjects) {
    this.#clear();
    const surfaces = surfacesOf(new ChannelReader(task, task.channels), subjects);
    const all = surfaces.flatMap(({ grid }) => [...grid.values]);
    const levels = chooseLevels(all, true);
    for (const surface of surfaces) this.#add(surface, levels);
    this.#fit();
  }

  /** @param {Surface} surface @param {number[]} levels */
  #add({ who, window, grid, path, rounds }, levels) {
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
        ...rounds.map((points, k) => ({
          label: k === 0 ? 'fast' : 'next fast',
          style: { ...who.style, ring: false, hollow: true },
          points,
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

/** Of every runner that has one. @param {ChannelReader} reader @param {Subject[]} subjects @returns {Surface[]} */
function surfacesOf(reader, subjects) {
  if (!reader.has('surface')) return [];
  return subjects.flatMap((who, runner) => {
    const { shape: [ny, nx = 0], data: values } = reader.read('surface', { runner });
    if (values.length === 0) return [];
    const window = /** @type {any} */ (reader.row('window', { runner }));
    const path = reader.columns('path', { runner });
    const [slow, fast] = ['slow', 'fast'].map((part) => reader.columns(part, { runner }));
    return [
      {
        who,
        window,
        grid: { xs: evenly(window.x0, window.x1, nx), ys: evenly(window.y0, window.y1, ny), values },
        path: Float64Array.from({ length: 2 * path.x.length }, (_, i) => (i % 2 ? path.y : path.x)[i >> 1]),
        rounds: Array.from(slow.x, (x, k) => Float64Array.of(x, slow.y[k], fast.x[k], fast.y[k])),
      },
    ];
  });
}

/** @param {number} from @param {number} to @param {number} n */
const evenly = (from, to, n) => Float64Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
