import { FunctionPlot } from './function-plot.js';
import { HatStrip } from './hat-strip.js';
import { pointIn } from '../../plots/pointer.js';
import { formatNumber } from '../../plots/ticks.js';
import { h, setAttribute, setText } from '../../widgets/dom.js';
import { knobValue } from '../../panels/network-data.js';
import { TargetHand } from './target-hand.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../types.js').Style} Style */
/** @typedef {import('./function-plot.js').FunctionCurve} FunctionCurve */

/** @type {(hue: number, slot: number) => Style} */
const styleOf = (hue, slot) => ({ hue, slot, ring: false, hollow: false });
/** What is written down, and not trained. */
export const constructions = { hats: styleOf(4, 0), bumps: styleOf(3, 2), polynomial: styleOf(6, 1) };

const kShown = [
  { knob: /** @type {const} */ ('hats'), label: 'Hats' },
  { knob: /** @type {const} */ ('bumps'), label: 'Sigmoid bumps' },
  { knob: /** @type {const} */ ('polynomial'), label: 'Polynomial' },
];

/** @type {[number, number]} */
const kAcross = [-0.25, 1.25];
const kPoints = 451;
/** Rows of the channel `functions`. */
const rows = { target: 0, hats: 1, pieces: 2, bumps: 3, polynomial: 4, networks: 5 };

/** Functions of one number: the target, what is written down and what is learnt, above the hats. */
export class ApproximationPanel {
  #reader;
  #box = h('div', { class: 'approximation' });
  #hatBox = h('div', { class: 'approximation-hats' });
  #range = h('input', { class: 'slider', type: 'range', min: 0, max: 1, step: 1, 'aria-label': 'Hats in the sum' });
  #count = h('output', { class: 'approximation-count' });
  #row;
  #toggles;
  #plot;
  #strip;
  #hand;
  /** How many hats are summed; Infinity for all. */
  #summed = Infinity;
  /** @type {Frame | null} */
  #frame = null;

  /**
   * @param {HTMLElement} container
   * @param {import('../../panels/channels.js').ChannelReader} reader
   * @param {(knob: string, value: string) => void} setKnob
   */
  constructor(container, reader, setKnob) {
    this.#reader = reader;
    const plotBox = h('div', { class: 'approximation-plot' });
    this.#row = h('label', { class: 'approximation-sum' }, h('span', {}, 'Hats summed'), this.#range, this.#count);
    this.#toggles = kShown.map(({ knob, label }) => h('button', {
      type: 'button', class: `approximation-toggle is-${knob}`,
      onclick: () => this.#frame && setKnob(knob, knobValue(this.#frame.description, knob) === 'on' ? 'off' : 'on'),
    }, label));
    const shown = h('div', { class: 'approximation-shown', role: 'group', 'aria-label': 'Written down' }, this.#toggles);
    this.#box.append(shown, plotBox, this.#hatBox, this.#row);
    container.append(this.#box);
    this.#plot = new FunctionPlot(plotBox, 'Target and approximations');
    this.#strip = new HatStrip(this.#hatBox, 'Hats, each at its height');
    this.#hand = new TargetHand(this.#plot, {
      setDrawing: (text) => setKnob('drawing', text),
      redraw: () => this.#redraw(),
    });
    const sum = (/** @type {number} */ count) => {
      this.#summed = count >= Number(this.#range.max) ? Infinity : count;
      this.#redraw();
    };
    this.#range.addEventListener('input', () => sum(Number(this.#range.value)));
    // The arrows are the slider's own here, and not the lab's.
    this.#range.addEventListener('keydown', (event) => {
      if (/^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
    });
    this.#hatBox.addEventListener('pointerdown', (event) => {
      sum(this.#strip.hatAt(pointIn(this.#hatBox, event)[0]) + 1);
    });
  }

  #redraw() {
    if (this.#frame) this.update(this.#frame);
  }

  /** @param {Frame} frame */
  update(frame) {
    this.#frame = frame;
    const { description, view } = frame;
    const shows = (/** @type {string} */ id) => knobValue(description, id) === 'on';
    const { data } = this.#reader.read(`functions(${kAcross.join(',')},${kPoints})`);
    const [, n, low, high] = this.#reader.read('domain').data;
    const x = Float64Array.from({ length: kPoints }, (_, i) => kAcross[0] + ((kAcross[1] - kAcross[0]) * i) / (kPoints - 1));
    const row = (/** @type {number} */ k) => data.subarray(k * kPoints, (k + 1) * kPoints);
    const heights = this.#reader.read('knots').data;
    const summed = Math.min(this.#summed, n + 1);

    /** @type {FunctionCurve[]} */
    const curves = description.subjects.flatMap(({ label, style }, k) =>
      view.hidden.has(k) ? [] : [{ label, style, x, y: row(rows.networks + k) }]);
    // The selected one lies on top.
    curves.sort((a, b) => Number(b.label === description.subjects[view.selected]?.label) - Number(a.label === description.subjects[view.selected]?.label));
    if (shows('hats')) {
      const label = summed > n ? 'hats' : `${summed} hats`;
      curves.push({ label, style: constructions.hats, ...sumOfHats(heights, summed) });
    }
    if (shows('polynomial')) {
      curves.push({ label: `degree ${knobValue(description, 'degree')}`, style: constructions.polynomial, x, y: row(rows.polynomial) });
    }
    if (shows('bumps')) curves.push({ label: 'bumps', style: constructions.bumps, x, y: row(rows.bumps) });

    kShown.forEach(({ knob }, k) => setAttribute(this.#toggles[k], 'aria-pressed', shows(knob)));
    this.#hand.update(knobValue(description, 'target') === 'drawn', knobValue(description, 'drawing'));
    const { isOn, values, chosen } = this.#hand;
    const spread = high - low || 1;
    this.#plot.update({
      name: `${description.subtitle}: functions over x`,
      across: kAcross,
      up: [low - 0.3 * spread, high + 0.3 * spread],
      domain: [0, 1],
      target: { label: 'target', x, y: row(rows.target) },
      curves,
      handles: isOn ? { x: values.map((_, i) => i / (values.length - 1)), y: values, chosen } : null,
    });
    this.#drawHats(heights, summed, shows('hats'));
  }

  /** @param {Float64Array} heights @param {number} summed @param {boolean} isShown */
  #drawHats(heights, summed, isShown) {
    this.#hatBox.hidden = this.#row.hidden = !isShown;
    this.#box.classList.toggle('has-hats', isShown);
    if (!isShown) return;
    const n = heights.length - 1;
    setAttribute(this.#range, 'max', n + 1);
    if (this.#range.value !== String(summed)) this.#range.value = String(summed);
    this.#range.style.setProperty('--at', String(summed / (n + 1)));
    const isAll = summed > n;
    const i = summed - 1;
    setText(this.#count, isAll ? `all ${n + 1}, three ReLUs each` : summed === 0 ? 'none' : `last: ${formatNumber(heights[i], 3)} · [${hatText(n, i)}]`);
    this.#strip.update({ across: kAcross, knots: heights, summed, style: constructions.hats });
  }

  refreshTheme() {
    this.#plot.refreshTheme();
    this.#strip.refreshTheme();
  }

  destroy() {
    this.#hand.destroy();
    this.#plot.destroy();
    this.#strip.destroy();
    this.#box.remove();
  }
}

/** The corners of the sum of the first hats. @param {Float64Array} heights @param {number} summed */
function sumOfHats(heights, summed) {
  const n = heights.length - 1;
  const y = Array.from(heights, (height, i) => (i < summed ? height : 0));
  const inside = y.map((_, i) => i / n);
  return {
    x: [kAcross[0], -1 / n, ...inside, 1 + 1 / n, Math.max(kAcross[1], 1 + 1 / n)],
    y: [0, 0, ...y, 0, 0],
    // Where there are many, dots would hide the line.
    ...(n <= 64 && { dots: { x: inside.slice(0, summed), y: y.slice(0, summed) } }),
  };
}

/** @param {number} n @param {number} i */
function hatText(n, i) {
  const at = (/** @type {number} */ k) => (k === 0 ? `σ(${n}x)` : `σ(${n}x ${k < 0 ? '+' : '−'} ${Math.abs(k)})`);
  return `${at(i - 1)} − 2${at(i)} + ${at(i + 1)}`;
}
