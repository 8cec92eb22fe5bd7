import { ChannelReader, curveAxes, curveTabs } from '../parts/channels.js';
import { CurvePanel, seriesColumns } from '../parts/curve-panel.js';
import { MapPanel } from '../parts/map-panel.js';

/** @typedef {import('../parts/channels.js').Frame} Frame */

/**
 * Any number of runners from one start on one landscape: their paths on a map, and their curves.
 * @type {import('../parts/lab.js').LabModule}
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
    const map = new MapPanel(plot, { reader, session, onStart });
    const curve = curves && new CurvePanel(curves, reader);
    const panels = curve ? [map, curve] : [map];

    return {
      tabs: curveTabs,
      axes: curveAxes,
      update(frame) {
        last = frame;
        reader.begin(frame);
        for (const panel of panels) panel.update(frame);
      },
      startPoint() {
        const { data } = reader.read('start');
        return data.length >= 2 ? [data[0], data[1]] : null;
      },
      exportSeries: () => (last ? seriesColumns(last, reader) : []),
      canvases: () =>
        [plot, curves].flatMap((box) => (box ? [...box.querySelectorAll('canvas')] : [])),
      refreshTheme: () => panels.forEach((panel) => panel.refreshTheme()),
      destroy: () => panels.forEach((panel) => panel.destroy()),
    };
  },
};

export default race;
