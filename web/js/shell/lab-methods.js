/** @typedef {import('./lab-view.js').LabView} LabView */

/** @param {string} method @param {unknown} value */
function checkWhole(method, value) {
  if (Number.isInteger(value)) return;
  throw new Error(`${method} takes a whole number of steps, got ${JSON.stringify(value) ?? value}`);
}

/** What a page may ask of a lab; asked too early, it is done as soon as the lab is open. */
export class LabMethods extends HTMLElement {
  /** @param {(view: LabView) => void} action now, or when there is a view */
  whenOpen(action) {
    throw new Error(`whenOpen is not implemented: ${action}`);
  }

  play() {
    this.whenOpen((view) => view.playback.play());
  }

  pause() {
    this.whenOpen((view) => view.playback.pause());
  }

  /** A new run, with the values that stand in the controls. */
  reset() {
    this.whenOpen((view) => view.playback.reset());
  }

  /** @param {number} [n] backwards where it is negative */
  step(n = 1) {
    checkWhole('step', n);
    this.whenOpen((view) => view.playback.step(n));
  }

  /** @param {number} t held within 0 and the length of the run */
  seek(t) {
    checkWhole('seek', t);
    this.whenOpen((view) => view.playback.seek(t));
  }
}
