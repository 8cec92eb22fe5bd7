import { PiecesPlot } from './pieces-plot.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('./pieces-plot.js').Knots} Knots */
/** @typedef {import('./pieces-plot.js').PieceLine} PieceLine */
/** @typedef {import('../../types.js').Style} Style */

/** @typedef {Record<string, Float64Array>} Columns */
/**
 * What a run does not change.
 * @typedef {object} Fixed
 * @property {number} revision
 * @property {Record<string, number>} plan its `layers`, and the `shallowUnits` of one layer instead
 * @property {Columns} growth `units` and `pieces` by layers
 * @property {Columns} oneLayer `units` of one layer and the most `pieces` that it can have
 * @property {Knots} aim
 * @property {Knots} built
 * @property {Knots[]} stages
 */

/** What nobody trained. @type {Style} */
export const builtStyle = { hue: 0, slot: 0, ring: false, hollow: false };
/** @type {Style} */
export const jitteredStyle = { hue: 3, slot: 3, ring: false, hollow: false };
/** More pieces than these are shown in part, from the middle on. */
const kMostPieces = 64;
/** A jitter that goes further than so many times what was built is cut off. */
const kMostGap = 4;

/** What was built, layer by layer and with its jitter, and what has been trained to be like it. */
export class PiecesPanel {
  #plot;
  #reader;
  /** @type {Fixed | null} */
  #fixed = null;

  /** @param {HTMLElement} container @param {import('../../panels/channels.js').ChannelReader} reader */
  constructor(container, reader) {
    this.#plot = new PiecesPlot(container, 'What was built, with jitter, and what is trained to be like it');
    this.#reader = reader;
  }

  /** @param {Frame} frame */
  update({ description, view, revision }) {
    const reader = this.#reader;
    const { aim, built, stages } = this.read(revision);
    const isSquare = reader.has('builtGap');
    /** A function, and what is shown of it. @param {'built' | 'jittered' | 'fit'} name @param {number} [runner] */
    const read = (name, runner = 0) => {
      const knots = knotsOf(reader.columns(name, { runner }));
      return { knots, shown: isSquare ? knotsOf(reader.columns(`${name}Gap`, { runner })) : knots };
    };
    const jittered = read('jittered');
    const pieces = (/** @type {string} */ name, /** @type {Knots} */ { x }) => `${name}, ${count(x.length - 1, 'piece')}`;
    /** @type {PieceLine[]} */
    const above = [
      { label: pieces('built', built), style: builtStyle, line: 'solid', knots: read('built').shown, marked: !isSquare },
      { label: pieces('with jitter', jittered.knots), style: jitteredStyle, line: 'dashed', knots: jittered.shown },
    ];
    /** @type {PieceLine[]} */
    const below = isSquare ? [] : [{ label: 'built', style: builtStyle, line: 'ghost', knots: aim }];
    description.subjects.map(({ label, style }, runner) => ({ label, style, runner })).reverse().forEach(({ label, style, runner }) => {
      if (view.hidden.has(runner)) return;
      const { knots, shown } = read('fit', runner);
      below.push({ label: pieces(label, knots), style, line: style.hollow ? 'dashed' : 'solid', knots: shown, marked: !isSquare });
    });
    const isPart = built.x.length - 1 > kMostPieces;
    const across = /** @type {[number, number]} */ (isPart ? [0.5, 0.5 + kMostPieces / 2 / (built.x.length - 1)] : [0, 1]);
    const what = isSquare ? 'minus x²' : isPart ? `${kMostPieces / 2} of ${built.x.length - 1}` : '';
    const least = roundGap(above.slice(0, 1));
    const most = roundGap(above);
    this.#plot.update({
      name: description.title,
      across,
      stages: stages.map((knots) => ({ label: String(knots.x.length - 1), knots })),
      panels: [
        { title: what, lines: above, up: isSquare ? [Math.max(most[0], -kMostGap * least[1]), Math.min(most[1], kMostGap * least[1])] : wider(built) },
        { title: what, lines: below, up: isSquare ? roundGap(below) : wider(built) },
      ],
    });
  }

  /** @param {number} revision @returns {Fixed} */
  read(revision) {
    if (this.#fixed?.revision === revision) return this.#fixed;
    const reader = this.#reader;
    const plan = reader.row('plan');
    return (this.#fixed = {
      revision, plan, growth: reader.columns('growth'), oneLayer: reader.columns('oneLayer'),
      stages: Array.from({ length: plan.layers }, (_, l) => knotsOf(reader.columns('layer', { layer: l + 1 }))),
      aim: knotsOf(reader.columns('aim')), built: knotsOf(reader.columns('built')),
    });
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#plot.destroy();
  }
}

/** @param {number} n @param {string} thing */
const count = (n, thing) => `${n} ${thing}${n === 1 ? '' : 's'}`;

/** @param {Columns} columns @returns {Knots} */
const knotsOf = ({ x, y }) => ({ x, y });

/** The span of a function, with room for what leaves it a little. @param {Knots} knots @returns {[number, number]} */
function wider({ y }) {
  const low = y.reduce((a, b) => Math.min(a, b), Infinity);
  const high = y.reduce((a, b) => Math.max(a, b), -Infinity);
  const room = 0.12 * (high - low || 1);
  return [low - room, high + room];
}

/** A span for gaps that steps rather than slides: powers of two. @param {PieceLine[]} lines @returns {[number, number]} */
function roundGap(lines) {
  const largest = Math.max(...lines.map(({ knots }) => knots.y.reduce((a, b) => Math.max(a, Math.abs(b)), 0)));
  const high = largest > 0 && Number.isFinite(largest) ? 2 ** Math.ceil(Math.log2(1.02 * largest)) : 1;
  const isAbove = lines.every(({ knots }) => knots.y.every((v) => v > -0.1 * high));
  return [isAbove ? -0.1 * high : -high, high];
}
