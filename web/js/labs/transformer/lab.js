import { ChannelReader, curveAxes } from '../../panels/channels.js';
import { seriesColumns } from '../../panels/curve-panel.js';
import { HeadsPanel } from './heads-panel.js';
import { LearningCurves } from '../../panels/learning-curves.js';
import style from './lab.css';

/** @typedef {import('../../panels/channels.js').Frame} Frame */

const kTabs = [
  { id: 'accuracy', label: 'Accuracy', log: false, quantities: ['accuracy'] },
  { id: 'loss', label: 'Loss', log: true, quantities: ['loss', 'heldOut'] },
  { id: 'previous', label: 'Previous token', log: false, quantities: ['previous'] },
  { id: 'induction', label: 'Induction', log: false, quantities: ['induction'] },
];

/** What the two losses are on. @param {Frame} frame */
function partsOf({ description }) {
  const isHeldOut = description.channels.some(({ quantity, label }) => quantity === 'heldOut' && label.startsWith('Held-out'));
  return [['batch', ''], isHeldOut ? ['held out', 'held out'] : ['windows of the text', 'windows']];
}

/**
 * A transformer that learns: what every head looks at, and the curves of all that are trained.
 * @type {import('../lab.js').LabModule}
 */
const transformer = {
  id: 'transformer',
  style,
  isWide: true,
  create({ plot, curves, setKnob }, session) {
    const reader = new ChannelReader(session);
    /** @type {Frame | null} */
    let last = null;
    plot.classList.add('is-heads');
    const heads = new HeadsPanel(plot, { session, setKnob });
    const side = curves && new LearningCurves(curves, reader);
    return {
      tabs: () => kTabs,
      axes: curveAxes,
      isLog: () => Boolean(side?.isLog),
      update(frame) {
        last = frame;
        reader.begin(frame);
        heads.update(frame);
        const tab = kTabs.find(({ id }) => id === frame.view.tab) ?? kTabs[0];
        side?.update(frame, { ...tab, parts: partsOf(frame) }, []);
      },
      startPoint: () => null,
      exportSeries: () => (last ? seriesColumns(last, reader) : []),
      refreshTheme() {
        heads.refreshTheme();
        side?.refreshTheme();
      },
      destroy() {
        heads.destroy();
        side?.destroy();
        plot.classList.remove('is-heads');
      },
    };
  },
};

export default transformer;
