import { ChannelReader, curveAxes, curveTabs } from '../../panels/channels.js';
import { CurvePanel, seriesColumns } from '../../panels/curve-panel.js';
import { EdgePanel } from './edge-panel.js';
import { ResultLines } from './result-lines.js';
import { pathOf, SurfaceChart } from '../../panels/surface-chart.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */

/** Columns of the noise's result that are drawn: runner, size, error and its ±. */
const drawn = 4;

/** @type {Record<string, import('../lab.js').TaskView>} */
const taskViews = {
  surface: { makeChart: (container) => new SurfaceChart(container), summary: pathOf },
  corruption: {
    makeChart: (container) => new ResultLines(container, { label: 'Noise on the validation inputs' }),
    summary: ({ title, columns, rows }) => ({
      title,
      columns: columns.slice(0, drawn),
      rows: rows.map((row) => ({ ...row, cells: row.cells.slice(0, drawn) })),
    }),
  },
  flatness: { makeChart: null, summary: (table) => table },
};

/**
 * Curvature while networks train, against the limit of stability; beside it losses and accuracies.
 * @type {import('../lab.js').LabModule}
 */
const sharpness = {
  id: 'sharpness',
  create({ plot, curves }, session) {
    const reader = new ChannelReader(session);
    /** @type {Frame | null} */
    let last = null;
    /** A step of the lab is a measurement; it is drawn where it was taken. @param {Frame} frame */
    const rowsOf = ({ state, description }) => {
      const updates = reader.read('updates').data;
      const planned = description.knobs.find(({ id }) => id === 'steps')?.value;
      return {
        label: 'step',
        at: (/** @type {number} */ count) => updates.slice(0, count),
        end: Number(planned),
        cursor: updates[state.step],
      };
    };
    plot.classList.add('is-chart');
    const edge = new EdgePanel(plot, reader, rowsOf);
    const curve = curves && new CurvePanel(curves, reader, { rowsOf });
    const panels = () => [edge, curve].filter((panel) => panel !== null);

    return {
      tabs: curveTabs,
      axes: (description) =>
        curveAxes(description).map((axis) => (axis.id === 'step' ? { ...axis, label: 'step' } : axis)),
      isLog: () => Boolean(curve?.isLog),
      taskView: (id) => taskViews[id] ?? null,
      update(frame) {
        last = frame;
        reader.begin(frame);
        for (const panel of panels()) panel.update(frame);
      },
      startPoint: () => null,
      exportSeries() {
        if (!last) return [];
        const [, ...columns] = seriesColumns(last, reader);
        return [{ name: 'step', values: reader.read('updates').data }, ...columns];
      },
      refreshTheme: () => panels().forEach((panel) => panel.refreshTheme()),
      destroy: () => panels().forEach((panel) => panel.destroy()),
    };
  },
};

export default sharpness;
