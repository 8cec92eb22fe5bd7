/** A card for each entry of the catalogue: a fact that is not known yet leaves no trace. */
import { facts, formulaOf, notes, numpy, sentence } from './card-parts.mjs';
import { anchor } from './catalogue.mjs';
import { authorsOf, escape, yearOf } from './html.mjs';
import { knobTable } from './knobs.mjs';
import { swatch } from './swatch.mjs';

/** @typedef {import('./catalogue.mjs').Entry} Entry */

/**
 * @typedef {object} Extras
 * @property {string} svg its picture
 * @property {string} href where a lab shows it
 * @property {string} action what that link says
 * @property {string} [extra] HTML at the end
 */

/** @param {Entry} entry @param {Extras} extras */
export function card(entry, { svg, href, action, extra = '' }) {
  const { kind, id, title } = entry;
  const at = anchor(entry);
  const layout = { optimizer: wide, schedule: medium, landscape: small, problem: small }[kind];
  return `<article class="card is-${kind}" id="${at}" data-group="${groupOf(entry)}" aria-labelledby="${at}-title">
<header class="card-head">${kind === 'optimizer' ? swatch(entry) : ''}
<h4 id="${at}-title"><a href="#${at}">${escape(title)}</a></h4>
<a class="card-action" href="${escape(href)}" aria-label="${action}: ${escape(title)}">${action}</a>
<p class="card-sub"><code>${id}</code> ${escape(subtitle(entry))}</p></header>
${layout(entry, svg)}${extra}</article>`;
}

/** What the chips of the filter ask for. @param {Entry} entry */
function groupOf({ kind, style, decorates }) {
  if (kind !== 'optimizer') return kind;
  return decorates ? 'decorator' : `family-${style.hue}`;
}

/** @param {Entry} entry @param {string} svg */
const wide = (entry, svg) =>
  `<div class="card-main">${formulaOf(entry)}${beside(entry, svg)}${facts(entry)}${notes(entry)}${numpy(entry)}</div>
<div class="card-side">${knobTable(entry)}</div>`;

/** @param {Entry} entry @param {string} svg */
const medium = (entry, svg) => `${formulaOf(entry)}${beside(entry, svg)}${knobTable(entry)}${notes(entry)}`;

/** @param {Entry} entry @param {string} svg */
const small = (entry, svg) => `${svg}${formulaOf(entry)}${sentence(entry)}${knobTable(entry)}${notes(entry)}`;

/** @param {Entry} entry @param {string} svg */
const beside = (entry, svg) => `<div class="card-pair">${sentence(entry)}${svg}</div>`;

/** @param {Entry} entry */
function subtitle({ kind, family, citation, decorates }) {
  const own = decorates ? 'wraps any optimizer' : family;
  const paper = `${authorsOf(citation)} ${yearOf(citation) || ''}`.trim();
  return [kind === 'optimizer' && own, paper].filter(Boolean).join(' · ');
}
