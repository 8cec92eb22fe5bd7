// A small attention map of every head of every block, each with what it is best at.

import { CanvasPlot } from '../../plots/canvas-plot.js';
import { pointIn } from '../../plots/pointer.js';
import { formatNumber } from '../../plots/ticks.js';
import { paintWeights, placeWeights } from './weight-cells.js';

/** @import { Theme } from '../../plots/theme.js' */

/** @typedef {{ block: number, head: number }} Head */
/**
 * @typedef {object} HeadData
 * @property {number} blocks
 * @property {number} heads
 * @property {number} size tokens
 * @property {Float64Array} weights [blocks, heads, size, size]
 * @property {Record<string, Float64Array>} scores of every head: weight on the `previous` token, on what
 *   followed before (`induction`), and both of a head that looks at all alike (`uniform…`)
 * @property {Head} chosen
 */

const kGap = 14;
const kMost = 190; // px of a map
const kTitle = 19;
const kFoot = 38;
const kNamed = 96; // px, from which a head has room for its name
const kTelling = 2; // times uniform

let count = 0;

export class HeadGrid extends CanvasPlot {
  /** @type {HeadData | null} */
  #data = null;
  #pictures = /** @type {HTMLCanvasElement[]} */ ([]);
  #help = document.createElement('div');
  #abort = new AbortController();

  /** @param {HTMLElement} container @param {{ onChoose: (head: Head) => void }} hand */
  constructor(container, { onChoose }) {
    super(container, 'Attention maps of all heads');
    this.#help.id = `descent-heads-help-${++count}`;
    this.#help.className = 'descent-plot-numbers';
    this.#help.textContent = 'The arrow keys choose a head, whose map is then shown large.';
    this.root.append(this.#help);
    this.root.tabIndex = 0;
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', 'Heads by block');
    this.root.setAttribute('aria-describedby', this.#help.id);
    this.root.classList.add('is-operable');
    const { signal } = this.#abort;
    const headUnder = (/** @type {MouseEvent} */ event) => this.#headAt(...pointIn(this.root, event));
    this.root.addEventListener('pointermove', (event) => {
      this.root.style.cursor = headUnder(event) ? 'pointer' : '';
    }, { signal });
    this.root.addEventListener('click', (event) => {
      const head = headUnder(event);
      if (head) onChoose(head);
    }, { signal });
    this.root.addEventListener('keydown', (event) => {
      const head = this.#neighbour(event);
      if (!head) return;
      event.preventDefault();
      // Elsewhere in a lab the arrows step through time.
      event.stopPropagation();
      onChoose(head);
    }, { signal });
  }

  /** What the grid needs at this width. @param {number} width @param {HeadData} data */
  static heightFor(width, { blocks, heads }) {
    return blocks * (sideOf(width, heads) + kTitle + kFoot) - 4;
  }

  /** @param {HeadData} data */
  update(data) {
    this.#data = data;
    this.changed();
  }

  /** @param {number} x @param {number} y @returns {Head | null} */
  #headAt(x, y) {
    const { blocks = 0, heads = 1 } = this.#data ?? {};
    const side = sideOf(this.width, heads);
    const [head, block] = [Math.floor(x / (side + kGap)), Math.floor(y / (side + kTitle + kFoot))];
    return head >= 0 && head < heads && block >= 0 && block < blocks ? { block, head } : null;
  }

  /** @param {KeyboardEvent} event @returns {Head | null} */
  #neighbour({ key, ctrlKey, metaKey, altKey }) {
    const data = this.#data;
    if (!data || ctrlKey || metaKey || altKey) return null;
    const { block, head } = data.chosen;
    const [across, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
    if (across === 0 && down === 0) return null;
    return {
      block: Math.max(0, Math.min(data.blocks - 1, block + down)),
      head: Math.max(0, Math.min(data.heads - 1, head + across)),
    };
  }

  /** @override @param {CanvasRenderingContext2D} ctx @param {Theme} theme */
  paint(ctx, theme) {
    const data = this.#data;
    if (!data) return;
    const { blocks, heads, size, weights, scores, chosen } = data;
    const side = sideOf(this.width, heads);
    ctx.textBaseline = 'alphabetic';
    ctx.textAlign = 'left';
    for (let at = 0; at < blocks * heads; at++) {
      const [block, head] = [Math.floor(at / heads), at % heads];
      const [x, y] = [head * (side + kGap), block * (side + kTitle + kFoot) + kTitle];
      const isChosen = chosen.block === block && chosen.head === head;
      ctx.font = `${isChosen ? 600 : 400} ${theme.tickSize}px ${theme.fontUi}`;
      ctx.fillStyle = isChosen ? theme.ink : theme.ink3;
      ctx.fillText(side < kNamed ? `${block + 1}.${head + 1}` : `block ${block + 1}, head ${head + 1}`, x, y - 6);
      ctx.fillStyle = theme.sunken;
      ctx.fillRect(x, y, side, side);
      const picture = (this.#pictures[at] ??= document.createElement('canvas'));
      paintWeights(picture, this.root, theme, weights, at * size * size, size);
      placeWeights(ctx, picture, x, y, side);
      ctx.lineWidth = isChosen ? 2 : 1;
      ctx.strokeStyle = isChosen ? theme.accent : theme.hairline;
      ctx.strokeRect(x - 0.5, y - 0.5, side + 1, side + 1);
      const { name, value, times } = bestOf(scores, at);
      ctx.font = `${theme.tickSize}px ${theme.fontUi}`;
      ctx.fillStyle = times >= kTelling ? theme.ink : theme.ink3;
      const fitting = (/** @type {string[]} */ texts) => texts.find((text) => ctx.measureText(text).width <= side) ?? texts[texts.length - 1];
      ctx.fillText(fitting([name.long, name.short]), x, y + side + 15);
      ctx.fillStyle = theme.ink3;
      const share = `${times.toFixed(1)} ×`;
      const texts = [`${value.toFixed(2)} · ${share} uniform`, `${value.toFixed(2)} · ${share}`, share];
      ctx.fillText(Number.isNaN(value) ? '–' : fitting(texts), x, y + side + 30);
    }
  }

  /** @override */
  numbers() {
    const { heads = 1, blocks = 0, scores = {} } = this.#data ?? {};
    return {
      caption: 'Heads and where they look',
      columns: ['head', 'weight on the previous token', 'times uniform', 'weight on what followed before', 'times uniform'],
      rows: Array.from({ length: blocks * heads }, (_, at) => {
        const { previous, induction } = scoresOf(scores, at);
        return [
          `block ${Math.floor(at / heads) + 1}, head ${(at % heads) + 1}`,
          ...[previous.value, previous.times, induction.value, induction.times].map((v) => formatNumber(v)),
        ];
      }),
    };
  }

  /** @override */
  destroy() {
    this.#abort.abort();
    super.destroy();
  }
}

/** @param {number} width @param {number} heads */
const sideOf = (width, heads) => Math.max(8, Math.min(kMost, Math.floor((width - (heads - 1) * kGap) / heads) - 1));

/** Where a head looks, and how many times as much as one that looks at all alike. @param {Record<string, Float64Array>} scores @param {number} at */
function scoresOf({ previous, induction, uniformPrevious, uniformInduction }, at) {
  return {
    previous: { value: previous[at], times: previous[at] / uniformPrevious[at] },
    induction: { value: induction[at], times: induction[at] / uniformInduction[at] },
  };
}

/** What a head does most beyond looking at all alike. @param {Record<string, Float64Array>} scores @param {number} at */
function bestOf(scores, at) {
  const { previous, induction } = scoresOf(scores, at);
  return induction.times > previous.times
    ? { name: { long: 'induction', short: 'induction' }, ...induction }
    : { name: { long: 'previous token', short: 'previous' }, ...previous };
}
