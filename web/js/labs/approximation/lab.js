import { ApproximationPanel } from './approximation-panel.js';
import { curveTabs } from '../../panels/channels.js';
import { CurvePanel } from '../../panels/curve-panel.js';
import { defineLab } from '../../panels/define-lab.js';
import { ErrorFall } from './error-fall.js';
import style from './lab.css';

/** A function, approximated by what is written down and by what is learnt. */
export default defineLab({
  id: 'approximation',
  style,
  plotClass: 'is-approximation',
  tabs: (description) => [
    { id: 'fall', label: 'By N', log: true, quantities: [] },
    ...curveTabs(description),
  ],
  panels: ({ reader, setKnob }) => ({
    mainKind: () => (reader.row('domain').inputs === 2 ? 'square' : 'line'),
    main(box, kind) {
      if (kind === 'line') return new ApproximationPanel(box, reader, setKnob);
      return import('./approximation-square.js').then(
        ({ ApproximationSquare }) => () => new ApproximationSquare(box, reader));
    },
    sideKind: (tab) => (tab === 'fall' ? 'fall' : 'curves'),
    side: (box, kind) => (kind === 'fall' ? new ErrorFall(box, reader) : new CurvePanel(box, reader)),
  }),
});
