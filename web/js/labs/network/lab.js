import { defineLab } from '../../panels/define-lab.js';
import { LearningCurves } from '../../panels/learning-curves.js';
import { NetworkReader, scoredRows, seriesOf } from '../../panels/network-data.js';
import { NetworkPanel } from './network-panel.js';
import { PinnedRuns } from '../../panels/pinned-runs.js';
import style from './lab.css';

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

/** Networks that learn: the selected one opened up, and the curves of all. */
export default defineLab({
  id: 'network',
  style,
  isWide: true,
  hasPins: true,
  plotClass: 'is-network',
  tabs: (description) => [
    ...curvesOf(description),
    ...kLayers.map((tab) => ({ ...tab, log: false, quantities: [] })),
  ],
  // Eigenvalues, a row a runner: no lines over a number.
  taskViews: { sharpness: { makeChart: null } },
  panels({ curves, curvesHead, session, reader: series, setKnob, open, setPins, lastFrame, redraw }) {
    const reader = new NetworkReader(series);
    const shown = () => {
      const { description, view } = lastFrame() ?? {};
      return description?.subjects.map((_, k) => k).filter((k) => !view?.hidden.has(k)) ?? [];
    };
    const pinned = curves && new PinnedRuns(curves, curvesHead, {
      session, shown, open, runOf, onChange: setPins, onRun: redraw,
    });
    return {
      begin(frame) {
        reader.begin(frame);
        pinned?.update(frame.view.pins);
      },
      main: (box) => new NetworkPanel(box, { reader, setKnob }),
      sideKind: (tab) => (kLayers.some(({ id }) => id === tab) ? tab : 'curves'),
      side(box, /** @type {LayerTab | 'curves'} */ kind) {
        if (kind === 'curves') return new LearningCurves(box, series, () => pinned?.pins ?? []);
        return import('./layer-panel.js').then(({ LayerPanel }) => () => new LayerPanel(box, reader, kind));
      },
      destroy: () => pinned?.destroy(),
    };
  },
});

/** What a pin keeps of a runner, up to where the run stands. @type {(session: Session, k: number) => import('../../panels/pinned-runs.js').Run} */
function runOf(session, k) {
  const description = session.describe();
  const { step } = session.state();
  const curves = kPinned
    .flatMap((quantity) => seriesOf(description, quantity, k) ?? [])
    .map(({ name, quantity }) => /** @type {const} */ ([quantity, scoredRows(session.read(name).data.slice(0, step + 1))]));
  return { label: `${description.subtitle}, ${description.subjects[k].recipe}`, curves: new Map(curves) };
}
