import { Throttle } from '../plots/throttle.js';
import { reached, statusOf } from './status-text.js';

/** @typedef {import('../types.js').LabState} LabState */

/** Milliseconds from one update of these to the next while a lab runs; the player waits at full speed only. */
const pauses = { player: 100, readings: 120, status: 500, spoken: 5000 };

/**
 * When the parts of an open lab are drawn: the plots in every frame, what is to be read at most so
 * often while the lab runs, the controls when what they show has changed.
 */
export class DrawSchedule {
  #view;
  #parts;
  #player = this.#throttle(pauses.player);
  #readings = this.#throttle(pauses.readings);
  #status = this.#throttle(pauses.status);
  #spoken = this.#throttle(pauses.spoken);
  /** Of the view: what it shows is updated at once. */
  #turn = 0;
  #knobKey = '';

  /** @param {import('./lab-view.js').LabView} view @param {ReturnType<typeof import('./lab-parts.js').labParts>} parts */
  constructor(view, parts) {
    this.#view = view;
    this.#parts = parts;
  }

  /** @param {number} least */
  #throttle(least) {
    return new Throttle(least, () => this.#view.loop.invalidate());
  }

  /** The next drawing shows everything anew, without waiting. */
  invalidate() {
    this.#knobKey = '';
    this.#turn += 1;
  }

  /**
   * @param {LabState} state
   * @param {number} revision changes when numbers already read may have changed
   * @param {import('../types.js').Turn[]} turns
   */
  draw(state, revision, turns) {
    const { description, view, loop, lab } = this.#view;
    lab.update({ state, description, view, revision });
    // Only while it runs does anything wait: not where it stands, or is moved by hand.
    const turn = [revision, this.#turn, loop.playing || state.step].join();
    this.#drawPlayer(state, turn, turns);
    const key = JSON.stringify([state.marks, revision]);
    if (key !== this.#knobKey) {
      this.#knobKey = key;
      this.#parts.knobs.update(description, view.selected, state.marks, lab.startPoint());
    }
    this.#readings.do(state.step, turn, () =>
      this.#parts.readings.update(
        this.#view.session.readings(), description.subjects, view.hidden, state.status === 'done' ? this.#view.session.shown() : []));
    this.#drawStatus(state, turn, loop.playing ? [] : turns.filter(({ step }) => step === state.step));
  }

  /** @param {LabState} state @param {string} turn @param {import('../types.js').Turn[]} turns */
  #drawPlayer({ step, total }, turn, turns) {
    const { description, view, loop } = this.#view;
    const disabled = this.#parts.task.isOpen();
    const update = () => this.#parts.player.update({
      unit: description.unit, step, total, turns, playing: loop.playing, speed: view.speed, disabled,
    });
    if (view.speed === 'max') this.#player.do(step, `${turn},${disabled}`, update);
    else update();
  }

  /** @param {LabState} state @param {string} turn @param {import('../types.js').Turn[]} turned at this step */
  #drawStatus(state, turn, turned) {
    const { description, view } = this.#view;
    // What begins and what ends is said at once.
    const phase = [turn, state.step === 0, ...state.subjects.map(({ status }) => status)].join();
    let isSpoken = false;
    this.#spoken.do(state.step, phase, () => {
      isSpoken = true;
    });
    this.#status.do(state.step, `${phase},${isSpoken}`, () =>
      this.#parts.status.update(statusOf(state, description, view, reached(this.#view, state.step), turned), isSpoken));
  }

  stop() {
    for (const throttle of [this.#player, this.#readings, this.#status, this.#spoken]) throttle.stop();
  }
}
