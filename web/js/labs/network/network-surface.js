import { DecisionSurface, likeliest } from '../../plots/decision-surface.js';
import { FittedCurve } from './fitted-curve.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../panels/network-data.js').NetworkReader} NetworkReader */
/** @typedef {import('../../plots/plots.js').Window2} Window2 */
/** @typedef {import('../../plots/decision-surface.js').SurfaceData['cross']} Cross */
/** @typedef {import('./network-diagram.js').Unit} Unit */

const kCurvePoints = 160;
const kQuick = 5; // milliseconds that reading a field may take while running
const kCoarsest = 0.36;
const kAtFullSpeed = 0.72; // of a field's grid lines: no eye follows, and half the places cost half

/** What the selected network, or one unit of it, says about the plane; about the axis where there is one input. */
export class NetworkSurface {
  /** @type {DecisionSurface | FittedCurve | null} */
  plot = null;
  #box;
  #reader;
  /** @type {[number, number] | null} */
  #up = null;
  /** What reading a grid point has cost, milliseconds. */
  #cost = 0;

  /** @param {HTMLElement} box @param {NetworkReader} reader */
  constructor(box, reader) {
    this.#box = box;
    this.#reader = reader;
  }

  /** Another plot where the inputs are others. @param {boolean} isCurve @returns {boolean} whether it is new */
  show(isCurve) {
    if (this.plot && this.plot instanceof FittedCurve === isCurve) return false;
    this.plot?.destroy();
    this.plot = isCurve
      ? new FittedCurve(this.#box, 'What the network gives')
      : new DecisionSurface(this.#box, 'Decision surface');
    return true;
  }

  /** A curve's axis is that of what it shows. */
  forgetReach() {
    this.#up = null;
  }

  /**
   * @param {Frame} frame
   * @param {{ unit: Unit | null, isMoving: boolean, cross: Cross }} how
   */
  draw(frame, { unit, isMoving, cross }) {
    const name = unit ? `Layer ${unit.layer}, unit ${unit.unit + 1}` : 'Output of the network';
    if (this.plot instanceof FittedCurve) this.#drawCurve(frame, this.plot, name, unit);
    else this.#drawPlane(frame, this.plot, name, unit, isMoving, cross);
  }

  /** @type {(frame: Frame, plot: DecisionSurface | null, name: string, unit: Unit | null, isMoving: boolean, cross: Cross) => void} */
  #drawPlane({ state, view, revision }, plot, name, unit, isMoving, cross) {
    const reader = this.#reader;
    const subject = view.selected;
    const { scale } = reader;
    const isRegression = reader.network.classes === 0;
    const most = !isMoving ? null : view.speed === 'max' ? kAtFullSpeed : 1;
    plot?.update({
      name,
      window: reader.window,
      fieldKey: [revision, state.step, subject, unit?.layer, unit?.unit, isMoving].join(),
      isQuick: isMoving,
      field: (w, nx, ny) =>
        this.#timed(nx, ny, most, (mx, my) => {
          if (unit) return reader.unit(subject, unit, w, mx, my);
          return isRegression ? reader.surface(subject, w, mx, my) : reader.decision(subject, w, mx, my);
        }),
      scale: unit ? 0 : scale,
      points: { key: String(revision), examples: reader.points, isRegression, scale },
      cross,
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

  /** @type {(frame: Frame, plot: FittedCurve, name: string, unit: Unit | null) => void} */
  #drawCurve({ description, view }, plot, name, unit) {
    const reader = this.#reader;
    const w = reader.window;
    const others = description.subjects.map((_, k) => k).filter((k) => k !== view.selected && !view.hidden.has(k));
    const subjects = unit ? [view.selected] : [view.selected, ...others];
    const curves = subjects.map((k) => ({
      label: description.subjects[k].label,
      style: description.subjects[k].style,
      values: unit ? reader.unit(k, unit, w, kCurvePoints, 1).values : this.#output(k, w),
    }));
    plot.update({
      name,
      across: [w.x0, w.x1],
      up: unit ? this.#reach(curves[0].values) : [w.y0, w.y1],
      curves,
      examples: unit ? null : reader.points,
    });
  }

  /**
   * Of one input, in the units of its targets: of two classes the probability of the second, of
   * more the likeliest.
   * @param {number} subject @param {Window2} w
   */
  #output(subject, w) {
    const { classes } = this.#reader.network;
    const n = kCurvePoints;
    if (classes === 0) return this.#reader.surface(subject, w, n, 1).values.slice(0, n);
    const { probability } = this.#reader.decision(subject, w, n, 1);
    return classes === 2 ? probability : Float64Array.from({ length: n }, (_, i) => likeliest(probability, i, n));
  }

  /** Wide enough for a unit's curve, and growing with it. @param {Float64Array} values @returns {[number, number]} */
  #reach(values) {
    const finite = values.filter(Number.isFinite);
    const [low, high] = [finite.reduce((a, b) => Math.min(a, b), 0), finite.reduce((a, b) => Math.max(a, b), 0)];
    const [from, to] = this.#up ?? [-1.1, 1.1];
    this.#up = [Math.min(from, 1.1 * low), Math.max(to, 1.1 * high)];
    return this.#up;
  }

  refreshTheme() {
    this.plot?.refreshTheme();
  }

  destroy() {
    this.plot?.destroy();
    this.plot = null;
  }
}
