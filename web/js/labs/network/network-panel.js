import { DecisionSurface } from '../../plots/decision-surface.js';
import { FittedCurve } from './fitted-curve.js';
import { NetworkDiagram } from './network-diagram.js';
import { h } from '../../widgets/dom.js';
import { isDrawn, knobValue, seriesOf } from '../../panels/network-data.js';
import { networkLegend } from './network-legend.js';
import { networkScores } from './network-scores.js';
import { Throttle } from '../../plots/throttle.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('./network-diagram.js').Unit} Unit */
/** @typedef {import('./drawing-hand.js').DrawingHand} DrawingHand */

const kDiagramPause = 100; // milliseconds while running
const kCurvePoints = 160;
const kQuick = 5; // milliseconds that reading a field may take while running
const kCoarsest = 0.36;
const kAtFullSpeed = 0.72; // of a field's grid lines: no eye follows, and half the places cost half

/** The selected network: its diagram, what it says about the plane, how well it does. */
export class NetworkPanel {
  #reader;
  #box = h('div', { class: 'network' });
  #surfaceBox = h('div', { class: 'network-surface' });
  #diagram;
  /** @type {DecisionSurface | FittedCurve | null} */
  #surface = null;
  /** @type {DrawingHand | null} */
  #hand = null;
  #legend;
  #scores = networkScores();
  /** @type {Frame | null} */
  #frame = null;
  /** The unit that stands in the output's place. @type {Unit | null} */
  #unit = null;
  /** @type {[number, number] | null} */
  #up = null;
  #setKnob;
  #surfacePace = new Throttle(0, () => this.#redraw());
  #diagramPace = new Throttle(kDiagramPause, () => this.#redraw());
  #turn = 0;
  /** What reading a grid point has cost, milliseconds. */
  #cost = 0;

  /**
   * @param {HTMLElement} plot
   * @param {{ reader: import('../../panels/network-data.js').NetworkReader, setKnob: (knob: string, value: string) => void }} options
   */
  constructor(plot, { reader, setKnob }) {
    this.#reader = reader;
    this.#setKnob = setKnob;
    const diagramBox = h('div', { class: 'network-diagram' });
    this.#legend = networkLegend({
      onBack: () => this.#choose(null),
      onLabel: (label) => {
        if (this.#hand) this.#hand.label = label;
        this.#redraw();
      },
      onClear: () => this.#hand?.clear(),
    });
    this.#box.append(diagramBox, this.#surfaceBox, this.#legend.element, this.#scores.element);
    this.#box.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#unit) return;
      event.preventDefault();
      event.stopPropagation();
      this.#choose(null);
    });
    plot.append(this.#box);
    this.#diagram = new NetworkDiagram(diagramBox, { onChoose: (unit) => this.#choose(unit) });
  }

  /** @param {Frame} frame */
  update(frame) {
    this.#frame = frame;
    const { state, description, view, revision } = frame;
    const { network, hidden } = this.#reader;
    const { unit } = this;
    this.#makeSurface(network.inputs === 1);
    const key = [revision, view.selected, unit?.layer, unit?.unit, this.#turn, [...view.hidden]].join();
    const { points } = this.#reader;
    const data = knobValue(description, 'data');
    if (this.#hand) this.#hand.update(data, network.classes, points);
    else if (isDrawn(data) && this.#surface instanceof DecisionSurface) this.#openHand(this.#surface);
    this.#surfacePace.do(state.step, key, (isMoving) => this.#drawSurface(frame, isMoving));
    this.#diagramPace.do(state.step, key, () => this.#drawDiagram(frame, hidden));
    this.#legend.update({
      classes: this.#hand?.isOn ? this.#hand.offered : network.classes,
      hasHeld: holdsBack(points),
      unit,
      isDrawing: Boolean(this.#hand?.isOn),
      label: this.#hand?.label ?? 0,
      scale: network.classes > 0 ? 1 : this.#reader.scale,
      isCurve: network.inputs === 1,
    });
    this.#scores.update(this.#readScores(frame));
  }

  /** The unit shown, if the network still has it. */
  get unit() {
    const { hidden } = this.#reader;
    if (this.#unit && !(this.#unit.unit < (hidden[this.#unit.layer - 1] ?? 0))) this.#unit = null;
    return this.#unit;
  }

  /** @param {Unit | null} unit */
  #choose(unit) {
    this.#unit = unit;
    this.#up = null;
    this.#redraw();
  }

  #redraw() {
    this.#turn += 1;
    if (this.#frame) this.update(this.#frame);
  }

  /** @param {boolean} isCurve */
  #makeSurface(isCurve) {
    if (this.#surface && this.#surface instanceof FittedCurve === isCurve) return;
    this.#hand?.destroy();
    this.#surface?.destroy();
    this.#hand = null;
    if (isCurve) {
      this.#surface = new FittedCurve(this.#surfaceBox, 'What the network gives');
      return;
    }
    this.#surface = new DecisionSurface(this.#surfaceBox, 'Decision surface');
  }

  /** Fetched when there is something to draw on. @param {DecisionSurface} surface */
  async #openHand(surface) {
    const { DrawingHand } = await import('./drawing-hand.js');
    if (this.#hand || this.#surface !== surface) return;
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

  /** @param {Frame} frame @param {boolean} isMoving */
  #drawSurface(frame, isMoving) {
    const { state, description, view, revision } = frame;
    const reader = this.#reader;
    const { classes, widths } = reader.network;
    const { unit } = this;
    const subject = view.selected;
    const name = unit ? `Layer ${unit.layer}, unit ${unit.unit + 1}` : 'Output of the network';
    if (this.#surface instanceof FittedCurve) {
      this.#drawCurve(frame, this.#surface, name);
      return;
    }
    const outputs = widths[widths.length - 1];
    const isLogistic = isLogLoss(description);
    const most = !isMoving ? null : view.speed === 'max' ? kAtFullSpeed : 1;
    const kind = unit || classes === 0 ? 'field' : outputs > 2 ? 'classes' : isLogistic ? 'logistic' : 'margin';
    this.#surface?.update({
      name,
      window: reader.window,
      fieldKey: [revision, state.step, subject, unit?.layer, unit?.unit, isMoving].join(),
      isQuick: isMoving,
      field: (w, nx, ny) =>
        this.#timed(nx, ny, most, (mx, my) =>
          unit ? reader.unit(subject, unit, w, mx, my) : asOne(reader.surface(subject, w, mx, my), classes > 0 ? outputs : 1)),
      kind,
      scale: unit ? 0 : reader.scale,
      points: { key: String(revision), rows: reader.points, isRegression: classes === 0, scale: reader.scale },
      cross: this.#hand?.cross ? { ...this.#hand.cross, label: this.#hand.label } : null,
    });
  }

  /**
   * While running, a large network is read on a coarser grid, and at full speed every one.
   * @template T
   * @param {number} nx @param {number} ny
   * @param {number | null} most the largest share of the grid's lines while running; null where the run stands
   * @param {(nx: number, ny: number) => T} read
   */
  #timed(nx, ny, most, read) {
    const share = most === null ? 1 : Math.max(kCoarsest, Math.min(most, Math.sqrt(kQuick / (this.#cost * nx * ny))));
    const [mx, my] = [nx, ny].map((n) => Math.max(2, Math.round(share * n)));
    const begin = performance.now();
    const field = read(mx, my);
    const cost = (performance.now() - begin) / (mx * my);
    // A pause of the machine's is not a cost of the network's.
    this.#cost = this.#cost > 0 ? Math.min(cost, 1.3 * this.#cost) : cost;
    return field;
  }

  /** @type {(frame: Frame, plot: FittedCurve, name: string) => void} */
  #drawCurve({ description, view }, plot, name) {
    const reader = this.#reader;
    const { unit } = this;
    const w = reader.window;
    const others = description.subjects.map((_, k) => k).filter((k) => k !== view.selected && !view.hidden.has(k));
    const subjects = unit ? [view.selected] : [view.selected, ...others];
    const curves = subjects.map((k) => ({
      label: description.subjects[k].label,
      style: description.subjects[k].style,
      values: unit ? reader.unit(k, unit, w, kCurvePoints, 1).values : this.#output(k, w, description),
    }));
    plot.update({
      name,
      across: [w.x0, w.x1],
      up: unit ? this.#reach(curves[0].values) : [w.y0, w.y1],
      curves,
      rows: unit ? null : reader.points,
    });
  }

  /**
   * Of one input, in the units of its targets: of two classes what is between 0 and 1, of more the
   * one that it names.
   * @type {(subject: number, w: import('../../plots/plots.js').Window2, description: import('../../types.js').LabDescription) => Float64Array}
   */
  #output(subject, w, description) {
    const { classes, widths } = this.#reader.network;
    const outputs = widths[widths.length - 1];
    const { values } = asOne(this.#reader.surface(subject, w, kCurvePoints, 1), classes > 0 ? outputs : 1);
    const n = kCurvePoints;
    if (classes === 0) return values.slice(0, n);
    if (outputs > 2) {
      const all = Array.from({ length: outputs }, (_, k) => k);
      return values.slice(0, n).map((_, i) => all.reduce((best, k) => (values[k * n + i] > values[best * n + i] ? k : best), 0));
    }
    const isLogistic = isLogLoss(description);
    return values.map((f) => (isLogistic ? 1 / (1 + Math.exp(-f)) : (1 + f) / 2));
  }

  /** Wide enough for a unit's curve, and growing with it. @param {Float64Array} values @returns {[number, number]} */
  #reach(values) {
    const finite = values.filter(Number.isFinite);
    const [low, high] = [finite.reduce((a, b) => Math.min(a, b), 0), finite.reduce((a, b) => Math.max(a, b), 0)];
    const [from, to] = this.#up ?? [-1.1, 1.1];
    this.#up = [Math.min(from, 1.1 * low), Math.max(to, 1.1 * high)];
    return this.#up;
  }

  /** @param {Frame} frame @param {number[]} hidden */
  #drawDiagram({ description, view }, hidden) {
    const reader = this.#reader;
    const { inputs, classes, widths } = reader.network;
    this.#diagram.update({
      counts: [inputs, ...hidden, widths[widths.length - 1]],
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
    const [loss, validation, accuracy, validationAccuracy] = this.#reader.scores(view.selected);
    const [seen, held, name] = isShare ? [accuracy, validationAccuracy, 'accuracy'] : [loss, validation, 'loss'];
    return [
      { label: `Training ${name}`, value: seen, isShare },
      ...(seriesOf(description, 'validation', view.selected) ? [{ label: `Validation ${name}`, value: held, isShare }] : []),
    ];
  }

  refreshTheme() {
    this.#diagram.refreshTheme();
    this.#surface?.refreshTheme();
  }

  destroy() {
    this.#surfacePace.stop();
    this.#diagramPace.stop();
    this.#hand?.destroy();
    this.#surface?.destroy();
    this.#surface = null;
    this.#diagram.destroy();
    this.#box.remove();
  }
}

/** Whether the loss takes outputs for log-odds. @param {import('../../types.js').LabDescription} description */
const isLogLoss = (description) => /logistic|softmax/.test(knobValue(description, 'loss'));

/**
 * Of two outputs only the difference decides.
 * @param {{ values: Float64Array, nx: number, ny: number }} field @param {number} outputs
 */
function asOne({ values, nx, ny }, outputs) {
  if (outputs !== 2) return { values, nx, ny };
  const size = nx * ny;
  return { values: values.slice(size).map((f, i) => f - values[i]), nx, ny };
}

/** @param {Float64Array} rows */
function holdsBack(rows) {
  for (let i = 3; i < rows.length; i += 4) if (rows[i] > 0) return true;
  return false;
}
