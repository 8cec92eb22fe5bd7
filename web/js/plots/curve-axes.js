// What the axes of a curve plot span and where their ticks stand, in axis coordinates.

import { toAxis } from './curve-reduce.js';
import { decadeStep, formatTick, linearTicks, logTicks, niceStep } from './ticks.js';

/** @import { CurveData } from './plots.js' */

/** @typedef {{ values: number[], texts: string[] }} Ticks in axis coordinates */

/** @param {CurveData} data @returns {{ low: number, high: number }} */
export function rangeOfX({ series, logX, xEnd }) {
  let low = Infinity;
  let high = -Infinity;
  for (const { x } of series) {
    // The first of a logarithmic axis is the first above zero.
    let i = 0;
    while (i < x.length && Number.isNaN(toAxis(x[i], logX))) i++;
    if (i === x.length) continue;
    low = Math.min(low, toAxis(x[i], logX));
    high = Math.max(high, toAxis(x[x.length - 1], logX));
  }
  const end = xEnd === null ? NaN : toAxis(xEnd, logX);
  if (low > high) return { low: 0, high: Number.isNaN(end) ? 1 : Math.max(end, 1) };
  if (!Number.isNaN(end)) high = Math.max(end, high);
  else if (!logX) {
    const step = niceStep(high - low, 4);
    high = low + Math.ceil((high - low) / step) * step;
  }
  return high > low ? { low, high } : { low, high: low + 1 };
}

/**
 * @param {{ low: number, high: number }} range @param {boolean} log @param {number} most
 * @returns {Ticks}
 */
export function ticksOf({ low, high }, log, most) {
  if (!log) {
    const { values, step } = linearTicks(low, high, most);
    return { values, texts: values.map((v) => formatTick(v, step)) };
  }
  // Beyond what a double holds, only the exponents are numbers still.
  if (low < -300 || high > 300) {
    const step = decadeStep(high - low, most);
    const values = linearTicks(low / step, high / step, most).values.map((v) => v * step);
    return { values, texts: values.map((v) => formatTick(10 ** v)) };
  }
  const values = logTicks(10 ** low, 10 ** high, Math.floor(most));
  return { values: values.map((v) => Math.log10(v)), texts: values.map((v) => formatTick(v)) };
}
