/**
 * Writes the generated parts of a page, each where `<!-- generated: name argument -->` stands, from
 * the catalogue of the native program.
 */
import { card } from './reference/cards.mjs';
import { readCatalogue } from './reference/catalogue.mjs';
import { linkTo, open } from './reference/descent.mjs';
import { escape } from './reference/html.mjs';
import { withLabLinks } from './reference/lab-links.mjs';
import { memoryCalculator } from './reference/memory.mjs';
import { curvePicture, groundSymbol, mapPicture, pathPicture, sharedGround } from './reference/pictures.mjs';
import { readTokens, swatchSymbols } from './reference/swatch.mjs';
import { comparisonTable } from './reference/table.mjs';
import { timeline } from './reference/timeline.mjs';
import { filterChips } from './reference/filter.mjs';

/** @typedef {import('./reference/catalogue.mjs').Entry} Entry */

const kPlace = /<!-- generated: ([a-z-]+)(?: ([a-z-]+))? -->/g;

/** @param {string} html */
export async function withReference(html) {
  if (html.search(kPlace) < 0) return html;
  const parts = await makeParts();
  const filled = html.replace(kPlace, (_, name, argument = '') => {
    const part = parts[/** @type {keyof typeof parts} */ (name)];
    if (part !== undefined) return typeof part === 'string' ? part : part(argument);
    throw new Error(`nothing generates ${name}; known: ${Object.keys(parts).join(', ')}`);
  });
  return withLabLinks(filled);
}

async function makeParts() {
  const [catalogue, tokens, ground] = await Promise.all([readCatalogue(), readTokens(), sharedGround()]);
  const { all, optimizers, decorators, schedules, landscapes, problems } = catalogue;
  const cards = async (/** @type {Entry[]} */ entries, /** @type {(entry: Entry) => Promise<string>} */ make) =>
    (await Promise.all(entries.map(make))).join('\n');

  const raced = async (/** @type {Entry} */ entry) => {
    const { svg, run } = await pathPicture(entry, ground, tokens);
    return card(entry, { svg, href: linkTo(run, `lab=race&runners=${entry.id}`), action: 'Race it' });
  };
  const drawn = async (/** @type {Entry} */ entry) => {
    const [{ svg, pytorch }, run] = await Promise.all([curvePicture(entry), open(`lab=schedules&schedules=${entry.id}`)]);
    const extra = pytorch ? `<p class="pytorch"><span>PyTorch, 100 steps</span> <code>${escape(pytorch)}</code></p>` : '';
    return card(entry, { svg, href: linkTo(run, `lab=schedules&schedules=${entry.id}`), action: 'Draw it', extra });
  };
  const racedOn = async (/** @type {Entry} */ entry) => {
    const spec = `lab=race&${entry.kind}=${entry.id}`;
    const [svg, run] = await Promise.all([entry.kind === 'landscape' ? mapPicture(entry) : '', open(spec, { task: 'tune' })]);
    return card(entry, { svg, href: linkTo(run, spec), action: 'Race on it' });
  };

  return {
    symbols: swatchSymbols(tokens, all) + groundSymbol(ground),
    chips: filterChips(catalogue),
    comparison: comparisonTable(all),
    memory: (/** @type {string} */ id) => memoryCalculator(catalogue, id),
    timeline: timeline([...all, ...schedules]),
    optimizers: await cards(optimizers, raced),
    decorators: await cards(decorators, raced),
    schedules: await cards(schedules, drawn),
    landscapes: await cards(landscapes, racedOn),
    problems: await cards(problems, racedOn),
  };
}
