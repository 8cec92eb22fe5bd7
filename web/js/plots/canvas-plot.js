// What plots on a canvas of their own share: size and density, the theme, a name, their numbers.

import { fitCanvas, pixelRatio, watchSize } from './canvas.js';
import { NumberTable } from './number-table.js';
import { readTheme } from './theme.js';

/** @import { Theme } from './theme.js' */

export class CanvasPlot {
  root = document.createElement('div');
  canvas = document.createElement('canvas');
  label;
  width = 0;
  height = 0;
  /** @type {Theme | null} */
  #theme = null;
  #numbers;
  #unwatch;

  /**
   * @param {HTMLElement} container gives the size; the plot never changes it
   * @param {string} label
   */
  constructor(container, label) {
    this.label = label;
    container.classList.add('descent-plot');
    this.root.className = 'descent-plot-canvas';
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', label);
    this.root.append(this.canvas);
    this.#numbers = new NumberTable(this.root, () => this.numbers());
    container.append(this.root);
    this.#unwatch = watchSize(container, (width, height) => {
      this.width = width;
      this.height = height;
      this.draw();
    });
  }

  /** Draws at once: call it from an animation frame. */
  draw() {
    if (this.width < 1 || this.height < 1) return;
    const theme = (this.#theme ??= readTheme(this.root));
    const ctx = fitCanvas(this.canvas, this.width, this.height, pixelRatio());
    ctx.clearRect(0, 0, this.width, this.height);
    this.paint(ctx, theme);
  }

  /** New data: drawn, and written into the table. */
  changed() {
    this.draw();
    this.#numbers.touch();
  }

  /** @param {CanvasRenderingContext2D} ctx with CSS pixels as unit @param {Theme} theme */
  paint(ctx, theme) {
    throw new Error(`paint is not implemented: ${ctx} ${theme}`);
  }

  /** @returns {{ caption: string, columns: string[], rows: string[][] }} */
  numbers() {
    return { caption: this.label, columns: [], rows: [] };
  }

  refreshTheme() {
    this.#theme = null;
    this.draw();
  }

  destroy() {
    this.#unwatch();
    this.#numbers.destroy();
    this.root.remove();
  }
}
