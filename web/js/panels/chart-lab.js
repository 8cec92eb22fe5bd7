import { ChannelReader, curveAxes, curveTabs } from './channels.js';
import { ChartPanel } from './chart-panel.js';
import { CurvePanel, seriesColumns } from './curve-panel.js';
import { LayerCurves } from './layer-curves.js';

/** @typedef {import('./channels.js').Frame} Frame */
/** @typedef {{ kinds: string[], title: string, yLabel: string }} Chart */
/** @typedef {{ rows: import('./layer-curves.js').Rows, title: string, yLabel: string }} ByLayer */
/** @typedef {import('../types.js').LabDescription} LabDescription */
/** @typedef {(Chart | ByLayer) & { id: string, label: string }} Tab */

/**
 * A lab without a map: a main chart, and curves whose tabs may show further charts.
 * @param {string} id
 * @param {{ main: Chart, tabs?: Tab[] }} charts
 * @returns {import('../labs/lab.js').LabModule}
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
      /** What stands in the curves' place. @type {CurvePanel | ChartPanel | LayerCurves | null} */
      let side = null;
      let shown = '';
      /** @param {HTMLElement} box @param {Tab | undefined} tab */
      const panelOf = (box, tab) => {
        if (!tab) return new CurvePanel(box, reader);
        return 'rows' in tab ? new LayerCurves(box, reader, tab) : new ChartPanel(box, reader, tab);
      };
      /** What is by layer comes first: where there is such a tab, the lab is about it. */
      const tabsOf = (/** @type {LabDescription} */ description) => {
        const all = further.filter((tab) => exists(tab, description));
        const byLayer = all.filter((tab) => 'rows' in tab);
        const others = all.filter((tab) => !('rows' in tab));
        const named = (/** @type {Tab[]} */ some) =>
          some.map((tab) => ({ id: tab.id, label: tab.label, log: 'rows' in tab, quantities: quantitiesOf(tab, description) }));
        return [...named(byLayer), ...curveTabs(description), ...named(others)];
      };
      /** @param {Frame} frame */
      const choose = ({ description, view }) => {
        const tabs = tabsOf(description);
        const { id: shows } = tabs.find((tab) => tab.id === view.tab) ?? tabs[0] ?? { id: '' };
        const found = further.find((tab) => tab.id === shows);
        const next = found?.id ?? 'curves';
        if (!curves || next === shown) return;
        shown = next;
        side?.destroy();
        side = panelOf(curves, found);
      };
      const panels = () => (side ? [chart, side] : [chart]);

      return {
        tabs: tabsOf,
        axes: curveAxes,
        isLog: () => side !== null && 'isLog' in side && side.isLog,
        update(frame) {
          last = frame;
          reader.begin(frame);
          choose(frame);
          for (const panel of panels()) panel.update(frame);
        },
        startPoint: () => null,
        exportSeries: () => (last ? seriesColumns(last, reader) : []),
        refreshTheme: () => panels().forEach((panel) => panel.refreshTheme()),
        destroy: () => panels().forEach((panel) => panel.destroy()),
      };
    },
  };
}

/** What the tab shows over steps. @param {Tab} tab @param {LabDescription} description */
function quantitiesOf(tab, { channels }) {
  if ('rows' in tab) return [];
  return channels.filter(({ kind }) => tab.kinds.includes(kind)).map(({ quantity }) => quantity);
}

/**
 * Whether the lab has what the tab would show, as it is now.
 * @param {Tab} tab @param {LabDescription} description
 */
function exists(tab, { channels }) {
  return !('rows' in tab) || channels.some(({ quantity }) => quantity === tab.rows.quantity);
}
