import { defineLab } from '../../panels/define-lab.js';
import { HeadsPanel } from './heads-panel.js';
import { LearningCurves } from '../../panels/learning-curves.js';
import style from './lab.css';

/** @typedef {import('../../types.js').LabDescription} LabDescription */

const kTabs = [
  { id: 'accuracy', label: 'Accuracy', log: false, quantities: ['accuracy'] },
  { id: 'loss', label: 'Loss', log: true, quantities: ['loss', 'heldOut'] },
  { id: 'previous', label: 'Previous token', log: false, quantities: ['previous'] },
  { id: 'induction', label: 'Induction', log: false, quantities: ['induction'] },
];

/** What the two losses are on. @param {LabDescription} description */
function partsOf({ channels }) {
  const isHeldOut = channels.some(({ quantity, label }) => quantity === 'heldOut' && label.startsWith('Held-out'));
  return [['batch', ''], isHeldOut ? ['held out', 'held out'] : ['windows of the text', 'windows']];
}

/** A transformer that learns: what every head looks at, and the curves of all that are trained. */
export default defineLab({
  id: 'transformer',
  style,
  isWide: true,
  plotClass: 'is-heads',
  tabs: (description) => kTabs.map((tab) => ({ ...tab, parts: partsOf(description) })),
  panels: ({ reader, session, setKnob }) => ({
    main: (box) => new HeadsPanel(box, { session, setKnob }),
    side: (box) => new LearningCurves(box, reader),
  }),
});
