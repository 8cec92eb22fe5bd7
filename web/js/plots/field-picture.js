// A field of numbers as a picture, a pixel a grid point, and the line along which it changes sign.

import { kEntries } from './colour-table.js';

/**
 * Draws grid points through a table of colours into a canvas of as many pixels, the last row on
 * top: fields have y upwards.
 * @param {HTMLCanvasElement} canvas @param {number} nx @param {number} ny
 * @param {(i: number) => number} pixelOf packed colour of grid point i
 */
export function paintField(canvas, nx, ny, pixelOf) {
  if (canvas.width !== nx) canvas.width = nx;
  if (canvas.height !== ny) canvas.height = ny;
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = ctx.createImageData(nx, ny);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < ny; row++) {
    const from = (ny - 1 - row) * nx;
    for (let k = 0; k < nx; k++) pixels[from + k] = pixelOf(row * nx + k);
  }
  ctx.putImageData(image, 0, 0);
}

/**
 * Grid points lie on the edges of the box, so that half of each outer pixel is left out.
 * @param {CanvasRenderingContext2D} ctx @param {CanvasImageSource} picture
 * @param {{ nx: number, ny: number, sy?: number }} grid sy: its first row in the picture
 * @param {{ x: number, y: number, width: number, height: number }} box
 * @param {ImageSmoothingQuality} [quality] low takes a third of the time
 */
export function placeField(ctx, picture, { nx, ny, sy = 0 }, { x, y, width, height }, quality = 'high') {
  ctx.imageSmoothingEnabled = true;
  ctx.imageSmoothingQuality = quality;
  ctx.drawImage(picture, 0.5, sy + 0.5, nx - 1, ny - 1, x, y, width, height);
}

/**
 * An entry for a value of either sign, whose full colour is at ±scale.
 * @param {Float64Array} values @param {number} offset @param {number} scale @param {Uint32Array} table
 */
export function divergingPixels(values, offset, scale, table) {
  const half = (kEntries - 1) / 2;
  return (/** @type {number} */ i) => {
    const t = half * (1 + values[offset + i] / scale);
    return table[t >= 0 ? Math.min(kEntries - 1, Math.round(t)) : t < 0 ? 0 : kEntries];
  };
}

/** @param {Float64Array} values @param {number} from @param {number} to */
export function largestSize(values, from, to) {
  let most = 0;
  for (let i = from; i < to; i++) {
    const size = Math.abs(values[i]);
    if (size > most && size < Infinity) most = size;
  }
  return most;
}

/**
 * The line value = 0 by marching squares, linear along each edge of a cell.
 * @param {(i: number) => number} value at grid point i
 * @param {number} nx @param {number} ny
 * @param {{ width: number, height: number }} box px; row 0 at its lower edge
 * @returns {Path2D}
 */
export function zeroLine(value, nx, ny, { width, height }) {
  const path = new Path2D();
  const [dx, dy] = [width / (nx - 1), height / (ny - 1)];
  /** Where an edge from p to q crosses zero. @type {(p: number, q: number) => number} */
  const cut = (p, q) => p / (p - q);
  for (let row = 0; row + 1 < ny; row++) {
    let [a, d] = [value(row * nx), value((row + 1) * nx)];
    for (let k = 0; k + 1 < nx; k++) {
      const b = value(row * nx + k + 1);
      const c = value((row + 1) * nx + k + 1);
      const kind = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (c > 0 ? 4 : 0) | (d > 0 ? 8 : 0);
      if (kind !== 0 && kind !== 15 && Number.isFinite(a + b + c + d)) {
        const x = k * dx;
        const y = height - row * dy;
        /** @type {[number, number][]} */
        const ends = [];
        if (a > 0 !== b > 0) ends.push([x + cut(a, b) * dx, y]);
        if (b > 0 !== c > 0) ends.push([x + dx, y - cut(b, c) * dy]);
        if (c > 0 !== d > 0) ends.push([x + cut(d, c) * dx, y - dy]);
        if (d > 0 !== a > 0) ends.push([x, y - cut(a, d) * dy]);
        // On a saddle all four edges are cut; which pairs belong together cannot be seen from here.
        for (let e = 0; e + 1 < ends.length; e += 2) {
          path.moveTo(...ends[e]);
          path.lineTo(...ends[e + 1]);
        }
      }
      a = b;
      d = c;
    }
  }
  return path;
}
