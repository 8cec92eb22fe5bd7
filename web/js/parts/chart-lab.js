import { ChannelReader, curveAxes, curveTabs } from './channels.js';
import { ChartPanel } from './chart-panel.js';
import { CurvePanel, seriesColumns } from './curve-panel.js';

/** @typedef {import('./channels.js').Frame} Frame */
/** @typedef {{ kinds: string[], title: string, yLabel: string }} Chart */

/**
 * A lab without a map: a main chart, and curves whose tabs may show further charts.
 * @param {string} id
 * @param {{ main: Chart, tabs?: (Chart & { id: string, label: string })[] }} charts
 * @returns {import('./lab.js').LabModule}
 */
export function chartLab(id, { main, tabs: further = [] }) {
  return {
    id,
    create({ plot, curves }, session) {
      const reader = new ChannelReader(session);
      /** @type {Frame | null} */
      let last = null;
      plot.classList.add('is-chart');
      const chart = new ChartPanel(plot, reader, main);
      /** What stands in the curves' place. @type {CurvePanel | ChartPanel | null} */
      let side = null;
      let shown = '';
      /** @param {string} tab */
      const choose = (tab) => {
        const found = further.find((candidate) => candidate.id === tab);
        const next = found?.id ?? 'curves';
        if (!curves || next === shown) return;
        shown = next;
        side?.destroy();
        side = found ? new ChartPanel(curves, reader, found) : new CurvePanel(curves, reader);
      };
      const panels = () => (side ? [chart, side] : [chart]);

      return {
        tabs: (description) => [
          ...curveTabs(description),
          ...further.map((tab) => ({ id: tab.id, label: tab.label, log: false })),
        ],
        axes: curveAxes,
        isLog: () => side instanceof CurvePanel && side.isLog,
        update(frame) {
          last = frame;
          reader.begin(frame);
          choose(frame.view.tab);
          for (const panel of panels()) panel.update(frame);
        },
        startPoint: () => null,
        exportSeries: () => (last ? seriesColumns(last, reader) : []),
        canvases: () =>
          [plot, curves].flatMap((box) => (box ? [...box.querySelectorAll('canvas')] : [])),
        refreshTheme: () => panels().forEach((panel) => panel.refreshTheme()),
        destroy: () => panels().forEach((panel) => panel.destroy()),
      };
    },
  };
}
