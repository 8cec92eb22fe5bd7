import { curveAxes } from '../../panels/channels.js';
import { CurvePanel, seriesColumns } from '../../panels/curve-panel.js';
import { defineLab } from '../../panels/define-lab.js';
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

/** Curvature while networks train, against the limit of stability; beside it losses and accuracies. */
export default defineLab({
  id: 'sharpness',
  axes: (description) =>
    curveAxes(description).map((axis) => (axis.id === 'step' ? { ...axis, label: 'step' } : axis)),
  taskViews,
  panels({ reader }) {
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
    return {
      main: (box) => new EdgePanel(box, reader, rowsOf),
      side: (box) => new CurvePanel(box, reader, { rowsOf }),
      exportSeries(frame) {
        const [, ...columns] = seriesColumns(frame, reader);
        return [{ name: 'step', values: reader.read('updates').data }, ...columns];
      },
    };
  },
});
