import { DecisionSurface } from '../../plots/decision-surface.js';
import { NetworkDiagram } from './network-diagram.js';
import { h } from '../../widgets/dom.js';
import { isDrawn, knobValue, seriesOf } from '../../panels/network-data.js';
import { networkLegend } from './network-legend.js';
import { networkScores } from './network-scores.js';
import { NetworkSurface } from './network-surface.js';
import { Throttle } from '../../plots/throttle.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('./network-diagram.js').Unit} Unit */
/** @typedef {import('./drawing-hand.js').DrawingHand} DrawingHand */

const kDiagramPause = 100; // milliseconds while running

/** The selected network: its diagram, what it says about the plane, how well it does. */
export class NetworkPanel {
  #reader;
  #box = h('div', { class: 'network' });
  #diagram;
  #surface;
  /** @type {DrawingHand | null} */
  #hand = null;
  #legend;
  #scores = networkScores();
  /** @type {Frame | null} */
  #frame = null;
  /** The unit that stands in the output's place. @type {Unit | null} */
  #unit = null;
  #setKnob;
  #surfacePace = new Throttle(0, () => this.#redraw());
  #diagramPace = new Throttle(kDiagramPause, () => this.#redraw());
  #turn = 0;

  /**
   * @param {HTMLElement} plot
   * @param {{ reader: import('../../panels/network-data.js').NetworkReader, setKnob: (knob: string, value: string) => void }} options
   */
  constructor(plot, { reader, setKnob }) {
    this.#reader = reader;
    this.#setKnob = setKnob;
    const diagramBox = h('div', { class: 'network-diagram' });
    const surfaceBox = h('div', { class: 'network-surface' });
    this.#legend = networkLegend({
      onBack: () => this.#choose(null),
      onLabel: (label) => {
        if (this.#hand) this.#hand.label = label;
        this.#redraw();
      },
      onClear: () => this.#hand?.clear(),
    });
    this.#box.append(diagramBox, surfaceBox, this.#legend.element, this.#scores.element);
    this.#box.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#unit) return;
      event.preventDefault();
      event.stopPropagation();
      this.#choose(null);
    });
    plot.append(this.#box);
    this.#diagram = new NetworkDiagram(diagramBox, { onChoose: (unit) => this.#choose(unit) });
    this.#surface = new NetworkSurface(surfaceBox, reader);
  }

  /** @param {Frame} frame */
  update(frame) {
    this.#frame = frame;
    const { state, description, view, revision } = frame;
    const { network, points } = this.#reader;
    const { unit } = this;
    const isCurve = network.inputs === 1;
    if (this.#surface.show(isCurve)) {
      this.#hand?.destroy();
      this.#hand = null;
    }
    const data = knobValue(description, 'data');
    if (this.#hand) this.#hand.update(data, network.classes, points);
    else if (isDrawn(data) && this.#surface.plot instanceof DecisionSurface) this.#openHand(this.#surface.plot);
    const hand = this.#hand;
    const key = [revision, view.selected, unit?.layer, unit?.unit, this.#turn, [...view.hidden]].join();
    this.#surfacePace.do(state.step, key, (isMoving) =>
      this.#surface.draw(frame, { unit, isMoving, cross: hand?.cross ? { ...hand.cross, label: hand.label } : null }));
    this.#diagramPace.do(state.step, key, () => this.#drawDiagram(frame));
    this.#legend.update({
      classes: hand?.isOn ? hand.offered : network.classes,
      hasHeld: points.held.some((held) => held > 0),
      unit,
      isDrawing: Boolean(hand?.isOn),
      label: hand?.label ?? 0,
      scale: network.classes > 0 ? 1 : this.#reader.scale,
      isCurve,
    });
    this.#scores.update(this.#readScores(frame));
  }

  /** The unit shown, if the network still has it. */
  get unit() {
    const { hidden } = this.#reader.network;
    if (this.#unit && !(this.#unit.unit < (hidden[this.#unit.layer - 1] ?? 0))) this.#unit = null;
    return this.#unit;
  }

  /** @param {Unit | null} unit */
  #choose(unit) {
    this.#unit = unit;
    this.#surface.forgetReach();
    this.#redraw();
  }

  #redraw() {
    this.#turn += 1;
    if (this.#frame) this.update(this.#frame);
  }

  /** Fetched when there is something to draw on. @param {DecisionSurface} surface */
  async #openHand(surface) {
    const { DrawingHand } = await import('./drawing-hand.js');
    if (this.#hand || this.#surface.plot !== surface) return;
    this.#hand = new DrawingHand(surface, {
      setData: (value) => this.#setData(value),
      redraw: () => this.#redraw(),
    });
    this.#redraw();
  }

  /** An example stands where it was placed. @param {string} value */
  #setData(value) {
    if (this.#frame && Number(knobValue(this.#frame.description, 'noise')) > 0) this.#setKnob('noise', '0');
    this.#setKnob('data', value);
  }

  /** @param {Frame} frame */
  #drawDiagram({ description, view }) {
    const reader = this.#reader;
    const { inputs, classes, widths } = reader.network;
    this.#diagram.update({
      counts: [inputs, ...widths],
      activation: knobValue(description, 'activation'),
      isRegression: classes === 0,
      window: reader.window,
      fields: reader.units(view.selected),
      weights: reader.weights(view.selected),
      chosen: this.unit,
    });
  }

  /** @param {Frame} frame @returns {import('./network-scores.js').Score[]} */
  #readScores({ description, view }) {
    const isShare = Boolean(seriesOf(description, 'accuracy', view.selected));
    const { loss, validation, accuracy, validationAccuracy } = this.#reader.scores(view.selected);
    const [seen, held, name] = isShare ? [accuracy, validationAccuracy, 'accuracy'] : [loss, validation, 'loss'];
    return [
      { label: `Training ${name}`, value: seen, isShare },
      ...(seriesOf(description, 'validation', view.selected) ? [{ label: `Validation ${name}`, value: held, isShare }] : []),
    ];
  }

  refreshTheme() {
    this.#diagram.refreshTheme();
    this.#surface.refreshTheme();
  }

  destroy() {
    this.#surfacePace.stop();
    this.#diagramPace.stop();
    this.#hand?.destroy();
    this.#surface.destroy();
    this.#diagram.destroy();
    this.#box.remove();
  }
}
