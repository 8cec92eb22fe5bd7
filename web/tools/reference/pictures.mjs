/** What stands on a card to look at: a path, a curve, a map. */
import { descent, open } from './descent.mjs';
import { kHeight, kWidth, pairs, readGround, round } from './ground.mjs';
import { pathData } from './svg-path.mjs';
import { kHidden, marker, stroke } from './swatch.mjs';

/** @typedef {import('./catalogue.mjs').Entry} Entry */
/** @typedef {import('./ground.mjs').Ground} Ground */
/** @typedef {import('./swatch.mjs').Tokens} Tokens */

const kStart = '0,-3';
const kSteps = 100;
/** Pixels by which a path may be off. */
const kLoose = 0.1;
const kBox = `viewBox="0 0 ${kWidth} ${kHeight}"`;

const frame = (/** @type {string} */ content) =>
  `<svg class="picture" ${kBox} width="${kWidth}" height="${kHeight}" ${kHidden}>${content}</svg>`;

/** The ground under all paths, once on the page. @param {Ground} ground */
export const groundSymbol = ({ fills }) =>
  `<svg class="symbols" width="0" height="0" ${kHidden}><symbol id="ground" ${kBox}>${fills}</symbol></svg>`;

/** The landscape that a race takes by itself. */
export async function sharedGround() {
  const race = await open('lab=race', { read: ['window'] });
  const landscape = /&landscape=([^&]+)/.exec(race?.spec ?? '')?.[1] ?? (await standardLandscape());
  const ground = await readGround(decodeURIComponent(landscape));
  if (!ground) throw new Error(`the race's landscape, ${landscape}, has no surface to draw`);
  return ground;
}

async function standardLandscape() {
  const { labs } = await descent('catalogue');
  const race = labs.find((/** @type {{ id: string }} */ { id }) => id === 'race');
  return race.knobs.find((/** @type {{ id: string }} */ { id }) => id === 'landscape').default;
}

/**
 * An optimizer's path, at the rate that ends lowest: the same search for each.
 * @param {Entry} entry
 * @param {Ground} ground
 * @param {Tokens} tokens
 * @returns {Promise<{ svg: string, run: import('./descent.mjs').Run | null }>}
 */
export async function pathPicture(entry, ground, tokens) {
  const spec = `lab=race&runners=${entry.id}&start=${kStart}`;
  const run = await open(spec, { steps: kSteps, task: 'tune', read: ['path/0'] });
  if (!run) return { svg: '', run };
  const points = pairs(run.channels['path/0'].data).filter((point) => point.every(Number.isFinite)).map(ground.at);
  const [first, last] = [points[0], points[points.length - 1]].map((point) => point.map(round));
  const line = `d="${pathData(points, kLoose)}" stroke-linejoin="round"`;
  const head = marker(tokens, entry.style, 4.5);
  return {
    run,
    svg: frame([
      '<use href="#ground"/>', crosses(ground, 'ink-3'),
      `<path ${line} fill="none" stroke="var(--descent-halo)" stroke-width="4"/>`,
      `<path ${line} ${stroke(tokens, entry.style)} stroke-width="1.75"/>`,
      `<circle cx="${first[0]}" cy="${first[1]}" r="3.5" fill="var(--descent-paper)" stroke="var(--descent-ink)" stroke-width="1.25"/>`,
      `<g transform="translate(${last.join(' ')})" stroke="var(--descent-halo)" stroke-width=".6">${head}</g>`,
    ].join('')),
  };
}

/**
 * A schedule's factors over a run, and the same curve in PyTorch.
 * @param {Entry} entry
 * @returns {Promise<{ svg: string, pytorch: string }>}
 */
export async function curvePicture(entry) {
  try {
    const { factors, pytorch } = await descent('schedule', entry.id, '--total', String(kSteps));
    const [left, top, bottom] = [4, 10, kHeight - 10];
    const [across, up] = [(kWidth - 2 * left) / (factors.length - 1), (bottom - top) / Math.max(1, ...factors)];
    const points = factors.map((/** @type {number} */ factor, /** @type {number} */ t) => [left + t * across, bottom - factor * up]);
    const rules = [top, bottom].map((y) => `M${left} ${y}H${kWidth - left}`).join('');
    const line = `d="${pathData(points, kLoose)}" stroke="var(--descent-hue-${entry.style.hue})"`;
    return {
      pytorch,
      svg: frame(`<path d="${rules}" stroke="var(--descent-hairline)"/><path ${line} fill="none" stroke-width="2" stroke-linejoin="round"/>`),
    };
  } catch {
    return { svg: '', pytorch: '' };
  }
}

/**
 * A landscape's map.
 * @param {Entry} entry
 */
export async function mapPicture(entry) {
  const ground = await readGround(entry.id);
  return ground ? frame(ground.fills + crosses(ground, 'ink')) : '';
}

/** Where the minima are. @param {Ground} ground @param {string} ink */
function crosses({ minima, at }, ink) {
  const marks = minima.map(at).map(([x, y]) => `M${round(x - 3)} ${round(y)}h6m-3-3v6`);
  return `<path d="${marks.join('')}" stroke="var(--descent-${ink})"/>`;
}
