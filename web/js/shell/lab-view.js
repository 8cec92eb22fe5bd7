import { h, messageOf } from '../widgets/dom.js';
import { ruleOfTurning, shortcutList } from '../widgets/dialog.js';
import { shortcuts } from './keyboard.js';
import { labParts } from './lab-parts.js';
import { Throttle } from '../plots/throttle.js';
import { speeds } from './player.js';
import { RunLoop } from './run-loop.js';
import { reached, statusOf } from './status-text.js';
import { checkView, formatState, parseState, readPin, readView, viewPairs } from './url-state.js';

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

const idsOf = (/** @type {{ id: string }[]} */ items) => items.map(({ id }) => id);

/** Milliseconds from one update of these to the next while a lab runs; the player waits at full speed only. */
const pauses = { player: 100, readings: 120, status: 500, spoken: 5000 };

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
  #player = new Throttle(pauses.player, () => this.loop.invalidate());
  #readings = new Throttle(pauses.readings, () => this.loop.invalidate());
  #status = new Throttle(pauses.status, () => this.loop.invalidate());
  #spoken = new Throttle(pauses.spoken, () => this.loop.invalidate());
  /** What was turned on the way. @type {import('../types.js').Turn[]} */
  #turns = [];
  /** How many of them the controls show. */
  #inForce = 0;
  /** Whether Undo leads back to a run that a change has begun anew. */
  #canGoBack = false;
  /** Of the view: what it shows is updated at once. */
  #turn = 0;
  #knobKey = '';

  /**
   * @param {{ engine: import('../types.js').Engine, recipes: import('../knobs/recipe-text.js').Recipes,
   *   module: import('../labs/lab.js').LabModule,
   *   frame: ReturnType<typeof import('./lab-frame.js').labFrame>,
   *   art: import('./lab-parts.js').Art,
   *   hide: Set<string>, state: string, hooks: Hooks }} options
   */
  constructor({ engine, recipes, module, frame, art, hide, state, hooks }) {
    this.#engine = engine;
    this.#module = module;
    this.#frame = frame;
    this.#hooks = hooks;
    this.#hide = hide;
    const session = engine.open(state);
    this.view = readView(parseState(state));
    this.description = session.describe();
    this.#parts = labParts(this, { frame, hide, recipes, art, hooks });
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
        seek: (step) => this.seek(step),
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
    const description = session.describe();
    checkView(parseState(state), {
      tabs: idsOf(this.lab.tabs(description)),
      axes: idsOf(this.lab.axes(description)),
      speeds: idsOf(speeds),
      subjects: description.subjects.length,
      hasPins: Boolean(this.#module.hasPins),
    });
    for (const [name, text] of readView(parseState(state)).pins) {
      const { runner, spec } = readPin(text);
      const pinned = this.#engine.open(spec);
      const { id, subjects } = pinned.describe();
      pinned.close();
      if (id !== description.id || !subjects[runner]) {
        throw new Error(`view.pin.${name} must be the number of a runner, a colon and a spec of lab=${description.id}, got ${text.slice(0, 60)}`);
      }
    }
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
    for (const pace of [this.#player, this.#readings, this.#status, this.#spoken]) pace.stop();
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
    const { subjects, title, subtitle, presets } = this.description;
    const { view, lab } = this;
    // Only what is there is shown, and stands in the link.
    view.selected = Math.min(view.selected, Math.max(0, subjects.length - 1));
    view.hidden = new Set([...view.hidden].filter((k) => k < subjects.length));
    if (!idsOf(lab.tabs(this.description)).includes(view.tab)) view.tab = '';
    if (!idsOf(lab.axes(this.description)).includes(view.x)) view.x = 'step';
    this.#frame.title.textContent = title;
    this.#frame.title.hidden = false;
    this.#frame.subtitle.textContent = this.#hide.has('subtitle') ? '' : subtitle;
    const hasPlot = this.lab.hasPlot?.(this.description) ?? true;
    this.#frame.lab.classList.toggle('no-plot', !hasPlot);
    this.#frame.lab.classList.toggle('is-wide', Boolean(this.#module.isWide));
    this.#frame.plot.hidden = !hasPlot;
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
    this.#knobKey = '';
    this.#turn += 1;
    this.loop.invalidate();
  }

  draw() {
    const state = this.session.state();
    // Past a turn, in either direction, other values are in force.
    if (this.#turnedBy(state.step) !== this.#inForce) this.refresh();
    const { description, view, loop } = this;
    this.lab.update({ state, description, view, revision: this.#revision });
    const disabled = this.#parts.task.isOpen();
    // Only while it runs does anything wait: not where it stands, or is moved by hand.
    const turn = [this.#revision, this.#turn, loop.playing || state.step].join();
    const updatePlayer = () => this.#parts.player.update({
      unit: description.unit,
      step: state.step,
      total: state.total,
      turns: this.#turns,
      playing: loop.playing,
      speed: view.speed,
      disabled,
    });
    if (view.speed === 'max') this.#player.do(state.step, `${turn},${disabled}`, updatePlayer);
    else updatePlayer();
    const key = JSON.stringify([state.marks, this.#revision]);
    if (key !== this.#knobKey) {
      this.#knobKey = key;
      this.#parts.knobs.update(description, view.selected, state.marks, this.lab.startPoint());
    }
    this.#readings.do(state.step, turn, () =>
      this.#parts.readings.update(this.session.readings(), description.subjects, view.hidden));
    // What begins and what ends is said at once.
    const phase = [turn, state.step === 0, ...state.subjects.map(({ status }) => status)].join();
    let isSpoken = false;
    this.#spoken.do(state.step, phase, () => {
      isSpoken = true;
    });
    const turned = loop.playing ? [] : this.#turns.filter(({ step }) => step === state.step);
    this.#status.do(state.step, `${phase},${isSpoken}`, () =>
      this.#parts.status.update(statusOf(state, description, view, reached(this, state.step), turned), isSpoken));
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
    const before = this.getState();
    const { step } = this.session.state();
    const turnsLater = this.#turns.some((turn) => turn.step > step);
    let taken = 0;
    try {
      for (const { knob, value } of settings) {
        this.session.set(knob, value);
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

  toggle() {
    if (this.loop.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.isTasked) this.cancelTask();
    // Nothing is left to run: a new run then.
    if (this.session.state().status === 'done' && this.#begin()) return;
    this.loop.play();
  }

  pause() {
    if (!this.loop.playing) return;
    this.loop.pause();
    this.#hooks.onChange();
  }

  /** @param {number} n */
  step(n) {
    this.seek(this.loop.goal + n);
  }

  /** @param {number} t */
  seek(t) {
    const { total } = this.session.state();
    this.loop.pause();
    this.loop.seek(Math.max(0, Math.min(total, Math.round(t) || 0)));
    // Nobody looks, so no frame will come: a program that asks must still get there.
    if (this.loop.suspended) this.loop.flush();
    this.#hooks.onChange();
  }

  reset() {
    this.#begin();
  }

  /** A run from its first step, with the values that stand in the controls; "" is success. */
  #begin() {
    const turns = this.#turns;
    const begin = () => {
      this.session.reset();
      if (turns.length > 0) this.refresh();
      this.seek(0);
    };
    if (turns.length === 0) return this.try(begin);
    const gone = turns.length === 1 ? turns[0].text : `${turns.length} turns`;
    return this.withUndo(`New run with the values shown, without ${gone}.`, begin);
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
