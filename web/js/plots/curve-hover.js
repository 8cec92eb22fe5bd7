// The numbers under the pointer: a small table beside a rule.

import { swatchSvg } from './marks.js';
import { pointIn } from './pointer.js';
import { formatNumber } from './ticks.js';

/** @import { CurveData } from './plots.js' */
/** @import { Theme } from './theme.js' */

/**
 * @typedef {object} Frame where the plot stands, in px, and what its pixels mean
 * @property {{ left: number, right: number, top: number, bottom: number }} area
 * @property {(px: number) => number} toX
 * @property {(x: number) => number} toPx
 */

export class CurveHover {
  #tip = document.createElement('div');
  #rule = document.createElement('div');
  #abort = new AbortController();
  #frame = 0;
  #px = NaN;
  #read;

  /**
   * @param {HTMLElement} root
   * @param {() => { data: CurveData, frame: Frame, theme: Theme } | null} read
   */
  constructor(root, read) {
    this.root = root;
    this.#read = read;
    this.#tip.className = 'descent-plot-tip';
    this.#rule.className = 'descent-plot-rule';
    for (const element of [this.#rule, this.#tip]) {
      element.hidden = true;
      element.setAttribute('aria-hidden', 'true');
      root.append(element);
    }
    const { signal } = this.#abort;
    root.addEventListener('pointermove', (event) => {
      [this.#px] = pointIn(root, event);
      this.#frame ||= requestAnimationFrame(() => this.refresh());
    }, { signal });
    for (const type of ['pointerleave', 'pointercancel']) {
      root.addEventListener(type, () => {
        this.#px = NaN;
        this.refresh();
      }, { signal });
    }
  }

  destroy() {
    this.#abort.abort();
    cancelAnimationFrame(this.#frame);
  }

  /** The data or the pointer moved. */
  refresh() {
    this.#frame = 0;
    const now = Number.isNaN(this.#px) ? null : this.#read();
    const { left: from = NaN, right: to = NaN } = now?.frame.area ?? {};
    const near = this.#px >= from - 8 && this.#px <= to + 8;
    const nearest = now && near ? nearestX(now.data, now.frame.toX(this.#px)) : null;
    this.#tip.hidden = this.#rule.hidden = nearest === null;
    if (!now || nearest === null) return;
    const { data, frame: { area, toPx }, theme } = now;
    const px = toPx(nearest);
    this.#rule.style.transform = `translate(${px}px, ${area.top}px)`;
    this.#rule.style.height = `${area.bottom - area.top}px`;

    const table = document.createElement('table');
    table.createCaption().textContent = `${data.xLabel} ${formatNumber(nearest, 6)}`;
    for (const { label, style, x, y } of data.series) {
      const i = nearestIndex(x, nearest);
      if (i < 0) continue;
      const row = table.insertRow();
      row.insertCell().append(swatchSvg(style, theme));
      row.insertCell().textContent = label;
      row.insertCell().textContent = formatNumber(y[i] ?? NaN);
    }
    this.#tip.replaceChildren(table);
    const { offsetWidth: width } = this.#tip;
    const right = px + 12 + width <= this.root.clientWidth;
    const left = right ? px + 12 : Math.max(0, px - 12 - width);
    this.#tip.style.transform = `translate(${left}px, ${area.top}px)`;
  }
}

/** @param {CurveData} data @param {number} x @returns {number | null} */
function nearestX({ series }, x) {
  let best = null;
  for (const { x: xs } of series) {
    const i = nearestIndex(xs, x);
    if (i >= 0 && (best === null || Math.abs(xs[i] - x) < Math.abs(best - x))) best = xs[i];
  }
  return best;
}

/** In ascending numbers. @param {Float64Array} xs @param {number} x @returns {number} -1: none */
function nearestIndex(xs, x) {
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low > 0 && Math.abs(xs[low - 1] - x) <= Math.abs(xs[low] - x) ? low - 1 : high;
}
