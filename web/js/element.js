/**
 * <descent-lab lab="race" landscape="…" runners="…" seed="7" hide="export">fallback</descent-lab>
 *
 * Attributes, properties, the URL's hash and the core's spec share their keys. Nothing loads until
 * the element is near the viewport, and nothing runs until someone says so.
 */
import css from '../css/element.css';
import { loadEngine } from './engine/engine.js';
import { loadLab, makeTaskChart } from './shell/load-lab.js';
import { markerSvg, swatchSvg } from './panels/marks.js';
import { countRecipes, hiddenParts, isSpecAttribute, stateOfAttributes } from './shell/attributes.js';
import { messageOf } from './widgets/dom.js';
import { handleKey, isControls } from './shell/keyboard.js';
import { errorBox, labFrame } from './shell/lab-frame.js';
import { LabMethods } from './shell/lab-methods.js';
import { LabView } from './shell/lab-view.js';
import { defineKnobs } from './shell/knob-properties.js';
import { Presence } from './shell/presence.js';
import { entriesOf } from './knobs/entries.js';
import { styleSheet } from './widgets/style-sheet.js';
import {
  formatState,
  keyOfAttribute,
  linkTo,
  parseState,
  specOf,
  stateVersion,
} from './shell/url-state.js';

const stepPause = 100; // milliseconds between two `step` events

export class DescentLab extends LabMethods {
  #root = this.attachShadow({ mode: 'open' });
  /** @type {LabView | null} */
  #view = null;
  #frame = labFrame(new Set(), 0);
  /** A state that waits for the lab to open. @type {string | null} */
  #state = null;
  /** @type {((view: LabView) => void)[]} */
  #waiting = [];
  /** What tells the latest opening from those that it overtook. @type {object | null} */
  #opening = null;
  #steppedAt = 0;
  #hasFailed = false;
  #attributes = new MutationObserver((records) => this.#changed(records));
  #presence = new Presence(this, {
    onNear: () => this.#open(),
    onSight: () => this.#sighted(),
    onColours: () => this.#view?.refreshTheme(),
  });

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [styleSheet(css)];
    this.addEventListener('keydown', (event) => this.#key(event));
  }

  connectedCallback() {
    if (!this.#view) this.#reserve();
    this.#attributes.observe(this, { attributes: true, attributeOldValue: true });
    this.#presence.connect();
  }

  disconnectedCallback() {
    this.#attributes.disconnect();
    this.#presence.disconnect();
    // A node that is only moved comes back at once, and keeps its run.
    setTimeout(() => {
      if (!this.isConnected) this.#close();
    });
  }

  #sighted() {
    const { isVisible, isSeen } = this.#presence;
    this.#view?.loop.suspend(!isSeen);
    if (isVisible && !this.#hasFailed) this.#open();
  }

  /** Room for what will come, with the fallback in the plot's place. */
  #reserve() {
    try {
      this.#frame = labFrame(hiddenParts(this), countRecipes(this.getAttribute('runners') ?? ''));
      this.#root.replaceChildren(this.#frame.frame);
    } catch (problem) {
      this.#fail(problem);
    }
  }

  /**
   * Opens the lab, or another one or another frame in its place: what is refused leaves what is
   * there.
   */
  async #open({ isAgain = false } = {}) {
    if (!isAgain && (this.#view || this.#opening)) return;
    const opening = (this.#opening = {});
    try {
      const hide = hiddenParts(this);
      const state = this.#state ?? stateOfAttributes(this);
      const lab = parseState(state).get('lab') ?? '';
      const engine = await loadEngine(lab);
      const module = await loadLab(lab);
      if (!this.isConnected || this.#opening !== opening) return;
      const frame = labFrame(hide, 0);
      frame.plot.replaceChildren();
      // Before a plot measures its room.
      this.#adopt(module.style ?? '');
      const view = new LabView({
        engine,
        entries: entriesOf(engine.catalogue()),
        module,
        frame,
        hide,
        state,
        art: { swatch: swatchSvg, marker: markerSvg, makeTaskChart },
        hooks: {
          onChange: () => this.#emit('statechange', this.getState()),
          onStep: (labState) => this.#stepped(labState),
          onExpand: () => this.#expand(!this.#isExpanded),
          link: (text) => linkTo(text, this.id),
        },
      });
      this.#view?.destroy();
      this.#view = view;
      this.#frame = frame;
      this.#root.replaceChildren(frame.frame);
      this.style.minHeight = '';
      view.draw();
      this.#state = null;
      defineKnobs(this, () => this.#view?.description.knobs ?? []);
      this.#sighted();
      this.#emit('ready', this.getState());
      for (const action of this.#waiting.splice(0)) action(view);
    } catch (problem) {
      if (this.#opening !== opening) return;
      if (this.#view) this.#refuse(problem);
      else this.#fail(problem);
    } finally {
      if (this.#opening === opening) this.#opening = null;
    }
  }

  /** @param {string} style of what a lab alone draws */
  #adopt(style) {
    const sheets = new Set([...this.#root.adoptedStyleSheets, styleSheet(style)]);
    this.#root.adoptedStyleSheets = [...sheets];
  }

  #close() {
    this.#opening = null;
    this.#hasFailed = false;
    if (!this.#view) return;
    this.#state = this.#view.getState();
    this.#view.destroy();
    this.#view = null;
  }

  /** The lab stays as it is. @param {unknown} problem */
  #refuse(problem) {
    this.#state = null;
    this.#try(() => {
      throw problem;
    });
  }

  /** @param {unknown} problem */
  #fail(problem) {
    this.#hasFailed = true;
    this.style.minHeight = '0'; // nothing will fill the room that a page reserves
    const lab = this.getAttribute('lab');
    const onDefaults = lab ? () => this.setState(formatState([['lab', lab]])) : null;
    this.#root.replaceChildren(errorBox(messageOf(problem), onDefaults));
    this.#report(messageOf(problem));
  }

  /** @param {string} message */
  #report(message) {
    this.dispatchEvent(new CustomEvent('error', { detail: { message } }));
  }

  /** What may be refused shows its message in the lab. @param {(view: LabView) => void} action */
  #try(action) {
    const view = this.#view;
    const message = view?.try(() => action(view));
    if (message) this.#report(message);
  }

  /** @param {string} name @param {unknown} detail */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  /** @param {import('./types.js').LabState} state */
  #stepped({ step, known, total, status }) {
    const now = performance.now();
    if (now - this.#steppedAt < stepPause && step < total) return;
    this.#steppedAt = now;
    this.#emit('step', { step, known, total, status });
  }

  /** @param {MutationRecord[]} records */
  #changed(records) {
    const names = new Set(records.map(({ attributeName }) => attributeName ?? ''));
    if (names.has('theme')) this.#view?.refreshTheme();
    const keys = [...names].filter(isSpecAttribute);
    const isOther = ['lab', 'hide', 'controls'].some((name) => names.has(name));
    if (isOther || (!this.#view && keys.length > 0)) {
      const state = names.has('lab') ? null : this.#view?.getState() ?? null;
      if (!this.#view) {
        this.#close();
        this.#reserve();
      }
      this.#state = state;
      if (this.#view || this.#presence.isVisible) this.#open({ isAgain: true });
      return;
    }
    for (const name of keys) {
      const value = this.getAttribute(name);
      const key = keyOfAttribute(name);
      if (value === null || !this.#view) continue;
      if (key.startsWith('view.') || key === 't') {
        this.setState(formatState(parseState(this.#view.getState()).set(key, value)));
      } else {
        this.#try((view) => view.set({ knob: key, value }));
      }
    }
  }

  get #isExpanded() {
    return this.#frame.frame.classList.contains('is-expanded');
  }

  /** @param {boolean} on */
  #expand(on) {
    const { frame } = this.#frame;
    // The page beneath keeps the lab's place, so that leaving scrolls nothing.
    this.style.minHeight = on ? `${this.offsetHeight}px` : '';
    frame.classList.toggle('is-expanded', on);
    this.#view?.refresh();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const leaves = event.key === 'Escape' && this.#isExpanded && !event.defaultPrevented;
    if (this.#view && handleKey(event, this.#view)) {
      event.preventDefault();
    } else if (leaves) {
      this.#expand(false);
      event.preventDefault();
    }
    // What was used here means nothing else to the page around.
    if (event.defaultPrevented || isControls(event)) event.stopPropagation();
  }

  /** @override @param {(view: LabView) => void} action */
  whenOpen(action) {
    if (this.#view) {
      action(this.#view);
      return;
    }
    this.#waiting.push(action);
    this.#open();
  }

  getState() {
    return {
      version: stateVersion,
      spec: this.#view?.getState() ?? this.#state ?? stateOfAttributes(this),
    };
  }

  /** @param {string | { version?: number, spec: string }} state */
  setState(state) {
    const spec = specOf(state);
    const lab = parseState(spec).get('lab');
    if (this.#view && (lab === undefined || lab === parseState(this.#view.getState()).get('lab'))) {
      this.#try((view) => view.load(spec));
      return;
    }
    this.#hasFailed = false;
    this.#state = spec;
    if (this.#view || this.#opening || this.#presence.isVisible) this.#open({ isAgain: true });
  }
}

if (!customElements.get('descent-lab')) customElements.define('descent-lab', DescentLab);
