import { hasSurface } from '../../panels/channels.js';
import { CurvePanel } from '../../panels/curve-panel.js';
import { defineLab } from '../../panels/define-lab.js';
import { MapPanel } from './map-panel.js';

/**
 * Any number of runners from one start: their curves and, where there is a surface, their paths on
 * its map; where the curves are hidden and there is no surface, they stand in the map's place.
 */
export default defineLab({
  id: 'race',
  plotClass: '',
  panels: ({ curves, reader, setKnob, lastFrame }) => ({
    hasPlot: (description) => hasSurface(description) || !curves,
    mainKind({ description }) {
      const instead = curves ? 'nothing' : 'curves';
      return hasSurface(description) ? 'map' : instead;
    },
    main(box, kind) {
      box.classList.toggle('is-chart', kind === 'curves');
      if (kind === 'curves') return new CurvePanel(box, reader, { named: true });
      if (kind === 'nothing') return null;
      const onStart = (/** @type {number} */ x, /** @type {number} */ y) => {
        const knob = lastFrame()?.description.knobs.find(({ type }) => type === 'point');
        if (knob) setKnob(knob.id, `${Number(x.toFixed(4))},${Number(y.toFixed(4))}`);
      };
      return new MapPanel(box, { reader, onStart });
    },
    side: (box) => new CurvePanel(box, reader),
    startPoint({ description }) {
      if (!hasSurface(description)) return null;
      const { x, y } = reader.row('start');
      return [x, y];
    },
  }),
});
