import { defineLab } from '../../panels/define-lab.js';
import { HeadsPanel } from './heads-panel.js';
import { LearningCurves } from '../../panels/learning-curves.js';
import style from './lab.css';

const kAccuracy = { id: 'accuracy', label: 'Accuracy', log: false, quantities: ['accuracy'] };
const kHeads = [
  { id: 'previous', label: 'Previous token', log: false, quantities: ['previous'] },
  { id: 'induction', label: 'Induction', log: false, quantities: ['induction'] },
];

/** Both losses: of a text too short to hold some of it back, the second is on windows of the text. @param {import('../../types.js').LabDescription} description */
function lossTab({ channels }) {
  const isHeldOut = channels.some(({ quantity }) => quantity === 'heldOut');
  const [judged, part] = isHeldOut ? ['heldOut', ['held out', 'held out']] : ['windows', ['windows of the text', 'windows']];
  return { id: 'loss', label: 'Loss', log: true, quantities: ['loss', judged], parts: [['batch', ''], part] };
}

/** A transformer that learns: what every head looks at, and the curves of all that are trained. */
export default defineLab({
  id: 'transformer',
  style,
  isWide: true,
  plotClass: 'is-heads',
  tabs: (description) => [kAccuracy, lossTab(description), ...kHeads],
  panels: ({ reader, setKnob }) => ({
    main: (box) => new HeadsPanel(box, { reader, setKnob }),
    side: (box) => new LearningCurves(box, reader),
  }),
});
