/** The optimizers side by side. */
import { hrefOf, innerOf } from './catalogue.mjs';
import { count, escape, yearOf } from './html.mjs';
import { ofHessian } from './needs.mjs';
import { markerOf } from './swatch.mjs';
import { inline } from './tex.mjs';

/** @typedef {import('./catalogue.mjs').Optimizer} Optimizer */

/**
 * @typedef {object} Column
 * @property {string} label
 * @property {string} help
 * @property {boolean} [isNumber]
 * @property {(entry: Optimizer) => string | number} sort what it is sorted by; "" stands last
 * @property {(entry: Optimizer) => string} html
 */

const kNone = '<span class="none">–</span>';
const some = (/** @type {number} */ asked, text = count(asked)) => (asked ? text : kNone);
const yes = (/** @type {boolean} */ does) => (does ? 'yes' : kNone);

/** @type {Column[]} */
const kColumns = [
  {
    label: 'Family', help: '',
    // Families stand in the order of their hues, decorators behind them.
    sort: ({ decorates, style }) => (decorates ? Infinity : style.hue),
    html: ({ decorates, family }) => escape(decorates ? 'decorator' : family),
  },
  {
    label: 'State', help: 'Numbers remembered per parameter', isNumber: true,
    sort: ({ measured }) => measured.state,
    html: ({ measured }) => count(measured.state),
  },
  {
    label: 'Gradients', help: 'Gradients a step', isNumber: true,
    sort: ({ measured }) => measured.gradients,
    html: ({ measured }) => count(measured.gradients),
  },
  {
    label: 'Hessian', help: 'Products of the Hessian with a vector, a step', isNumber: true,
    sort: ({ measured }) => measured.products,
    html: ({ measured }) => some(measured.products, ofHessian(measured.products)),
  },
  {
    label: 'Values', help: 'Values of the loss, a step', isNumber: true,
    sort: ({ measured }) => measured.values,
    html: ({ measured }) => some(measured.values),
  },
  {
    label: 'Blocks', help: 'Sees which parameters form a matrix',
    sort: ({ measured }) => Number(!measured.usesBlocks),
    html: ({ measured }) => yes(measured.usesBlocks),
  },
  {
    label: 'Scale-free', help: 'Keeps its path when the loss is multiplied',
    sort: ({ measured }) => Number(!measured.ignoresScale),
    html: ({ measured }) => yes(measured.ignoresScale),
  },
  {
    label: 'Year', help: 'Of the paper', isNumber: true,
    sort: ({ citation }) => yearOf(citation) || '',
    html: ({ citation }) => String(yearOf(citation) || ''),
  },
  {
    label: 'Steepest under', help: 'The norm under which its step is steepest descent',
    sort: ({ metric = '' }) => metric.toLowerCase(),
    html: ({ metric = '' }) => inline(metric),
  },
];

/** @param {Optimizer[]} all by family */
export function comparisonTable(all) {
  return [
    '<div class="table-scroll" tabindex="0" role="region" aria-label="Comparison of the optimizers">',
    '<table class="comparison" id="comparison"><thead><tr><th scope="col">Optimizer</th>',
    ...kColumns.map(head), '</tr></thead><tbody>', ...all.map(row), '</tbody></table></div>',
  ].join('\n');
}

/** @param {Column} column @param {number} k */
function head({ label, help, isNumber }, k) {
  const title = help && ` title="${help}"`;
  return `<th scope="col"${classOf(isNumber)}${title}${k === 0 ? ' aria-sort="ascending"' : ''}>${label}</th>`;
}

/** @param {Optimizer} entry */
function row(entry) {
  const around = innerOf(entry);
  const title = around && ` title="Measured around ${escape(around)}"`;
  const name = `${markerOf(entry)}<a href="${hrefOf(entry)}">${escape(entry.title)}</a>`;
  const cells = kColumns.map(({ isNumber, sort, html }) =>
    `<td${classOf(isNumber)} data-sort="${escape(String(sort(entry)))}">${html(entry)}</td>`);
  const key = escape(entry.title.toLowerCase());
  return `<tr><th scope="row" data-sort="${key}"${title}>${name}</th>${cells.join('')}</tr>`;
}

/** @param {boolean | undefined} isNumber */
const classOf = (isNumber) => (isNumber ? ' class="number"' : '');
