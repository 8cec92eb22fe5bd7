import { CurvePlot } from '../plots/curve-plot.js';
import { theoryStyle } from '../plots/marks.js';
import { kHues, kSlots } from '../plots/theme.js';

/** @typedef {import('./channels.js').Frame} Frame */
/** @typedef {import('../types.js').Channel} Channel */
/** @typedef {import('../types.js').Style} Style */

/**
 * A chart of channels by their kind: traces grow with the run, curves are known before it, weights
 * belong to the step now. A channel of a subject wears its style, a second one the next dash.
 */
export class ChartPanel {
  #plot;
  #reader;
  #options;

  /**
   * @param {HTMLElement} container
   * @param {import('./channels.js').ChannelReader} reader
   * @param {{ kinds: string[], title: string, yLabel: string }} options
   */
  constructor(container, reader, options) {
    this.#plot = new CurvePlot(container, { label: options.title });
    this.#reader = reader;
    this.#options = options;
  }

  /** @param {Frame} frame */
  update({ state, description, view }) {
    const { kinds, title, yLabel } = this.#options;
    const channels = description.channels.filter(({ kind }) => kinds.includes(kind));
    /** @type {Map<number, number>} */
    const count = new Map();
    const series = channels.flatMap((channel) => {
      const { name, kind, subject, label } = channel;
      const index = count.get(subject) ?? 0;
      count.set(subject, index + 1);
      if (view.hidden.has(subject)) return [];
      const y = this.#reader.read(name).data;
      const last = y.length - 1;
      const now = kind === 'trace' ? Math.min(state.step, last) : last;
      return [
        {
          label: kind === 'curve' && subject >= 0 ? description.subjects[subject].label : label,
          style: styleOf(description.subjects[subject]?.style, index, kind),
          x: Float64Array.from(y, (_, k) => k),
          y,
          now,
          marked: kind === 'curve' ? Math.min(state.step, last) : now,
        },
      ];
    });
    // A limit far above the curves would flatten them: there it is out of sight.
    const reach = 1.6 * Math.max(...series.filter(({ style }) => style !== theoryStyle).map(({ y }) => y.reduce(larger, 0)));
    for (const line of series) if (line.style === theoryStyle) line.y = line.y.map((value) => (value > reach ? NaN : value));
    const isWeights = kinds.includes('weights');
    this.#plot.update({
      title,
      series,
      xLabel: isWeights ? 'gradient of step' : description.unit,
      yLabel,
      logX: false,
      logY: view.log === 'on',
      xEnd: state.total,
      cursor: state.step,
    });
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#plot.destroy();
  }
}

/** @param {number} a @param {number} b */
const larger = (a, b) => (b > a ? b : a);

/**
 * The style of the index-th channel of a subject, or of one that belongs to none.
 * @param {Style | undefined} style
 * @param {number} index
 * @param {string} kind
 * @returns {Style}
 */
function styleOf(style, index, kind) {
  if (!style && kind === 'curve') return theoryStyle;
  if (!style) return { hue: index % kHues, slot: index % kSlots, ring: false, hollow: false };
  return index === 0 ? style : { ...style, slot: (style.slot + index) % kSlots };
}
