/** The catalogue in the order in which the page shows it. */
import { descent } from './descent.mjs';
import { yearOf } from './html.mjs';

/**
 * @typedef {object} Knob
 * @property {string} id
 * @property {string} label
 * @property {string} symbol
 * @property {string} help
 * @property {'number' | 'integer' | 'choice' | 'flag' | 'text' | 'point' | 'recipe' | 'recipes'} type
 * @property {number | null} low
 * @property {number | null} high
 * @property {string} default
 * @property {string[]} choices
 * @property {string} kind
 */

/**
 * @typedef {object} Measured counted per step on a small matrix
 * @property {number} gradients
 * @property {number} values
 * @property {number} products with the Hessian
 * @property {number} state numbers remembered per parameter
 * @property {boolean} usesBlocks
 * @property {boolean} ignoresScale
 */

/**
 * @typedef {object} Entry
 * @property {'optimizer' | 'schedule' | 'landscape' | 'problem'} kind
 * @property {string} id
 * @property {string} title
 * @property {string} sentence
 * @property {string} formula
 * @property {string} citation
 * @property {string} link
 * @property {string} variant
 * @property {string} family
 * @property {{ hue: number, slot: number, ring: boolean, hollow: boolean }} style
 * @property {string} decorates
 * @property {Knob[]} knobs
 * @property {string} [numpy]
 * @property {string} [metric]
 * @property {string} [uses]
 * @property {string} [limits]
 * @property {Measured} [measured] of an optimizer
 */

/** @typedef {Entry & { measured: Measured }} Optimizer */
/** @typedef {Awaited<ReturnType<typeof readCatalogue>>} Catalogue */

export async function readCatalogue() {
  const { optimizers, schedules, landscapes, problems } = await descent('catalogue');
  const all = [.../** @type {Optimizer[]} */ (optimizers)].sort(byFamily);
  return {
    all,
    optimizers: all.filter(({ decorates }) => !decorates),
    decorators: all.filter(({ decorates }) => decorates),
    schedules: [.../** @type {Entry[]} */ (schedules)].sort(byYear),
    landscapes: [.../** @type {Entry[]} */ (landscapes)].sort(byKnobs),
    problems: [.../** @type {Entry[]} */ (problems)].sort(byKnobs),
  };
}

/** Decorators last, families in the order of their hues. @param {Entry} a @param {Entry} b */
function byFamily(a, b) {
  return Number(Boolean(a.decorates)) - Number(Boolean(b.decorates)) || a.style.hue - b.style.hue || byYear(a, b);
}

/** @param {Entry} a @param {Entry} b */
function byYear(a, b) {
  return (yearOf(a.citation) || Infinity) - (yearOf(b.citation) || Infinity) || (a.id < b.id ? -1 : 1);
}

/** Neighbours in a row of cards are then about as tall. @param {Entry} a @param {Entry} b */
const byKnobs = (a, b) => a.knobs.length - b.knobs.length || (a.title < b.title ? -1 : 1);

const kPrefixes = { optimizer: 'opt', schedule: 'sched', landscape: 'land', problem: 'prob' };

/** The anchor of an entry's card. @param {Entry} entry */
export const anchor = ({ kind, id }) => `${kPrefixes[kind]}-${id}`;

/** A link to it, on the same page. @param {Entry} entry */
export const hrefOf = (entry) => `#${anchor(entry)}`;

/** What a decorator stands around while it is measured; "" of any other. @param {Entry} entry */
export const innerOf = ({ decorates, knobs }) => (decorates && knobs.find(({ kind }) => kind === 'optimizer')?.default) || '';
