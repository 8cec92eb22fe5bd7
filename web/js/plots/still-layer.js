// What stands still in a picture whose rest changes with every frame: drawn once, laid over as a whole.

import { fitCanvas, pixelRatio } from './canvas.js';

/** @import { Theme } from './theme.js' */

export class StillLayer {
  #picture = document.createElement('canvas');
  #is = '';
  /** @type {Theme | null} */
  #theme = null;

  /**
   * @param {CanvasRenderingContext2D} ctx of a plot of this size, with CSS pixels as unit
   * @param {Theme} theme
   * @param {{ width: number, height: number }} plot CSS px
   * @param {string} key of all else that it shows: it is drawn anew when this changes
   * @param {(ctx: CanvasRenderingContext2D) => void} paint
   */
  draw(ctx, theme, { width, height }, key, paint) {
    const ratio = pixelRatio();
    const is = [key, width, height, ratio].join();
    if (is !== this.#is || theme !== this.#theme) {
      this.#is = is;
      this.#theme = theme;
      const own = fitCanvas(this.#picture, width, height, ratio);
      own.clearRect(0, 0, width, height);
      own.save();
      paint(own);
      own.restore();
    }
    ctx.drawImage(this.#picture, 0, 0, width, height);
  }
}
