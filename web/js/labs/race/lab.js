import { ChannelReader, curveAxes, curveTabs, hasSurface } from '../../panels/channels.js';
import { CurvePanel, seriesColumns } from '../../panels/curve-panel.js';
import { MapPanel } from './map-panel.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */

/**
 * Any number of runners from one start: their curves and, where there is a surface, their paths on
 * its map.
 * @type {import('../lab.js').LabModule}
 */
const race = {
  id: 'race',
  create({ plot, curves, setKnob }, session) {
    const reader = new ChannelReader(session);
    /** @type {Frame | null} */
    let last = null;
    /** @param {number} x @param {number} y */
    const onStart = (x, y) => {
      const knob = last?.description.knobs.find(({ type }) => type === 'point');
      if (knob) setKnob(knob.id, `${Number(x.toFixed(4))},${Number(y.toFixed(4))}`);
    };
    const curve = curves && new CurvePanel(curves, reader);
    /** What stands in the plot's place. @type {MapPanel | CurvePanel | null} */
    let main = null;
    let shown = '';
    /** @param {Frame} frame */
    const choose = ({ description }) => {
      const instead = curve ? 'nothing' : 'curves';
      const next = hasSurface(description) ? 'map' : instead;
      if (next === shown) return;
      shown = next;
      main?.destroy();
      main = null;
      if (next === 'map') main = new MapPanel(plot, { reader, session, onStart });
      if (next === 'curves') main = new CurvePanel(plot, reader, { named: true });
      plot.classList.toggle('is-chart', next === 'curves');
    };
    const panels = () => [main, curve].filter((panel) => panel !== null);

    return {
      tabs: curveTabs,
      axes: curveAxes,
      isLog: () => Boolean(curve?.isLog),
      hasPlot: (description) => hasSurface(description) || !curve,
      update(frame) {
        last = frame;
        reader.begin(frame);
        choose(frame);
        for (const panel of panels()) panel.update(frame);
      },
      startPoint() {
        if (!last || !hasSurface(last.description)) return null;
        const { data } = reader.read('start');
        return data.length >= 2 ? [data[0], data[1]] : null;
      },
      exportSeries: () => (last ? seriesColumns(last, reader) : []),
      refreshTheme: () => panels().forEach((panel) => panel.refreshTheme()),
      destroy: () => panels().forEach((panel) => panel.destroy()),
    };
  },
};

export default race;
