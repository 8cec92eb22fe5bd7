// Attention weights as cells of colour: what the small maps of all heads and the large one share.

/** @import { Theme } from '../../plots/theme.js' */

const kShades = 256;

/** @type {WeakMap<Theme, Uint32Array>} */
const tables = new WeakMap();

/** @param {string} hex "#rrggbb" @returns {number[]} */
const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) || 0);

/** From weight 0 to weight 1, as ImageData holds pixels. @param {Element} element @param {Theme} theme */
function shadesOf(element, theme) {
  const found = tables.get(theme);
  if (found) return found;
  const style = getComputedStyle(element);
  const stops = Array.from({ length: 9 }, (_, i) => channels(style.getPropertyValue(`--descent-sequence-${i}`).trim()));
  const table = Uint32Array.from({ length: kShades }, (_, i) => {
    const at = (i / (kShades - 1)) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(at));
    const [r, g, b] = stops[k].map((from, c) => Math.round(from + (at - k) * (stops[k + 1][c] - from)));
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
  tables.set(theme, table);
  return table;
}

/** Small weights are told apart, too: the colour goes by the root. @param {number} weight */
const shadeOf = (weight) => Math.round((kShades - 1) * Math.sqrt(Math.max(0, Math.min(1, weight || 0))));

/** The colour of a weight. @param {Element} element @param {Theme} theme @param {number} weight */
export function weightColour(element, theme, weight) {
  const pixel = shadesOf(element, theme)[shadeOf(weight)];
  return `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`;
}

/**
 * One map, a pixel a cell; what a query does not see stays clear.
 * @param {HTMLCanvasElement} canvas @param {Element} element whose tokens count @param {Theme} theme
 * @param {Float64Array} weights of all maps, row-major: queries down, keys across @param {number} from
 * @param {number} size tokens
 */
export function paintWeights(canvas, element, theme, weights, from, size) {
  if (canvas.width !== size || canvas.height !== size) {
    canvas.width = size;
    canvas.height = size;
  }
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = ctx.createImageData(size, size);
  const pixels = new Uint32Array(image.data.buffer);
  const shades = shadesOf(element, theme);
  for (let query = 0; query < size; query++) {
    for (let key = 0; key <= query; key++) {
      pixels[query * size + key] = shades[shadeOf(weights[from + query * size + key])];
    }
  }
  ctx.putImageData(image, 0, 0);
}

/** Places that picture, cell by cell. @type {(ctx: CanvasRenderingContext2D, canvas: HTMLCanvasElement, x: number, y: number, side: number) => void} */
export function placeWeights(ctx, canvas, x, y, side) {
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(canvas, x, y, side, side);
  ctx.imageSmoothingEnabled = true;
}
