/** What an optimizer remembers, in gigabytes of a model: written for one, and turned by js/reference. */
import { bar, formatBytes, kExample, kPrecisions } from '../../js/reference/bytes.js';
import { hrefOf, innerOf } from './catalogue.mjs';
import { count, escape } from './html.mjs';
import { kHidden, markerOf } from './swatch.mjs';

/** @typedef {import('./catalogue.mjs').Catalogue} Catalogue */
/** @typedef {import('./catalogue.mjs').Optimizer} Optimizer */

/**
 * @param {Catalogue} catalogue
 * @param {string} chosen the optimizer that the example takes
 */
export function memoryCalculator({ all, optimizers, decorators }, chosen) {
  const one = all.find(({ id }) => id === chosen) ?? all[0];
  const { state } = one.measured;
  const states = [...new Set(all.map(({ measured }) => measured.state))].sort((a, b) => a - b);
  const option = (/** @type {Optimizer} */ entry) =>
    `<option value="${entry.measured.state}"${entry === one ? ' selected' : ''}>${escape(entry.title)}${around(entry)}</option>`;
  const group = (/** @type {string} */ label, /** @type {Optimizer[]} */ entries) =>
    `<optgroup label="${label}">${byName(entries).map(option).join('')}</optgroup>`;
  const parameters = `<input type="text" id="memory-count" autocomplete="off" spellcheck="false" value="${kExample.text}" aria-describedby="memory-message">`;
  const choice = `<select id="memory-optimizer">${group('Optimizers', optimizers)}${group('Decorators', decorators)}</select>`;
  return [
    '<form class="memory-form" id="memory-form">',
    field('memory-count', 'Parameters', parameters), field('memory-optimizer', 'Optimizer', choice),
    field('memory-weights', 'Weights, gradients', precisions('memory-weights')),
    field('memory-state', 'Optimizer state', precisions('memory-state')), '</form>',
    `<p class="memory-message" id="memory-message" role="status">${kExample.words}</p>`,
    '<dl class="facts memory-sums">', sum('Weights', 'weights', 1), sum('Gradients', 'gradients', 1),
    sum('Optimizer state', 'optimizer', state), sum('Together', 'total', 2 + state), '</dl>',
    '<div class="table-scroll" tabindex="0" role="region" aria-label="Memory of the optimizers">',
    '<table class="memory" id="memory"><thead><tr><th scope="col">Numbers a parameter</th>',
    '<th scope="col">Remembered by</th><th scope="col" class="number">State</th></tr></thead><tbody>',
    ...states.map((level) => row(level, all.filter(({ measured }) => measured.state === level))),
    '</tbody></table></div>',
  ].join('\n');
}

/** @param {string} id @param {string} label @param {string} control */
const field = (id, label, control) => `<div class="field"><label for="${id}">${label}</label>${control}</div>`;

/** @param {Optimizer[]} entries */
const byName = (entries) => [...entries].sort((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));

/** @param {Optimizer} entry */
const around = (entry) => (innerOf(entry) ? ` around ${escape(innerOf(entry))}` : '');

/** @param {number} state @param {Optimizer[]} entries */
function row(state, entries) {
  const links = entries.map((entry) => `<li><a href="${hrefOf(entry)}">${markerOf(entry)}${escape(entry.title)}</a></li>`);
  return `<tr data-state="${state}"><th scope="row"><span>${count(state)}</span>${barSvg(state)}</th>` +
    `<td><ul class="entries">${links.join('')}</ul></td><td class="number">${size(state)}</td></tr>`;
}

/** @param {number} numbers a parameter */
const size = (numbers) => formatBytes(numbers * kExample.count * kPrecisions[kExample.precision]);

/** @param {string} term @param {string} id @param {number} numbers */
const sum = (term, id, numbers) => `<div><dt>${term}</dt><dd id="memory-sum-${id}">${size(numbers)}</dd></div>`;

/** @param {string} id */
function precisions(id) {
  const options = Object.entries(kPrecisions).map(([name, bytes]) =>
    `<option value="${name}"${name === kExample.precision ? ' selected' : ''}>${name}, ${bytes} byte${bytes > 1 ? 's' : ''}</option>`);
  return `<select id="${id}">${options.join('')}</select>`;
}

/** @param {number} state */
function barSvg(state) {
  const { width, isCut } = bar(state);
  const fill = isCut ? 'M0 0H94L99 4L94 8H0Z' : `M0 0H${width}V8H0Z`;
  return `<svg viewBox="0 0 100 8" width="100" height="8" preserveAspectRatio="none" ${kHidden}>` +
    `<path class="bar-track" d="M0 0H100V8H0Z"/><path class="bar-fill" d="${fill}"/></svg>`;
}
