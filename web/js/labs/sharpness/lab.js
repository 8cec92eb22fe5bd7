import { curveAxes } from '../../panels/channels.js';
import { CurvePanel, seriesColumns } from '../../panels/curve-panel.js';
import { defineLab } from '../../panels/define-lab.js';
import { EdgePanel } from './edge-panel.js';
import { NoiseLines } from './noise-lines.js';
import { SurfaceChart } from '../../panels/surface-chart.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */

/** @type {Record<string, import('../lab.js').TaskView>} */
const taskViews = {
  surface: { makeChart: (container) => new SurfaceChart(container) },
  corruption: { makeChart: (container) => new NoiseLines(container) },
  flatness: { makeChart: null },
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
