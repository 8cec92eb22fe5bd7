import { PiecesPlot } from './pieces-plot.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('./pieces-plot.js').Knots} Knots */
/** @typedef {import('./pieces-plot.js').PieceLine} PieceLine */
/** @typedef {import('../../types.js').Style} Style */

const kSquare = 1;
/**
 * What a run does not change.
 * @typedef {object} Fixed
 * @property {number} revision
 * @property {Float64Array} plan what is built, its layers, the units of one layer instead
 * @property {Float64Array} scaling by layers: units, pieces, gaps
 * @property {Knots} aim
 * @property {Knots} built
 * @property {Knots[]} stages
 */

/** What nobody trained. @type {Style} */
export const builtStyle = { hue: 0, slot: 0, ring: false, hollow: false };
/** @type {Style} */
export const jitteredStyle = { hue: 3, slot: 3, ring: false, hollow: false };
/** Of each piece of a gap, so that its arc is round. */
const kArc = 8;
/** More pieces than these are shown in part, from the middle on. */
const kMostPieces = 64;
/** A jitter that goes further than so many times what was built is cut off. */
const kMostGap = 4;

/** What was built, layer by layer and with its jitter, and what has been trained to be like it. */
export class PiecesPanel {
  #plot;
  #reader;
  #session;
  /** @type {Fixed | null} */
  #fixed = null;

  /** @param {HTMLElement} container @param {import('../../panels/channels.js').ChannelReader} reader @param {import('../../types.js').Session} session */
  constructor(container, reader, session) {
    this.#plot = new PiecesPlot(container, 'What was built, with jitter, and what is trained to be like it');
    this.#reader = reader;
    this.#session = session;
  }

  /** @param {Frame} frame */
  update({ description, view, revision }) {
    const { plan, aim, built, stages } = this.read(revision);
    const isSquare = plan[0] === kSquare;
    const shown = (/** @type {Knots} */ knots) => (isSquare ? gapFromSquare(knots) : knots);
    const jittered = knotsOf(this.#reader.read('jittered').data);
    const pieces = (/** @type {string} */ name, /** @type {Knots} */ { x }) => `${name}, ${count(x.length - 1, 'piece')}`;
    /** @type {PieceLine[]} */
    const above = [
      { label: pieces('built', built), style: builtStyle, line: 'solid', knots: shown(built), marked: !isSquare },
      { label: pieces('with jitter', jittered), style: jitteredStyle, line: 'dashed', knots: shown(jittered) },
    ];
    /** @type {PieceLine[]} */
    const below = isSquare ? [] : [{ label: 'built', style: builtStyle, line: 'ghost', knots: aim }];
    const fits = description.channels
      .filter(({ quantity, subject }) => quantity === 'fit' && !view.hidden.has(subject))
      .map(({ name, subject }) => ({ subject, knots: knotsOf(this.#reader.read(name).data) }));
    for (const { subject, knots } of [...fits].reverse()) {
      const { label, style } = description.subjects[subject];
      below.push({
        label: pieces(label, knots), style, line: style.hollow ? 'dashed' : 'solid',
        knots: shown(knots), marked: !isSquare,
      });
    }
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
    const read = (/** @type {string} */ name) => this.#session.read(name).data;
    const plan = read('plan');
    const stages = Array.from({ length: plan[1] }, (_, l) => knotsOf(read(`layer(${l + 1})`)));
    return (this.#fixed = {
      revision, plan, stages, scaling: read('scaling'), aim: knotsOf(read('aim')), built: knotsOf(read('built')),
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

/** @param {Float64Array} rows x, y @returns {Knots} */
function knotsOf(rows) {
  const every = (/** @type {number} */ k) => Float64Array.from({ length: rows.length / 2 }, (_, i) => rows[2 * i + k]);
  return { x: every(0), y: every(1) };
}

/** What is left of a function without x². @param {Knots} knots @returns {Knots} */
function gapFromSquare({ x, y }) {
  const n = (x.length - 1) * kArc + 1;
  const at = (/** @type {Float64Array} */ values, /** @type {number} */ i) => {
    const [k, share] = [Math.floor(i / kArc), (i % kArc) / kArc];
    return share === 0 ? values[k] : (1 - share) * values[k] + share * values[k + 1];
  };
  const xs = Float64Array.from({ length: n }, (_, i) => at(x, i));
  return { x: xs, y: xs.map((value, i) => at(y, i) - value * value) };
}

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
