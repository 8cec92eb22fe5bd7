/**
 * What identifies an entry, drawn as js/plots/marks.js draws it in a lab: each once, as a symbol of
 * the page.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kWeb } from '../paths.mjs';

/** @typedef {import('./catalogue.mjs').Entry} Entry */

/** The design's dashes and markers, by slot. */
export async function readTokens() {
  const css = await readFile(join(kWeb, 'css/tokens.css'), 'utf8');
  const all = (/** @type {RegExp} */ pattern) => [...css.matchAll(pattern)].map(([, value]) => value);
  return {
    dashes: all(/--descent-dash-\d:\s*([^;]+);/g),
    markers: all(/--descent-marker-\d:\s*"([^"]+)";/g),
  };
}

/** @typedef {Awaited<ReturnType<typeof readTokens>>} Tokens */

/** @param {Tokens} tokens @param {Entry['style']} style */
export function stroke({ dashes }, { hue, slot }) {
  const dash = dashes[slot % dashes.length];
  const cap = /(?:^|\s)0?\.\d/.test(dash) ? 'round' : 'butt';
  return `fill="none" stroke="var(--descent-hue-${hue})" stroke-dasharray="${dash}" stroke-linecap="${cap}"`;
}

/** @param {Tokens} tokens @param {Entry['style']} style @param {number} radius */
export const marker = ({ markers }, { hue, slot }, radius) =>
  `<path transform="scale(${radius})" fill="var(--descent-hue-${hue})" d="${markers[slot % markers.length]}"/>`;

/** A drawing that says nothing which the text beside it does not say. */
export const kHidden = 'aria-hidden="true" focusable="false"';

/**
 * @param {Tokens} tokens
 * @param {Entry[]} entries
 */
export function swatchSymbols(tokens, entries) {
  const symbols = entries.map(({ id, style }) => {
    const gap = style.ring ? 7.5 : 6;
    const ring = `<circle cx="20" cy="8" r="6.6" fill="none" stroke="var(--descent-hue-${style.hue})" stroke-width="1.4"/>`;
    const head = `<g transform="translate(20 8)">${marker(tokens, style, style.ring ? 4 : 5.25)}</g>${style.ring ? ring : ''}`;
    // Both halves start at the outer end, so that the swatch is symmetric whatever the dash.
    const line = `<path ${stroke(tokens, style)} stroke-width="2.25" d="M1.5 8H${20 - gap}M38.5 8H${20 + gap}"/>`;
    return `<symbol id="swatch-${id}" viewBox="0 0 40 16">${line}${head}</symbol>` +
      `<symbol id="marker-${id}" viewBox="12 0 16 16">${head}</symbol>`;
  });
  return `<svg class="symbols" width="0" height="0" ${kHidden}>${symbols.join('')}</svg>`;
}

/** @param {Entry} entry */
export const swatch = ({ id }) =>
  `<svg class="swatch" width="40" height="16" ${kHidden}><use href="#swatch-${id}"/></svg>`;

/** @param {Entry} entry */
export const markerOf = ({ id }) =>
  `<svg class="marker" width="16" height="16" ${kHidden}><use href="#marker-${id}"/></svg>`;
