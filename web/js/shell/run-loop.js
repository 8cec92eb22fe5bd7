import { speeds, stepsPerSecond } from './player.js';

const budget = 8; // milliseconds of computing at a time
const mostBetween = 40; // milliseconds from a drawing on in which computing is begun, without a limit of speed
const reducedPause = 500; // milliseconds between the still pictures of reduced motion
const reducedParts = 10;

/** @typedef {import('../types.js').Session} Session */

/**
 * Steps a session through time. An animation frame draws; between it and the next one what is due at
 * this speed is computed, or as much as the budget allows: apart, so that neither makes the other's
 * task long. Without a limit of speed that is done several times, and the page can answer in
 * between. Asks for no frame while there is nothing to do.
 */
export class RunLoop {
  playing = false;
  speed = '1';
  /** Of the player's steps a second, for a lab whose steps are to be looked at one by one. */
  pace = 1;
  /** Off screen or in a hidden tab. */
  suspended = false;
  #session;
  #draw;
  #onEnd;
  #frame = 0;
  #last = 0;
  #owed = 0;
  /** Steps that this frame is to take, and until when: known once it is drawn. */
  #due = 0;
  #until = NaN;
  #dirty = false;
  /** @type {number | null} */
  #target = null;
  /** @type {(() => boolean) | null} */
  #job = null;
  #reduced = window.matchMedia('(prefers-reduced-motion: reduce)');
  #between = new MessageChannel();

  /**
   * @param {Session} session
   * @param {{ draw: () => void, onEnd: () => void }} hooks
   */
  constructor(session, { draw, onEnd }) {
    this.#session = session;
    this.#draw = draw;
    this.#onEnd = onEnd;
    this.#between.port1.onmessage = () => this.#advance();
  }

  play() {
    this.#target = null;
    this.playing = true;
    this.#owed = 0;
    this.#last = 0;
    this.invalidate();
  }

  pause() {
    this.playing = false;
    this.invalidate();
  }

  /** Go to step t, in slices; a newer target replaces an older one. @param {number} t */
  seek(t) {
    this.#target = t;
    this.invalidate();
  }

  /**
   * Other work, a part of it in each frame, before which the run waits.
   * @param {(() => boolean) | null} job says whether there is more of it
   */
  work(job) {
    this.#job = job;
    this.#ask();
  }

  /** Where the run is, or will be in a moment: two keys may be pressed within one frame. */
  get goal() {
    return this.#target ?? this.#session.state().step;
  }

  /** Something changed: draw in the next frame. */
  invalidate() {
    this.#dirty = true;
    this.#ask();
  }

  /** Draw what is due at once, for exports and tests. */
  flush() {
    while (this.#target !== null && !this.#session.seek(this.#target));
    this.#target = null;
    this.#drawNow();
  }

  /** @param {boolean} suspended */
  suspend(suspended) {
    this.suspended = suspended;
    this.#last = 0;
    if (suspended) this.stop();
    else if (this.#isBusy || this.#dirty) this.#ask();
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  get #isBusy() {
    return this.playing || this.#target !== null || this.#job !== null;
  }

  #ask() {
    if (this.#frame !== 0 || this.suspended) return;
    this.#frame = requestAnimationFrame((time) => this.#tick(time));
  }

  #drawNow() {
    this.#dirty = false;
    this.#draw();
  }

  /** @param {number} time */
  #tick(time) {
    this.#frame = 0;
    if (this.#job !== null) {
      if (!this.#job()) this.#job = null;
    } else if (this.#target !== null) {
      if (this.#session.seek(this.#target)) this.#target = null;
      this.#dirty = true;
    } else if (this.playing) {
      this.#due = this.#quota(time);
      this.#until = NaN;
      this.#between.port2.postMessage(null);
    }
    if (this.#dirty) this.#drawNow();
    if (this.#isBusy) this.#ask();
  }

  /** Between two frames: what is due, or a budget of it. */
  #advance() {
    if (this.#frame === 0 || !this.playing || this.#target !== null || this.#job !== null) return;
    if (Number.isNaN(this.#until)) this.#until = performance.now() + (this.#due === Infinity ? mostBetween : 0);
    const taken = this.#compute(this.#due);
    this.#owed = Math.max(0, this.#owed - taken);
    this.#due -= taken;
    if (this.#due > 0 && performance.now() < this.#until) this.#between.port2.postMessage(null);
  }

  get #factor() {
    return speeds.find(({ id }) => id === this.speed)?.factor ?? 1;
  }

  /** Takes so many steps, or those for which there is time; how many. @param {number} most */
  #compute(most) {
    const { step, total } = this.#session.state();
    const quota = Math.min(most, total - step);
    const begin = performance.now();
    let chunk = 1;
    let left = quota;
    while (left > 0) {
      const n = Math.min(chunk, left);
      this.#session.step(n);
      left -= n;
      const spent = performance.now() - begin;
      if (spent >= budget) break;
      // Crossing costs little, but not nothing: take longer strides while there is time for them.
      if (spent < budget / 4) chunk *= 2;
    }
    if (quota > left) this.#dirty = true;
    if (step + quota - left >= total) {
      this.playing = false;
      this.#dirty = true;
      this.#onEnd();
    }
    return quota - left;
  }

  /** Whole steps due in this frame. @param {number} time */
  #quota(time) {
    if (this.#reduced.matches) {
      if (this.#last !== 0 && time - this.#last < reducedPause) return 0;
      this.#last = time;
      return Math.ceil(this.#session.state().total / reducedParts);
    }
    const elapsed = this.#last === 0 ? 1 / 60 : Math.min(0.1, (time - this.#last) / 1000);
    this.#last = time;
    const factor = this.#factor;
    if (factor === Infinity) return Infinity;
    const rate = stepsPerSecond * this.pace * factor;
    // Work that did not fit is dropped rather than piled up.
    this.#owed = Math.min(this.#owed + elapsed * rate, (2 * rate) / 10 + 1);
    return Math.floor(this.#owed);
  }
}
