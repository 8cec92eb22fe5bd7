// The design tokens as plain values a canvas can use. A theme is read once and read anew only when
// a plot's refreshTheme() is called: computed style is too dear to ask for in every frame.

/**
 * @typedef {object} Theme
 * @property {string} paper
 * @property {string} surface
 * @property {string} sunken
 * @property {string} ink
 * @property {string} ink2
 * @property {string} ink3
 * @property {string} hairline
 * @property {string} outline
 * @property {string} accent
 * @property {string} warn
 * @property {string} halo
 * @property {string[]} hues
 * @property {string[]} contours shallow to deep
 * @property {string} contourLine
 * @property {string[]} diverge below zero to above it
 * @property {string[]} sequence from nothing to all
 * @property {string} fontUi
 * @property {number} tickSize px
 * @property {number} labelSize px
 * @property {number} pathWidth px
 * @property {number} haloWidth px
 * @property {number} ruleWidth px
 * @property {number[][]} dashes by slot
 * @property {string[]} markers by slot: an SVG path of unit radius
 */

export const kHues = 8;
export const kSlots = 6;
/** Of the slots, that of a plain dash. */
export const kDashed = 2;

// A swatch may be built before its host stands in the document, where computed style is empty.
const kDashes = ['none', '10 4', '5 3.5', '0.1 4.5', '9 4 0.1 4', '12 3.5 4 3.5'];
const kMarkers = [
  'M-.9 0A.9.9 0 1 0 .9 0A.9.9 0 1 0-.9 0Z', 'M-.8-.8H.8V.8H-.8Z', 'M0-1.12L1.02 0L0 1.12L-1.02 0Z',
  'M0-1.08L1.02.72H-1.02Z', 'M0-1L.866-.5V.5L0 1L-.866 .5V-.5Z', 'M0 1.08L1.02-.72H-1.02Z',
];

/** @param {string} text "10 4", or "none" @returns {number[]} */
const parseDash = (text) => text.split(/[\s,]+/).map(parseFloat).filter((n) => n >= 0);

/** @param {Element} element inside the page or shadow tree whose tokens count @returns {Theme} */
export function readTheme(element) {
  const style = getComputedStyle(element);
  /** @type {(name: string, otherwise: string) => string} */
  const token = (name, otherwise) =>
    style.getPropertyValue(`--descent-${name}`).trim() || otherwise;
  /** @type {(name: string, otherwise: number) => number} */
  const px = (name, otherwise) => {
    const text = token(name, '');
    const size = parseFloat(text);
    if (!Number.isFinite(size)) return otherwise;
    return text.endsWith('rem') ? size * rootSize() : size;
  };
  /** @type {(count: number, name: string, otherwise: string) => string[]} */
  const list = (count, name, otherwise) =>
    Array.from({ length: count }, (_, i) => token(`${name}-${i}`, otherwise));
  return {
    paper: token('paper', 'Canvas'),
    surface: token('surface', 'Canvas'),
    sunken: token('sunken', 'Canvas'),
    ink: token('ink', 'CanvasText'),
    ink2: token('ink-2', 'CanvasText'),
    ink3: token('ink-3', 'CanvasText'),
    hairline: token('hairline', 'GrayText'),
    outline: token('outline', 'GrayText'),
    accent: token('accent', 'Highlight'),
    warn: token('warn', 'CanvasText'),
    halo: token('halo', 'Canvas'),
    hues: list(kHues, 'hue', 'CanvasText'),
    contours: list(9, 'contour', 'Canvas'),
    contourLine: token('contour-line', 'GrayText'),
    diverge: list(11, 'diverge', 'Canvas'),
    sequence: list(9, 'sequence', 'Canvas'),
    fontUi: token('font-ui', 'sans-serif'),
    tickSize: px('text-1', 12),
    labelSize: px('text-2', 14),
    pathWidth: px('stroke-path', 2.25),
    haloWidth: px('stroke-halo', 5),
    ruleWidth: px('stroke-rule', 1),
    dashes: kDashes.map((dash, i) => parseDash(token(`dash-${i}`, dash))),
    markers: kMarkers.map((path, i) => token(`marker-${i}`, path).replace(/^["']|["']$/g, '')),
  };
}

/** Pixels of one rem. */
function rootSize() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
