import { CurvePlot } from '../plots/curve-plot.js';
import { kDashed } from '../plots/theme.js';
import { scoredRows, seriesOf } from './network-data.js';
import { Throttle } from '../plots/throttle.js';

/** @typedef {import('./channels.js').Frame} Frame */
/** @typedef {import('./pinned-runs.js').Pin} Pin */
/** @typedef {import('../plots/plots.js').CurveSeries} CurveSeries */

/** @type {import('../types.js').Style} */
const kGhost = { hue: 0, slot: 0, ring: false, hollow: false };
const kPause = 100; // milliseconds from one drawing to the next at full speed, where no eye follows

/** What two quantities of a tab are on, each in full and short beside a runner's name. */
const kParts = [['training', ''], ['validation', 'val.']];

/** A quantity over the run: on the training examples solid, on those held back dashed, pinned runs grey. */
export class LearningCurves {
  /** Whether the y-axis is logarithmic now. */
  isLog = false;
  #plot;
  #reader;
  #pinsOf;
  /** Draws what was asked for last. */
  #again = () => {};
  #pace = new Throttle(kPause, () => this.#again());

  /** @param {HTMLElement} container @param {import('./channels.js').ChannelReader} reader @param {() => Pin[]} [pinsOf] */
  constructor(container, reader, pinsOf = () => []) {
    this.#plot = new CurvePlot(container, { label: 'Curves' });
    this.#reader = reader;
    this.#pinsOf = pinsOf;
  }

  /** @param {Frame} frame @param {import('../labs/lab.js').Tab} tab */
  update(frame, tab) {
    const { state, view, revision } = frame;
    const pins = this.#pinsOf();
    this.isLog = view.log === 'auto' ? tab.log : view.log === 'on';
    this.#again = () => this.update(frame, tab);
    const key = [revision, tab.label, this.isLog, view.speed, ...view.hidden, ...pins.map(({ name }) => name)].join();
    if (view.speed === 'max') this.#pace.do(state.step, key, () => this.#draw(frame, tab, pins));
    else this.#draw(frame, tab, pins);
  }

  /** @param {Frame} frame @param {import('../labs/lab.js').Tab} tab @param {Pin[]} pins */
  #draw({ state, description, view }, { label: title, quantities, parts = kParts }, pins) {
    const { subjects, unit } = description;
    const shown = subjects.map((_, k) => k).filter((k) => !view.hidden.has(k));
    const series = shown.flatMap((k) =>
      quantities.flatMap((quantity, q) => {
        const channel = seriesOf(description, quantity, k);
        if (!channel) return [];
        const { x, y } = scoredRows(this.#reader.read(channel.name).data);
        return [/** @type {CurveSeries} */ ({
          label: nameOf(subjects[k].label, parts[q], quantities.length > 1, shown.length > 1),
          style: subjects[k].style, line: q === 0 ? 'solid' : 'dashed', x, y, now: lastAt(x, state.step),
        })];
      }),
    );
    this.#plot.update({
      title,
      series: [...series, ...pins.flatMap((pin) => ghostsOf(pin, quantities, parts))],
      xLabel: unit,
      yLabel: '',
      logX: false,
      logY: this.isLog,
      xEnd: state.total,
      cursor: state.step,
    });
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#pace.stop();
    this.#plot.destroy();
  }
}

/** @type {(runner: string, part: string[], isSplit: boolean, hasOthers: boolean) => string} */
function nameOf(runner, [whole, short], isSplit, hasOthers) {
  if (!isSplit) return runner;
  if (!hasOthers) return whole;
  return short ? `${runner}, ${short}` : runner;
}

/** Index of the last of ascending steps that is not past this one. @param {Float64Array} steps @param {number} step */
function lastAt(steps, step) {
  let at = steps.length - 1;
  while (at > 0 && steps[at] > step) at -= 1;
  return at;
}

/** @param {Pin} pin @param {string[]} quantities @param {string[][]} parts @returns {CurveSeries[]} */
function ghostsOf({ name, curves }, quantities, parts) {
  return quantities.flatMap((quantity, q) => {
    const rows = curves.get(quantity);
    if (!rows) return [];
    const style = { ...kGhost, slot: q === 0 ? 0 : kDashed };
    const label = nameOf(name, parts[q], quantities.length > 1, true);
    return [{ label, style, line: /** @type {const} */ ('ghost'), ...rows, now: rows.y.length - 1 }];
  });
}
