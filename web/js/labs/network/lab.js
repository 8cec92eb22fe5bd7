import { ChannelReader, curveAxes } from '../../panels/channels.js';
import { seriesColumns } from '../../panels/curve-panel.js';
import { LearningCurves } from '../../panels/learning-curves.js';
import { NetworkReader, scoredRows, seriesOf } from '../../panels/network-data.js';
import { NetworkPanel } from './network-panel.js';
import { PinnedRuns } from '../../panels/pinned-runs.js';
import style from './lab.css';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('./layer-panel.js').LayerPanel} LayerPanel */
/** @typedef {import('./layer-panel.js').LayerTab} LayerTab */
/** @typedef {import('../../types.js').LabDescription} LabDescription */
/** @typedef {import('../../types.js').Session} Session */

const kCurves = [
  { id: 'loss', label: 'Loss', log: true, quantities: ['loss', 'validation'] },
  { id: 'accuracy', label: 'Accuracy', log: false, quantities: ['accuracy', 'validationAccuracy'] },
];
/** @type {{ id: LayerTab, label: string }[]} */
const kLayers = [
  { id: 'byLayer', label: 'Gradients' },
  { id: 'weights', label: 'Weights' },
  { id: 'activations', label: 'Activations' },
  { id: 'seen', label: 'Points' },
];
const kPinned = kCurves.flatMap(({ quantities }) => quantities);

/** The tabs of what this lab records: a regression has no accuracy. @param {LabDescription} description */
function curvesOf(description) {
  return kCurves.flatMap((tab) => {
    const quantities = tab.quantities.filter((quantity) => seriesOf(description, quantity, 0));
    return quantities.length ? [{ ...tab, quantities }] : [];
  });
}

/**
 * Networks that learn: the selected one opened up, and the curves of all.
 * @type {import('../lab.js').LabModule}
 */
const network = {
  id: 'network',
  style,
  isWide: true,
  hasPins: true,
  create({ plot, curves, curvesHead, setKnob, open, setPins }, session) {
    const series = new ChannelReader(session);
    const reader = new NetworkReader(session);
    /** @type {Frame | null} */
    let last = null;
    plot.classList.add('is-network');
    const main = new NetworkPanel(plot, { reader, setKnob });
    const pinned = curves && new PinnedRuns(curves, curvesHead, {
      session,
      shown: () => last?.description.subjects.map((_, k) => k).filter((k) => !last?.view.hidden.has(k)) ?? [],
      open,
      runOf,
      onChange: setPins,
      onRun: drawSide,
    });
    /** What stands in the curves' place. @type {LearningCurves | LayerPanel | null} */
    let side = null;
    let shown = '';

    function drawSide() {
      if (!curves || !last) return;
      const frame = last;
      const tabs = curvesOf(frame.description);
      const layer = kLayers.find(({ id }) => id === frame.view.tab);
      const next = layer?.id ?? 'curves';
      if (next !== shown) {
        shown = next;
        side?.destroy();
        side = layer ? null : new LearningCurves(curves, series);
        if (layer) openLayers(curves, layer.id);
      }
      const tab = tabs.find(({ id }) => id === frame.view.tab) ?? tabs[0];
      if (!(side instanceof LearningCurves)) side?.update(frame);
      else if (tab) side.update(frame, tab, pinned?.pins ?? []);
    }

    /** Fetched when it is first looked at. @param {HTMLElement} box @param {LayerTab} tab */
    async function openLayers(box, tab) {
      const { LayerPanel } = await import('./layer-panel.js');
      if (shown !== tab || side) return;
      side = new LayerPanel(box, reader, tab);
      drawSide();
    }

    return {
      tabs: (description) => [
        ...curvesOf(description),
        ...kLayers.map((tab) => ({ ...tab, log: false, quantities: [] })),
      ],
      axes: curveAxes,
      // Eigenvalues, a row a runner: no lines over a number.
      taskView: (id) => (id === 'sharpness' ? { makeChart: null, summary: (table) => table } : null),
      isLog: () => side instanceof LearningCurves && side.isLog,
      update(frame) {
        last = frame;
        series.begin(frame);
        reader.begin(frame);
        main.update(frame);
        pinned?.update(frame.view.pins);
        drawSide();
      },
      startPoint: () => null,
      exportSeries: () => (last ? seriesColumns(last, series) : []),
      refreshTheme() {
        main.refreshTheme();
        side?.refreshTheme();
      },
      destroy() {
        main.destroy();
        side?.destroy();
        shown = '';
        pinned?.destroy();
        plot.classList.remove('is-network');
      },
    };
  },
};

/** What a pin keeps of a runner, up to where the run stands. @type {(session: Session, k: number) => import('../../panels/pinned-runs.js').Run} */
function runOf(session, k) {
  const description = session.describe();
  const { step } = session.state();
  const curves = kPinned
    .filter((quantity) => seriesOf(description, quantity, k))
    .map((quantity) => /** @type {const} */ ([quantity, scoredRows(session.read(`${quantity}/${k}`).data.slice(0, step + 1))]));
  return { label: `${description.subtitle}, ${description.subjects[k].recipe}`, curves: new Map(curves) };
}

export default network;
