// Sizing a canvas to its container, on screens of any density.

/**
 * Gives the canvas as many device pixels as it covers and its context CSS pixels as unit.
 * @param {HTMLCanvasElement} canvas @param {number} width CSS px @param {number} height CSS px
 * @param {number} ratio device pixels a CSS pixel
 * @returns {CanvasRenderingContext2D}
 */
export function fitCanvas(canvas, width, height, ratio) {
  const columns = Math.max(1, Math.round(width * ratio));
  const rows = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
  }
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  ctx.setTransform(columns / width, 0, 0, rows / height, 0, 0);
  return ctx;
}

export const pixelRatio = () => Math.min(3, globalThis.devicePixelRatio || 1);

/**
 * Calls back with the container's inner size, and again when it or the screen's density changes.
 * @param {HTMLElement} container
 * @param {(width: number, height: number) => void} onSize
 * @returns {() => void} stops watching
 */
export function watchSize(container, onSize) {
  const report = () => onSize(container.clientWidth, container.clientHeight);
  const observer = new ResizeObserver(report);
  observer.observe(container);
  /** @type {MediaQueryList} */
  let density;
  const onDensity = () => {
    watchDensity();
    report();
  };
  // The query holds for one density only, so each change arms the next.
  const watchDensity = () => {
    density = matchMedia(`(resolution: ${globalThis.devicePixelRatio || 1}dppx)`);
    density.addEventListener('change', onDensity, { once: true });
  };
  watchDensity();
  return () => {
    observer.disconnect();
    density.removeEventListener('change', onDensity);
  };
}

/**
 * Text that stays readable on anything: a casing in the halo's colour, then the fill.
 * @param {CanvasRenderingContext2D} ctx @param {string} text @param {number} x @param {number} y
 * @param {string} halo @param {string} fill
 */
export function haloText(ctx, text, x, y, halo, fill) {
  ctx.lineJoin = 'round';
  ctx.setLineDash([]);
  ctx.lineWidth = 4;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = fill;
  ctx.fillText(text, x, y);
}
