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
const kLine = { x0: kAcross[0], x1: kAcross[1], points: 451 };

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
    const reader = this.#reader;
    const { pieces, low, high } = reader.row('domain');
    const { x, target, bumps, polynomial } = reader.columns('functions', kLine);
    const summed = Math.min(this.#summed, pieces + 1);
    const hats = reader.columns('hats', { summed });

    /** @type {FunctionCurve[]} */
    const curves = description.subjects.flatMap(({ label, style }, runner) => {
      if (view.hidden.has(runner)) return [];
      const { y } = reader.columns('network', { runner, ...kLine });
      return [{ label, style, x, y }];
    });
    // The selected one lies on top.
    curves.sort((a, b) => Number(b.label === description.subjects[view.selected]?.label) - Number(a.label === description.subjects[view.selected]?.label));
    if (shows('hats')) {
      const label = summed > pieces ? 'hats' : `${summed} hats`;
      curves.push({ label, style: constructions.hats, ...sumOfHats(hats, summed) });
    }
    if (shows('polynomial')) {
      curves.push({ label: `degree ${knobValue(description, 'degree')}`, style: constructions.polynomial, x, y: polynomial });
    }
    if (shows('bumps')) curves.push({ label: 'bumps', style: constructions.bumps, x, y: bumps });

    kShown.forEach(({ knob }, k) => setAttribute(this.#toggles[k], 'aria-pressed', shows(knob)));
    const drawing = reader.has('drawing') ? reader.columns('drawing') : null;
    this.#hand.update(drawing && drawing.y);
    const { values, chosen } = this.#hand;
    const spread = high - low || 1;
    this.#plot.update({
      name: `${description.subtitle}: functions over x`,
      across: kAcross,
      up: [low - 0.3 * spread, high + 0.3 * spread],
      domain: [0, 1],
      target: { label: 'target', x, y: target },
      curves,
      handles: drawing && { x: drawing.x, y: values, chosen },
    });
    this.#drawHats(hats.height.subarray(1, -1), summed, shows('hats'));
  }

  /** @param {Float64Array} heights of all hats @param {number} summed @param {boolean} isShown */
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

/** Corner by corner, 0 beyond the outermost. @param {Record<string, Float64Array>} hats @param {number} summed */
function sumOfHats({ x, sum }, summed) {
  const end = x[x.length - 1];
  return {
    x: [kAcross[0], ...x, Math.max(kAcross[1], end)],
    y: [0, ...sum, 0],
    // Where there are many, dots would hide the line.
    ...(x.length <= 67 && { dots: { x: x.subarray(1, summed + 1), y: sum.subarray(1, summed + 1) } }),
  };
}

/** @param {number} n @param {number} i */
function hatText(n, i) {
  const at = (/** @type {number} */ k) => (k === 0 ? `σ(${n}x)` : `σ(${n}x ${k < 0 ? '+' : '−'} ${Math.abs(k)})`);
  return `${at(i - 1)} − 2${at(i)} + ${at(i + 1)}`;
}
