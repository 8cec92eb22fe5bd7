import { textsOf } from './attention-data.js';
import { AttentionMatrices } from './attention-matrices.js';
import { AttentionPanel } from './attention-panel.js';
import { defineLab } from '../../panels/define-lab.js';
import { LinesPanel } from '../../panels/lines-panel.js';
import { theoryStyle } from '../../plots/marks.js';
import style from './lab.css';

/** @typedef {import('../../panels/channels.js').ChannelReader} ChannelReader */
/** @typedef {import('../../panels/channels.js').Frame} Frame */

const kTabs = [
  { id: 'matrices', label: 'Matrices', log: false, quantities: [] },
  { id: 'entropy', label: 'Entropy', log: false, quantities: [] },
];

const kEntropy = 'Entropy of the weights by query';

/** Self-attention on a sentence: the step is the query. */
export default defineLab({
  id: 'attention',
  style,
  isWide: true,
  keepsStep: true,
  pace: 0.05,
  plotClass: 'is-attention',
  tabs: () => kTabs,
  axes: () => [],
  panels: ({ reader, setKnob, seek }) => ({
    main: (box) => new AttentionPanel(box, { reader, setKnob, seek }),
    sideKind: (tab) => tab,
    side: (box, kind) => (kind === 'entropy'
      ? new LinesPanel(box, kEntropy, (frame) => entropyOf(frame, reader))
      : new AttentionMatrices(box, { reader, setKnob })),
    exportSeries: () => columnsOf(reader),
  }),
});

/** @param {Frame} frame @param {ChannelReader} reader @returns {import('../../plots/plots.js').CurveData} */
function entropyOf({ state, description }, reader) {
  const [entropy, most] = ['entropy', 'entropyMost'].map((name) => reader.read(name).data);
  const x = Float64Array.from(entropy, (_, k) => k);
  const [subject] = description.subjects;
  const end = x.length - 1;
  return {
    title: kEntropy,
    series: [
      { label: subject.label, style: subject.style, line: 'solid', x, y: entropy, now: end, marked: state.step },
      { label: 'equal weights', style: theoryStyle, line: 'dashed', x, y: most, now: end, marked: -1 },
    ],
    xLabel: 'query',
    yLabel: 'bits',
    logX: false,
    logY: false,
    xEnd: end,
    cursor: state.step,
  };
}

/** The weights of the head shown, a column a key. @param {ChannelReader} reader */
function columnsOf(reader) {
  const words = textsOf(reader, 'words');
  const n = words.length;
  const weights = reader.read('weights').data;
  return [
    { name: 'query', values: Float64Array.from(words, (_, i) => i) },
    ...words.map((word, j) => ({ name: `${j + 1} ${word}`, values: Float64Array.from(words, (_, i) => weights[i * n + j]) })),
  ];
}
