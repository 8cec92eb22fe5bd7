import { h, messageOf } from '../widgets/dom.js';
import { ruleOfTurning, shortcutList } from '../widgets/dialog.js';
import { checkState, trimView } from './check-state.js';
import { DrawSchedule } from './draw-schedule.js';
import { shortcuts } from './keyboard.js';
import { fillFrame } from './lab-frame.js';
import { labParts } from './lab-parts.js';
import { Playback } from './playback.js';
import { RunLoop } from './run-loop.js';
import { formatState, parseState, readView, viewPairs } from './url-state.js';

/** @typedef {import('../types.js').LabState} LabState */
/** @typedef {import('../types.js').Session} Session */
/** @typedef {import('../labs/lab.js').Lab} Lab */
/** @typedef {{ session: Session, lab: Lab, loop: RunLoop }} Run */

/**
 * @typedef {object} Hooks
 * @property {() => void} onChange what a link would carry has changed
 * @property {(state: LabState) => void} onStep
 * @property {() => void} onExpand
 * @property {(text: string) => string} link a link to that state
 */

/** One open lab: a session, the parts of the page and the loop between them. */
export class LabView {
  #engine;
  #module;
  #frame;
  #hooks;
  #hide;
  #parts;
  /** @type {Run} */
  #run;
  #revision = 0;
  /** What was turned on the way. @type {import('../types.js').Turn[]} */
  #turns = [];
  /** How many of them the controls show. */
  #inForce = 0;
  /** Whether Undo leads back to a run that a change has begun anew. */
  #canGoBack = false;
  #schedule;

  /**
   * @param {{ engine: import('../types.js').Engine, entries: import('../knobs/entries.js').Entries,
   *   module: import('../labs/lab.js').LabModule,
   *   frame: ReturnType<typeof import('./lab-frame.js').labFrame>,
   *   art: import('./lab-parts.js').Art,
   *   hide: Set<string>, state: string, hooks: Hooks }} options
   */
  constructor({ engine, entries, module, frame, art, hide, state, hooks }) {
    this.#engine = engine;
    this.#module = module;
    this.#frame = frame;
    this.#hooks = hooks;
    this.#hide = hide;
    this.playback = new Playback(this, () => hooks.onChange());
    const session = engine.open(state);
    this.view = readView(parseState(state));
    this.description = session.describe();
    this.#parts = labParts(this, { frame, hide, entries, art, hooks });
    this.#schedule = new DrawSchedule(this, this.#parts);
    this.#run = this.#start(session);
    try {
      this.#check(state, session);
    } catch (problem) {
      this.#end();
      throw problem;
    }
  }

  get session() {
    return this.#run.session;
  }
  get lab() {
    return this.#run.lab;
  }
  get loop() {
    return this.#run.loop;
  }
  get recipesKnob() {
    return this.description.knobs.find(({ type }) => type === 'recipes');
  }

  /** @param {Session} session @returns {Run} */
  #start(session) {
    const lab = this.#module.create(
      {
        plot: this.#frame.plot,
        curves: this.#hide.has('curves') ? null : this.#frame.curves,
        curvesHead: this.#frame.curveHead,
        setKnob: (knob, value) => this.try(() => this.set({ knob, value })),
        seek: (step) => this.playback.seek(step),
        open: (spec) => this.#engine.open(spec),
        setPins: (pins) => this.show({ pins }),
      },
      session,
    );
    const loop = new RunLoop(session, {
      draw: () => this.draw(),
      onEnd: () => this.#hooks.onChange(),
    });
    loop.pace = this.#module.pace ?? 1;
    this.#run = { session, lab, loop };
    const { target, total } = session.state();
    if (target > 0) loop.seek(Math.min(target, total));
    this.refresh();
    if (target > total) {
      const { unit } = this.description;
      this.#parts.status.flash(`t must be at most ${total}, the last ${unit} of this run, got ${target}`, { tone: 'error' });
    }
    return this.#run;
  }

  /** Throws what is wrong with the page's part of a state. @param {string} state @param {Session} session that it opened */
  #check(state, session) {
    checkState(state, {
      description: session.describe(), lab: this.lab, hasPins: Boolean(this.#module.hasPins), engine: this.#engine,
    });
  }

  /**
   * Open another state in place of this one; throws, and changes nothing, if it is wrong.
   * @param {string} state
   */
  load(state) {
    const session = this.#engine.open(state);
    try {
      this.#check(state, session);
    } catch (problem) {
      session.close();
      throw problem;
    }
    const { suspended } = this.loop;
    const { pins } = this.view;
    this.#end();
    this.view = readView(parseState(state));
    // Those that another state does not name outlast it.
    if (this.view.pins.size === 0) this.view.pins = pins;
    this.#start(session);
    this.loop.suspend(suspended);
    this.#hooks.onChange();
  }

  #end() {
    this.#parts.task.destroy();
    this.#schedule.stop();
    this.loop.stop();
    this.lab.destroy();
    this.session.close();
  }

  destroy() {
    this.#parts.status.settle();
    this.#end();
  }

  /** Everything that the description says, after the session has taken a new value. */
  refresh() {
    this.description = this.session.describe();
    this.#turns = this.session.turns();
    this.#inForce = this.#turnedBy(this.session.state().step);
    this.#revision += 1;
    const { title, subtitle, presets } = this.description;
    trimView(this.view, this.lab, this.description);
    fillFrame(this.#frame, {
      title,
      subtitle: this.#hide.has('subtitle') ? '' : subtitle,
      hasPlot: this.lab.hasPlot?.(this.description) ?? true,
      isWide: Boolean(this.#module.isWide),
    });
    this.#parts.task.update(this.description.tasks);
    this.#parts.tools.update({ presets: presets.length > 0, expanded: this.isExpanded });
    this.refreshView();
  }

  /** @param {number} step */
  #turnedBy(step) {
    return this.#turns.filter((turn) => turn.step <= step).length;
  }

  get isExpanded() {
    return this.#frame.frame.classList.contains('is-expanded');
  }

  refreshView() {
    const { description, view } = this;
    this.#parts.chips.update(description.subjects, view);
    this.#parts.tabs.update(this.lab.tabs(description), view.tab);
    this.loop.speed = view.speed;
    this.#schedule.invalidate();
    this.loop.invalidate();
  }

  draw() {
    const state = this.session.state();
    // Past a turn, in either direction, other values are in force.
    if (this.#turnedBy(state.step) !== this.#inForce) this.refresh();
    this.#schedule.draw(state, this.#revision, this.#turns);
    this.#hooks.onStep(state);
  }

  /** Change what only the page shows. @param {Partial<import('./url-state.js').View>} change */
  show(change) {
    Object.assign(this.view, change);
    this.refreshView();
    this.#hooks.onChange();
  }

  /** All of them or none: throws what the core throws. @param {...import('../types.js').Setting} settings */
  set(...settings) {
    this.change(...settings.map(({ knob, value }) => (/** @type {Session} */ session) => session.set(knob, value)));
  }

  /** All of them or none: throws what the core throws. @param {...((session: Session) => void)} edits */
  change(...edits) {
    const before = this.getState();
    const { step } = this.session.state();
    const turnsLater = this.#turns.some((turn) => turn.step > step);
    let taken = 0;
    try {
      for (const edit of edits) {
        edit(this.session);
        taken += 1;
      }
    } catch (problem) {
      if (taken > 0) this.load(before);
      throw problem;
    }
    if (this.#module.keepsStep) {
      while (!this.session.seek(Math.min(step, this.session.state().total)));
    }
    const isAnew = step > 0 && this.session.state().step === 0;
    // The way back to a run that has gone stays while its successor is only being set up.
    if (step > 0 || !this.#canGoBack) this.#parts.status.settle();
    this.#canGoBack = isAnew || turnsLater || (this.#canGoBack && step === 0);
    this.#parts.task.end();
    this.refresh();
    if (isAnew || turnsLater) {
      const { unit } = this.description;
      const sentence = isAnew ? 'The run begins anew with this change.' : `What was turned after ${unit} ${step} is gone.`;
      this.#parts.status.flash(sentence, { undo: () => this.load(before) });
    }
    this.#hooks.onChange();
  }

  /** A new run with the values that stand in the controls, but these. @param {import('../types.js').Setting[]} settings */
  restart(settings) {
    this.session.reset();
    this.set(...settings);
  }

  /** Whether a task has the lab's place and its keys. */
  get isTasked() {
    return this.#parts.task.isOpen();
  }

  cancelTask() {
    this.#parts.task.cancel();
  }

  /** "" is success. @param {string} sentence @param {() => void} action */
  withUndo(sentence, action) {
    const before = this.getState();
    return this.try(() => {
      action();
      const undo = () => {
        const { pins } = this.view;
        this.load(before);
        this.show({ pins });
      };
      this.#parts.status.flash(sentence, { undo });
    });
  }

  /** Shows the error that no control can; "" is success. @param {() => void} action */
  try(action) {
    try {
      action();
      return '';
    } catch (problem) {
      this.#parts.status.flash(messageOf(problem), { tone: 'error' });
      return messageOf(problem);
    }
  }

  getState() {
    const pairs = parseState(this.session.spec());
    pairs.delete('lab');
    return formatState([['lab', this.#module.id], ...pairs, ...viewPairs(this.view)]);
  }

  refreshTheme() {
    this.lab.refreshTheme();
    this.#parts.task.refreshTheme();
    this.loop.invalidate();
  }

  showHelp() {
    this.#parts.help.open('Keys in a lab', shortcutList(shortcuts), h('p', { class: 'dialog-note' }, ruleOfTurning));
  }
}
