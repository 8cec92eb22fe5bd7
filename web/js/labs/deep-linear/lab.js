import { ChannelReader, curveAxes, curveTabs } from '../../panels/channels.js';
import { seriesColumns } from '../../panels/curve-panel.js';
import { CurvePlot } from '../../plots/curve-plot.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../types.js').Channel} Channel */
/** @typedef {import('../../types.js').CurveData} CurveData */
/** @typedef {import('../../types.js').CurveSeries} CurveSeries */

/** What theory says belongs to nobody. @type {import('../../types.js').Style} */
const theory = { hue: 7, slot: 3, ring: false, hollow: false };
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
  const names = new Set(shown.map(labelOf));
  return shown.map((channel) => {
    const y = reader.read(channel.name).data;
    const isPredicted = channel.kind === 'curve';
    const last = y.length - 1;
    const now = Math.min(state.step, last);
    return {
      label: labelOf(channel),
      // Its prediction's name says whose line it is.
      isNameless: names.has(`${labelOf(channel)} predicted`),
      style: isPredicted ? theory : description.subjects[channel.subject].style,
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

/**
 * Singular values of the product, each on its predicted curve; beside them the losses, with the
 * floor that no weights pass.
 * @type {import('../lab.js').LabModule}
 */
const deepLinear = {
  id: 'deep-linear',
  create({ plot, curves }, session) {
    const reader = new ChannelReader(session);
    /** @type {Frame | null} */
    let last = null;
    let isLog = true;
    plot.classList.add('is-chart');
    const title = 'Singular values of the product';
    const modes = new CurvePlot(plot, { label: title });
    const side = curves && new CurvePlot(curves, { label: 'Curves' });
    const plots = () => (side ? [modes, side] : [modes]);

    return {
      tabs: curveTabs,
      axes: curveAxes,
      isLog: () => isLog,
      update(frame) {
        last = frame;
        reader.begin(frame);
        const { description, view } = frame;
        const lines = linesOf(
          frame,
          reader,
          ({ kind, quantity }) => kind === 'trace' || quantity.startsWith('mode'),
          ({ label }) => label,
        );
        modes.update(chartOf(frame, title, 'singular value', view.log === 'on', lines));

        const tabs = curveTabs(description);
        const tab = tabs.find(({ id }) => id === view.tab) ?? tabs[0];
        if (!side || !tab) return;
        isLog = view.log === 'auto' ? tab.log : view.log === 'on';
        const losses = linesOf(
          frame,
          reader,
          ({ quantity }) => quantity === tab.id || quantity === limits[tab.id],
          ({ label, subject }) => (subject < 0 ? label : description.subjects[subject].label),
        );
        side.update(chartOf(frame, tab.label, '', isLog, losses));
      },
      startPoint: () => null,
      exportSeries: () => (last ? seriesColumns(last, reader) : []),
      refreshTheme: () => plots().forEach((chart) => chart.refreshTheme()),
      destroy: () => plots().forEach((chart) => chart.destroy()),
    };
  },
};

export default deepLinear;
