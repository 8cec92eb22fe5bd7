import { ApproximationPanel } from './approximation-panel.js';
import { ChannelReader, curveAxes, curveTabs } from '../../panels/channels.js';
import { CurvePanel, seriesColumns } from '../../panels/curve-panel.js';
import { ErrorFall } from './error-fall.js';
import { knobValue } from '../../panels/network-data.js';
import style from './lab.css';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('./approximation-square.js').ApproximationSquare} ApproximationSquare */
/** @typedef {import('../../types.js').LabDescription} LabDescription */

/** @param {LabDescription} description */
const tabsOf = (description) => [
  { id: 'fall', label: 'By N', log: true, quantities: [] },
  ...curveTabs(description),
];

/**
 * A function, approximated by what is written down and by what is learnt.
 * @type {import('../lab.js').LabModule}
 */
const approximation = {
  id: 'approximation',
  style,
  create({ plot, curves, setKnob }, session) {
    const reader = new ChannelReader(session);
    /** @type {Frame | null} */
    let last = null;
    let formula = '';
    plot.classList.add('is-approximation');
    /** @type {ApproximationPanel | ApproximationSquare | null} */
    let main = null;
    let mainIs = '';
    /** @type {ErrorFall | CurvePanel | null} */
    let side = null;
    let sideIs = '';

    /** @param {Frame} frame */
    function drawMain(frame) {
      const { data } = reader.read('domain');
      const next = data[0] === 2 ? 'square' : 'line';
      if (next !== mainIs) {
        mainIs = next;
        main?.destroy();
        main = null;
        if (next === 'line') main = new ApproximationPanel(plot, reader, setKnob);
        else openSquare();
      }
      if (main instanceof ApproximationPanel) main.update(frame);
      else main?.update(frame, data);
    }

    /** Fetched when there is a square. */
    async function openSquare() {
      const { ApproximationSquare } = await import('./approximation-square.js');
      if (mainIs !== 'square' || main) return;
      main = new ApproximationSquare(plot, session);
      if (last) drawMain(last);
    }

    /** @param {Frame} frame */
    function drawSide(frame) {
      if (!curves) return;
      const tabs = tabsOf(frame.description);
      const { id } = tabs.find((tab) => tab.id === frame.view.tab) ?? tabs[0];
      const next = id === 'fall' ? 'fall' : 'curves';
      if (next !== sideIs) {
        sideIs = next;
        side?.destroy();
        side = next === 'fall' ? new ErrorFall(curves, reader) : new CurvePanel(curves, reader);
      }
      side?.update(frame);
    }

    /** Whoever types a formula wants to see it. @param {LabDescription} description */
    function followFormula(description) {
      const now = knobValue(description, 'formula');
      const isNew = formula !== '' && now !== formula;
      formula = now;
      if (isNew && knobValue(description, 'target') !== 'typed') queueMicrotask(() => setKnob('target', 'typed'));
    }

    const panels = () => [main, side].flatMap((panel) => panel ?? []);
    return {
      tabs: tabsOf,
      axes: curveAxes,
      isLog: () => side?.isLog ?? true,
      update(frame) {
        last = frame;
        reader.begin(frame);
        followFormula(frame.description);
        drawMain(frame);
        drawSide(frame);
      },
      startPoint: () => null,
      exportSeries: () => (last ? seriesColumns(last, reader) : []),
      refreshTheme: () => panels().forEach((panel) => panel.refreshTheme()),
      destroy() {
        mainIs = '';
        panels().forEach((panel) => panel.destroy());
        plot.classList.remove('is-approximation');
      },
    };
  },
};

export default approximation;
