const kStill = 300; // milliseconds without another step: the run stands

/**
 * Throttles expensive reads and drawings: while the run moves, they are done at most so often, and
 * for at most a fifth of the time. The last frame is always drawn.
 */
export class Throttle {
  #least;
  #again;
  #next = 0;
  #key = '';
  #step = -1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #late;

  /**
   * @param {number} least milliseconds from one to the next
   * @param {() => void} again does what was left out
   */
  constructor(least, again) {
    this.#least = least;
    this.#again = again;
  }

  /**
   * @param {number} step where the run is
   * @param {string} key of everything else: where it is another, there is no waiting
   * @param {(isMoving: boolean) => void} work told whether it may be quick rather than fine; if so it
   *   is done once more when the run stands
   */
  do(step, key, work) {
    clearTimeout(this.#late);
    const begin = performance.now();
    const isMoving = key === this.#key && step !== this.#step;
    this.#key = key;
    this.#step = step;
    if (isMoving && begin < this.#next) {
      // The next frame does it; what is left out is of this one, and old if more are to come.
      this.#late = setTimeout(() => this.#again(), Math.max(this.#next - begin, kStill));
      return;
    }
    work(isMoving);
    const end = performance.now();
    this.#next = Math.max(begin + this.#least, end + 4 * (end - begin));
    if (isMoving) this.#late = setTimeout(() => this.#again(), kStill);
  }

  stop() {
    clearTimeout(this.#late);
  }
}
