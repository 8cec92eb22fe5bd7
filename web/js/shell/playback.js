/** What a reader does with the time of an open lab. */
export class Playback {
  #view;
  #onChange;

  /** @param {import('./lab-view.js').LabView} view @param {() => void} onChange what a link would carry has changed */
  constructor(view, onChange) {
    this.#view = view;
    this.#onChange = onChange;
  }

  toggle() {
    if (this.#view.loop.playing) this.pause();
    else this.play();
  }

  play() {
    const view = this.#view;
    if (view.isTasked) view.cancelTask();
    // Nothing is left to run: a new run then.
    if (view.session.state().status === 'done' && this.reset()) return;
    view.loop.play();
  }

  pause() {
    const { loop } = this.#view;
    if (!loop.playing) return;
    loop.pause();
    this.#onChange();
  }

  /** @param {number} n */
  step(n) {
    this.seek(this.#view.loop.goal + n);
  }

  /** @param {number} t */
  seek(t) {
    const { loop, session } = this.#view;
    loop.pause();
    loop.seek(Math.max(0, Math.min(session.state().total, Math.round(t) || 0)));
    // Nobody looks, so no frame will come: a program that asks must still get there.
    if (loop.suspended) loop.flush();
    this.#onChange();
  }

  /** A run from its first step, with the values that stand in the controls; "" is success. */
  reset() {
    const view = this.#view;
    const turns = view.session.turns();
    const begin = () => {
      view.session.reset();
      if (turns.length > 0) view.refresh();
      this.seek(0);
    };
    if (turns.length === 0) return view.try(begin);
    const gone = turns.length === 1 ? turns[0].text : `${turns.length} turns`;
    return view.withUndo(`New run with the values shown, without ${gone}.`, begin);
  }
}
