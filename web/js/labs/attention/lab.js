import { wordsOf } from './attention-data.js';
import { AttentionMatrices } from './attention-matrices.js';
import { AttentionPanel } from './attention-panel.js';
import { ChannelReader } from '../../panels/channels.js';
import { CurvePlot } from '../../plots/curve-plot.js';
import style from './lab.css';

/** @typedef {import('../../panels/channels.js').Frame} Frame */

const kTabs = [
  { id: 'matrices', label: 'Matrices', log: false, quantities: [] },
  { id: 'entropy', label: 'Entropy', log: false, quantities: [] },
];
/** What theory says belongs to nobody. @type {import('../../types.js').Style} */
const bound = { hue: 7, slot: 3, ring: false, hollow: false };

/**
 * Self-attention on a sentence: the step is the query.
 * @type {import('../lab.js').LabModule}
 */
const attention = {
  id: 'attention',
  style,
  isWide: true,
  keepsStep: true,
  pace: 0.05,
  create({ plot, curves, setKnob, seek }, session) {
    const reader = new ChannelReader(session);
    /** @type {Frame | null} */
    let last = null;
    plot.classList.add('is-attention');
    const main = new AttentionPanel(plot, { session, reader, setKnob, seek });
    /** What stands in the curves' place. @type {{ update(frame: Frame): void, refreshTheme(): void, destroy(): void } | null} */
    let side = null;
    let shown = '';

    /** @param {HTMLElement} box @param {string} tab */
    function make(box, tab) {
      if (tab === 'entropy') return entropyPanel(box, reader);
      return new AttentionMatrices(box, { reader, setKnob });
    }

    return {
      tabs: () => kTabs,
      axes: () => [],
      isLog: () => false,
      update(frame) {
        last = frame;
        reader.begin(frame);
        main.update(frame);
        const { id } = kTabs.find((tab) => tab.id === frame.view.tab) ?? kTabs[0];
        if (curves && id !== shown) {
          side?.destroy();
          side = make(curves, id);
          shown = id;
        }
        side?.update(frame);
      },
      startPoint: () => null,
      exportSeries: () => (last ? columnsOf(last, reader) : []),
      refreshTheme() {
        main.refreshTheme();
        side?.refreshTheme();
      },
      destroy() {
        main.destroy();
        side?.destroy();
      },
    };
  },
};

/** @param {HTMLElement} box @param {ChannelReader} reader */
function entropyPanel(box, reader) {
  const plot = new CurvePlot(box, { label: 'Entropy of the weights by query' });
  return {
    /** @param {Frame} frame */
    update({ state, description }) {
      const [entropy, most] = ['entropy', 'entropyMost'].map((name) => reader.read(name).data);
      const x = Float64Array.from(entropy, (_, k) => k);
      const [subject] = description.subjects;
      const end = x.length - 1;
      plot.update({
        title: 'Entropy of the weights by query',
        series: [
          { label: subject.label, style: subject.style, line: 'solid', x, y: entropy, now: end, marked: state.step },
          { label: 'equal weights', style: bound, line: 'dashed', x, y: most, now: end, marked: -1 },
        ],
        xLabel: 'query',
        yLabel: 'bits',
        logX: false,
        logY: false,
        xEnd: end,
        cursor: state.step,
      });
    },
    refreshTheme: () => plot.refreshTheme(),
    destroy: () => plot.destroy(),
  };
}

/** The weights of the head shown, a column a key. @param {Frame} frame @param {ChannelReader} reader */
function columnsOf({ description }, reader) {
  const words = wordsOf(description);
  const n = words.length;
  const weights = reader.read('weights').data;
  return [
    { name: 'query', values: Float64Array.from(words, (_, i) => i) },
    ...words.map((word, j) => ({ name: `${j + 1} ${word}`, values: Float64Array.from(words, (_, i) => weights[i * n + j]) })),
  ];
}

export default attention;
