/** What a card says below its head. */
import { innerOf } from './catalogue.mjs';
import { authorsOf, count, escape, pair, titleOf, yearOf } from './html.mjs';
import { costs, needs } from './needs.mjs';
import { formulaLines, inline } from './tex.mjs';

/** @typedef {import('./catalogue.mjs').Entry} Entry */

/** Letters of a formula that a card has room for. */
const kRoom = { optimizer: 54, schedule: 44, landscape: 23, problem: 23 };

/** @param {Entry} entry */
export function formulaOf({ kind, title, formula }) {
  if (!formula) return '';
  return `<div class="card-formula" role="group" aria-label="Formula: ${escape(title)}">${formulaLines(formula, kRoom[kind])}</div>`;
}

/** @param {Entry} entry */
export const sentence = (entry) => (entry.sentence ? `<p class="card-say">${inline(entry.sentence)}</p>` : '');

/** @param {Entry} entry */
export function facts(entry) {
  const { measured, metric } = entry;
  if (!measured) return '';
  const around = escape(innerOf(entry));
  const numbers = [
    pair('State per parameter', count(measured.state)),
    pair('Gradients a step', count(measured.gradients)),
    pair('Loss scaled by c', measured.ignoresScale ? 'same path' : 'another path'),
  ];
  const lines = [
    pair('Asks for', needs(measured) + costs(measured)),
    pair('Steepest under', metric ? inline(metric) : ''),
    pair('Measured', around && `around <code>${around}</code>`),
  ];
  return `<dl class="facts">${numbers.join('')}</dl><dl class="lines">${lines.join('')}</dl>`;
}

/** @param {Entry} entry */
export function notes({ uses, limits, variant, citation, link }) {
  const year = yearOf(citation) ? ` (${yearOf(citation)})` : '';
  const title = `<a href="${escape(link)}">${escape(titleOf(citation))}</a>`;
  return `<div class="card-notes">${note('Used for', uses)}${note('Watch for', limits)}${note('Variant', variant)}
<p class="source">${escape(authorsOf(citation))}, ${title}${year}</p></div>`;
}

/** @param {string} term @param {string | undefined} text */
const note = (term, text) => (text ? `<p><b>${term}</b> ${inline(text)}</p>` : '');

/** @param {Entry} entry */
export function numpy({ title, numpy: code }) {
  if (!code) return '';
  const pre = `<pre tabindex="0" role="group" aria-label="${escape(title)} in NumPy"><code>${escape(code.trim())}</code></pre>`;
  return `<details class="numpy"><summary>NumPy</summary><div class="snippet">${pre}<button type="button">Copy</button></div></details>`;
}
