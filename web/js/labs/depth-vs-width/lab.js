import { curveTabs } from '../../panels/channels.js';
import { defineLab } from '../../panels/define-lab.js';
import { LinesPanel } from '../../panels/lines-panel.js';
import { theoryStyle } from '../../plots/marks.js';
import { PiecesPanel, builtStyle, jitteredStyle } from './pieces-panel.js';
import style from './lab.css';

/** @typedef {import('../../panels/channels.js').ChannelReader} ChannelReader */
/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('./pieces-panel.js').Fixed} Fixed */
/** @typedef {import('../../plots/plots.js').CurveData} CurveData */
/** @typedef {import('../../plots/plots.js').CurveSeries} CurveSeries */
/** @typedef {import('../../types.js').LabDescription} LabDescription */

/** The bound that theory draws beside a quantity. @type {Record<string, string>} */
const bounds = { error: 'leastError', gap: 'leastGap' };

/** @param {LabDescription} description */
function tabsOf(description) {
  const has = (/** @type {string} */ channel) => description.channels.some(({ name }) => name === channel);
  const own = [{ id: 'growth', label: 'Growth', log: true, quantities: [] }];
  if (has('squareGaps')) own.push({ id: 'square', label: 'Square', log: true, quantities: [] });
  if (has('drawn')) own.unshift({ id: 'draws', label: 'Draws', log: false, quantities: [] });
  return [...own, ...curveTabs(description)];
}

/** @param {ArrayLike<number>} y @param {Partial<CurveSeries> & Pick<CurveSeries, 'label' | 'style'>} how @returns {CurveSeries} */
function lineOf(y, how) {
  const values = Float64Array.from(y);
  return { x: Float64Array.from(values, (_, k) => k), y: values, now: values.length - 1, ...how };
}

/** Pieces against units, for depth and for one layer. @param {Frame} frame @param {ChannelReader} reader @param {Fixed} fixed @returns {CurveData} */
function growthOf({ description, view }, reader, { plan, growth, oneLayer }) {
  const end = oneLayer.units.length;
  const jittered = reader.columns('jittered').x.length - 1;
  const here = plan.layers - 1;
  /** @type {CurveSeries[]} */
  const series = [
    { label: 'built', style: builtStyle, line: 'solid', x: growth.units, y: growth.pieces, now: growth.units.length - 1, marked: here },
    { label: 'jittered', style: jitteredStyle, line: 'solid', x: growth.units.slice(here, here + 1), y: Float64Array.of(jittered), now: 0 },
    { label: 'one layer', style: theoryStyle, line: 'dashed', x: oneLayer.units, y: oneLayer.pieces, now: end - 1, marked: -1 },
  ];
  const { units } = reader.columns('networks');
  for (const { name, quantity, subject } of description.channels) {
    if (quantity !== 'pieces' || view.hidden.has(subject)) continue;
    const { label, style } = description.subjects[subject];
    series.push({ label, style, line: 'solid', x: units.slice(subject, subject + 1), y: reader.read(name).data.slice(-1), now: 0 });
  }
  return { title: 'Pieces by units', series, xLabel: 'units', yLabel: 'pieces on [0, 1]', logX: false, logY: view.log !== 'off', xEnd: end, cursor: null };
}

/** The largest gap from x² against layers. @param {Frame} frame @param {ChannelReader} reader @param {Fixed} fixed @returns {CurveData} */
function squareOf({ view }, reader, { plan }) {
  const { built, predicted, oneLayer } = reader.columns('squareGaps');
  const x = built.map((_, i) => i + 1);
  return {
    title: 'Largest gap from x²',
    series: [
      lineOf(built, { x, label: 'built', style: builtStyle, line: 'solid', marked: plan.layers - 1 }),
      lineOf(predicted, { x, label: '2^(−2m−2)', style: theoryStyle, line: 'dashed', marked: -1 }),
      lineOf(oneLayer, { x, label: 'one layer, at best', style: { ...theoryStyle, hue: 1 }, line: 'dashed', marked: -1 }),
    ],
    xLabel: 'layers', yLabel: 'largest gap from x²', logX: false, logY: view.log !== 'off', xEnd: x.length, cursor: null,
  };
}

/** Pieces of random networks, one drawn a step. @param {Frame} frame @param {ChannelReader} reader @returns {CurveData} */
function drawsOf({ state, description, view }, reader) {
  const now = state.step;
  return {
    title: 'Pieces of random networks',
    series: [
      lineOf(reader.read('drawn').data, { label: 'each', style: builtStyle, line: 'ghost', now }),
      lineOf(reader.read('average').data, { label: 'average', style: builtStyle, line: 'solid', now }),
      lineOf(reader.read('expected').data, { label: 'predicted', style: theoryStyle, line: 'dashed', marked: now }),
    ],
    xLabel: description.unit, yLabel: 'pieces on [0, 1]', logX: false, logY: view.log === 'on', xEnd: state.total, cursor: state.step,
  };
}

/** A recorded quantity of every network, above its bound. @param {Frame} frame @param {ChannelReader} reader @param {import('../lab.js').Tab} tab @returns {CurveData} */
function seriesOf({ state, description, view }, reader, { id, label, log }) {
  const series = description.channels
    .filter(({ quantity, subject }) => (quantity === id || quantity === bounds[id]) && !view.hidden.has(subject))
    // The bound of one layer is the same whoever trains it.
    .filter(({ quantity }, k, all) => quantity === id || all.findIndex((other) => other.quantity === quantity) === k)
    .map(({ name, quantity, subject }) => {
      const isBound = quantity !== id;
      const y = reader.read(name).data;
      const { label: runner, style } = description.subjects[subject];
      return lineOf(y, isBound
        ? { label: 'one layer, at best', style: theoryStyle, line: 'dashed', marked: Math.min(state.step, y.length - 1) }
        : { label: runner, style, now: Math.min(state.step, y.length - 1) });
    });
  const logY = view.log === 'auto' ? log : view.log === 'on';
  return { title: label, series, xLabel: description.unit, yLabel: '', logX: false, logY, xEnd: state.total, cursor: state.step };
}

/**
 * A deep network that folds the interval, what one layer makes of as many parameters, and the
 * pieces of each.
 */
export default defineLab({
  id: 'depth-vs-width',
  style,
  plotClass: 'is-chart is-pieces',
  tabs: tabsOf,
  panels({ plot, reader }) {
    const pieces = new PiecesPanel(plot, reader);
    return {
      main: () => pieces,
      side: (box) => new LinesPanel(box, 'Curves', (frame, tab) => {
        const fixed = pieces.read(frame.revision);
        if (tab.id === 'growth') return growthOf(frame, reader, fixed);
        if (tab.id === 'square') return squareOf(frame, reader, fixed);
        return tab.id === 'draws' ? drawsOf(frame, reader) : seriesOf(frame, reader, tab);
      }),
    };
  },
});
