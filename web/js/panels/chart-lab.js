import { curveTabs } from './channels.js';
import { ChartPanel } from './chart-panel.js';
import { CurvePanel } from './curve-panel.js';
import { defineLab } from './define-lab.js';
import { LayerCurves } from './layer-curves.js';

/** @typedef {{ kinds: string[], title: string, yLabel: string }} Chart */
/** @typedef {{ rows: import('./layer-curves.js').Rows, title: string, yLabel: string }} ByLayer */
/** @typedef {import('../types.js').LabDescription} LabDescription */
/** @typedef {(Chart | ByLayer) & { id: string, label: string }} Tab */

/**
 * A lab without a map: a main chart, and curves whose tabs may show further charts.
 * @param {string} id
 * @param {{ main: Chart, tabs?: Tab[], taskViews?: Record<string, import('../labs/lab.js').TaskView> }} charts
 */
export function chartLab(id, { main, tabs: further = [], taskViews }) {
  return defineLab({
    id,
    taskViews,
    tabs(description) {
      const all = further.filter((tab) => exists(tab, description));
      const named = (/** @type {Tab[]} */ some) =>
        some.map((tab) => ({ id: tab.id, label: tab.label, log: 'rows' in tab, quantities: quantitiesOf(tab, description) }));
      // What is by layer comes first: where there is such a tab, the lab is about it.
      return [
        ...named(all.filter((tab) => 'rows' in tab)),
        ...curveTabs(description),
        ...named(all.filter((tab) => !('rows' in tab))),
      ];
    },
    panels: ({ reader }) => ({
      main: (box) => new ChartPanel(box, reader, main),
      sideKind: (shown) => (further.some((tab) => tab.id === shown) ? shown : 'curves'),
      side(box, kind) {
        const tab = further.find((other) => other.id === kind);
        if (!tab) return new CurvePanel(box, reader);
        return 'rows' in tab ? new LayerCurves(box, reader, tab) : new ChartPanel(box, reader, tab);
      },
    }),
  });
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
