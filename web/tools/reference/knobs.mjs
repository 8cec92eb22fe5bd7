/** The knobs of an entry, with their letters, defaults and ranges. */
import { escape, number, symbol } from './html.mjs';
import { inline } from './tex.mjs';

/** @typedef {import('./catalogue.mjs').Entry} Entry */
/** @typedef {import('./catalogue.mjs').Knob} Knob */

/** @param {Entry} entry */
export function knobTable({ title, knobs, kind }) {
  if (knobs.length === 0) return '';
  // A small card keeps what a knob does for those who point at it.
  const isSmall = kind === 'landscape' || kind === 'problem';
  const rows = knobs.map((knob) => {
    const hint = isSmall ? ` title="${escape(knob.help)}"` : '';
    const help = isSmall ? '' : `<span class="knob-help">${inline(knob.help)}</span>`;
    const name = `<code>${knob.id}</code> ${symbol(knob.symbol)}${help}`;
    return `<tr><th scope="row"${hint}>${name}</th><td>${standard(knob)}</td><td>${range(knob)}</td></tr>`;
  });
  return `<table class="knobs"><caption class="visually-hidden">Knobs of ${escape(title)}</caption>
<thead><tr><th scope="col">Knob</th><th scope="col">Default</th><th scope="col">Range</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>`;
}

/** @param {Knob} knob */
function standard(knob) {
  const value = Number(knob.default);
  return knob.default !== '' && Number.isFinite(value) ? number(value) : escape(knob.default);
}

/** @param {Knob} knob */
function range({ type, low, high, choices, kind }) {
  if (type === 'number' || type === 'integer') return word(`${number(low)} … ${number(high)}`);
  if (type === 'flag') return 'on, off';
  if (type === 'choice') return choices.map((choice) => word(escape(choice))).join(', ');
  if (type === 'recipe' || type === 'recipes') return `any ${kind}`;
  return type === 'text' ? 'text' : 'a point';
}

/** @param {string} html */
const word = (html) => `<span class="word">${html}</span>`;
