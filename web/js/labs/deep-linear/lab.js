import { defineLab } from '../../panels/define-lab.js';
import { LinesPanel } from '../../panels/lines-panel.js';
import { theoryStyle } from '../../plots/marks.js';

/** @typedef {import('../../panels/channels.js').ChannelReader} ChannelReader */
/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../types.js').Channel} Channel */
/** @typedef {import('../../plots/plots.js').CurveData} CurveData */
/** @typedef {import('../../plots/plots.js').CurveSeries} CurveSeries */

/** The line that theory draws beside a quantity. @type {Record<string, string>} */
const limits = { loss: 'floor', heldOut: 'chance' };

/**
 * Channels as lines: what is measured in the style of its subject, what is predicted dashed.
 * @param {Frame} frame
 * @param {ChannelReader} reader
 * @param {(channel: Channel) => boolean} isShown
 * @param {(channel: Channel) => string} labelOf
 * @returns {CurveSeries[]}
 */
function linesOf({ state, description, view }, reader, isShown, labelOf) {
  const shown = description.channels.filter(
    (channel) => isShown(channel) && !view.hidden.has(channel.subject),
  );
  const quantities = new Set(shown.map(({ quantity }) => quantity));
  return shown.map((channel) => {
    const y = reader.read(channel.name).data;
    const isPredicted = channel.kind === 'curve';
    const last = y.length - 1;
    const now = Math.min(state.step, last);
    return {
      label: labelOf(channel),
      // Its prediction's name says whose line it is, unless it is that of several.
      isNameless: description.subjects.length === 1 && quantities.has(`${channel.quantity}Predicted`),
      style: isPredicted ? theoryStyle : description.subjects[channel.subject].style,
      ...(isPredicted && { line: /** @type {const} */ ('dashed') }),
      x: Float64Array.from(y, (_, k) => k),
      y,
      now: isPredicted ? last : now,
      marked: now,
    };
  });
}

/**
 * @param {Frame} frame
 * @param {string} title
 * @param {string} yLabel
 * @param {boolean} logY
 * @param {CurveSeries[]} series
 * @returns {CurveData}
 */
function chartOf({ state, description }, title, yLabel, logY, series) {
  return {
    title,
    series,
    xLabel: description.unit,
    yLabel,
    logX: false,
    logY,
    xEnd: state.total,
    cursor: state.step,
  };
}

/** Of the product of all weights, each on its predicted curve. @param {Frame} frame @param {ChannelReader} reader */
function modesOf(frame, reader) {
  const lines = linesOf(
    frame,
    reader,
    ({ kind, quantity }) => kind === 'trace' || (kind === 'curve' && !Object.values(limits).includes(quantity)),
    ({ label }) => label,
  );
  return chartOf(frame, 'Singular values of the product', 'singular value', frame.view.log === 'on', lines);
}

/** With the floor that no weights pass. @param {Frame} frame @param {ChannelReader} reader @param {import('../lab.js').Tab} tab */
function lossesOf(frame, reader, { id, label: title, log }) {
  const { description, view } = frame;
  const lines = linesOf(
    frame,
    reader,
    ({ quantity }) => quantity === id || quantity === limits[id],
    ({ label, subject }) => (subject < 0 ? label : description.subjects[subject].label),
  );
  return chartOf(frame, title, '', view.log === 'auto' ? log : view.log === 'on', lines);
}

/** Singular values of the product; beside them the losses. */
export default defineLab({
  id: 'deep-linear',
  panels: ({ reader }) => ({
    main: (box) => new LinesPanel(box, 'Singular values of the product', (frame) => modesOf(frame, reader)),
    side: (box) => new LinesPanel(box, 'Curves', (frame, tab) => lossesOf(frame, reader, tab)),
  }),
});
