import { pointIn } from '../../plots/pointer.js';
import { setAttribute } from '../../widgets/dom.js';

const kDecimals = 3;
const kMost = 10;
const kStep = 0.05;

/** @param {number[]} values */
const writeDrawing = (values) => values.map((v) => String(Number(v.toFixed(kDecimals)))).join(', ');

/**
 * Drawing a target over [0, 1], by pointer or by keys: left and right choose one of its points, up
 * and down move it.
 */
export class TargetHand {
  isOn = false;
  /** @type {number[]} */
  values = [];
  /** The point that a key would move, or −1. */
  chosen = -1;
  #plot;
  #options;
  #isDown = false;
  /** @type {[number, number] | null} */
  #before = null;
  #abort = new AbortController();

  /**
   * @param {import('./function-plot.js').FunctionPlot} plot
   * @param {{ setDrawing: (text: string) => void, redraw: () => void }} options
   */
  constructor(plot, options) {
    this.#plot = plot;
    this.#options = options;
    const { root } = plot;
    const { signal } = this.#abort;
    root.addEventListener('pointerdown', (event) => {
      if (!this.isOn || event.button !== 0) return;
      this.#isDown = true;
      this.#before = null;
      root.setPointerCapture(event.pointerId);
      this.#pull(event);
    }, { signal });
    root.addEventListener('pointermove', (event) => this.#isDown && this.#pull(event), { signal });
    for (const end of ['pointerup', 'pointercancel']) {
      root.addEventListener(end, () => this.#isDown && this.#finish(), { signal });
    }
    root.addEventListener('keydown', (event) => this.#key(event), { signal });
    root.addEventListener('blur', () => this.#choose(-1), { signal });
  }

  /** @param {Float64Array | null} drawing its values; null where nothing is drawn */
  update(drawing) {
    this.#setOn(drawing !== null);
    // While it is pulled, the points are ahead of the core.
    if (!drawing || this.#isDown) return;
    this.values = Array.from(drawing);
    this.chosen = Math.min(this.chosen, this.values.length - 1);
  }

  destroy() {
    this.#abort.abort();
  }

  /** @param {boolean} on */
  #setOn(on) {
    if (on === this.isOn) return;
    this.isOn = on;
    this.#isDown = false;
    const { root, canvas } = this.#plot;
    root.classList.toggle('is-pulled', on);
    canvas.style.cursor = on ? 'crosshair' : '';
    if (!on) {
      for (const name of ['tabindex', 'role', 'aria-label']) root.removeAttribute(name);
      return;
    }
    root.tabIndex = 0;
    setAttribute(root, 'role', 'group');
    setAttribute(root, 'aria-label', 'Target drawn by hand: the left and right arrow keys choose a point, up and down ' +
      'move it, with shift farther');
  }

  /** Every point between the last place and this one follows the pointer. @param {PointerEvent} event */
  #pull(event) {
    const [x, y] = this.#plot.toData(...pointIn(this.#plot.root, event));
    const [x0, y0] = this.#before ?? [x, y];
    const last = this.values.length - 1;
    const index = (/** @type {number} */ at) => Math.max(0, Math.min(last, Math.round(at * last)));
    const [from, to] = [index(Math.min(x, x0)), index(Math.max(x, x0))];
    for (let i = from; i <= to; i++) {
      const share = x === x0 ? 1 : Math.max(0, Math.min(1, (i / last - x0) / (x - x0)));
      this.values[i] = within(y0 + share * (y - y0));
    }
    this.#before = [x, y];
    this.#options.redraw();
  }

  #finish() {
    this.#isDown = false;
    this.#write();
  }

  #write() {
    this.#options.setDrawing(writeDrawing(this.values));
  }

  /** @param {number} at */
  #choose(at) {
    if (at === this.chosen) return;
    this.chosen = at;
    this.#options.redraw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.isOn || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.values.length - 1;
    const way = { ArrowLeft: -1, ArrowRight: 1, Home: -last, End: last }[event.key];
    const lift = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (way !== undefined) {
      this.#choose(this.chosen < 0 ? (way > 0 ? 0 : last) : Math.max(0, Math.min(last, this.chosen + way)));
    } else if (lift !== undefined && this.chosen >= 0) {
      this.values[this.chosen] = within(this.values[this.chosen] + lift * kStep * (event.shiftKey ? 5 : 1));
      this.#write();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {number} value */
const within = (value) => Math.max(-kMost, Math.min(kMost, value));
