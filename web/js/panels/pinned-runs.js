import { fill, h } from '../widgets/dom.js';
import { icon } from '../widgets/icons.js';
import { readPin } from './pin.js';

/** @typedef {import('../types.js').Session} Session */
/** @typedef {{ label: string, curves: Map<string, { x: Float64Array, y: Float64Array }> }} Run */
/** @typedef {Run & { name: string }} Pin name: a letter */
/** By name, the runner and the spec that give the curves again, "0:lab=…". @typedef {Map<string, string>} Pins */

const pause = 8; // milliseconds between two slices of computing

/** Runs outlast the lab that pinned them: a preset opens another. @type {WeakMap<HTMLElement, Map<string, Run>>} */
const kept = new WeakMap();

/** A, B, … Z, AA, AB, … @param {number} n from 0 on @returns {string} */
const letters = (n) =>
  (n >= 26 ? letters(Math.floor(n / 26) - 1) : '') + String.fromCharCode(65 + (n % 26));

/** Curves that are kept to be compared with later ones; from a link, they are computed again. */
export class PinnedRuns {
  #list = h('ul', { class: 'pins', 'aria-label': 'Pinned runs' });
  #button;
  #runs;
  #open;
  #runOf;
  #onChange;
  #onRun;
  /** @type {Pins} */
  #pins = new Map();
  /** The run that is being computed. @type {{ session: Session, spec: string } | null} */
  #work = null;

  /**
   * @param {HTMLElement} curves whose pins these are; they are listed below it
   * @param {HTMLElement} head where the button stands, before the last tool
   * @param {{ session: Session, shown: () => number[], open: (spec: string) => Session,
   *   runOf: (session: Session, runner: number) => Run, onChange: (pins: Pins) => void,
   *   onRun: () => void }} options
   */
  constructor(curves, head, { session, shown, open, runOf, onChange, onRun }) {
    this.#runs = kept.get(curves) ?? new Map();
    kept.set(curves, this.#runs);
    this.#open = open;
    this.#runOf = runOf;
    this.#onChange = onChange;
    this.#onRun = onRun;
    this.#button = h(
      'button',
      {
        type: 'button',
        class: 'text-button pin-button',
        title: 'Keep these curves, to compare later runs with them',
        onclick: () => this.#add(session, shown()),
      },
      icon('plus'),
      'Pin',
    );
    head.insertBefore(this.#button, head.lastElementChild);
    curves.after(this.#list);
    this.#write();
  }

  /** Those whose curves are there. @returns {Pin[]} */
  get pins() {
    return [...this.#pins].flatMap(([name, text]) => {
      const run = this.#runs.get(text);
      return run ? [{ name, ...run }] : [];
    });
  }

  /** @param {Pins} pins */
  update(pins) {
    if (pins === this.#pins) return;
    this.#pins = pins;
    this.#write();
    this.#compute();
  }

  /** @param {Session} session @param {number[]} runners */
  #add(session, runners) {
    const pins = new Map(this.#pins);
    const names = [...pins.keys()];
    let next = names.length;
    while (names.includes(letters(next))) next += 1;
    for (const k of runners) {
      const text = `${k}:${session.spec()}`;
      this.#runs.set(text, this.#runOf(session, k));
      pins.set(letters(next), text);
      next += 1;
    }
    this.#change(pins);
  }

  /** @param {string} name */
  #remove(name) {
    const at = [...this.#pins.keys()].indexOf(name);
    this.#change(new Map([...this.#pins].filter(([other]) => other !== name)));
    const buttons = this.#list.querySelectorAll('button');
    (buttons[Math.min(at, buttons.length - 1)] ?? this.#button).focus();
  }

  /** @param {Pins} pins */
  #change(pins) {
    this.update(pins);
    this.#onChange(pins);
  }

  /** What a link pinned, a run after the other. */
  #compute() {
    const missing = [...this.#pins.values()].find((text) => !this.#runs.has(text));
    if (missing === undefined || this.#work) return;
    const { spec } = readPin(missing);
    this.#work = { session: this.#open(spec), spec };
    this.#slice();
  }

  #slice() {
    if (!this.#work) return;
    const { session, spec } = this.#work;
    if (!session.seek(session.state().target)) {
      setTimeout(() => this.#slice(), pause);
      return;
    }
    for (const text of this.#pins.values()) {
      const pin = readPin(text);
      if (pin.spec === spec) this.#runs.set(text, this.#runOf(session, pin.runner));
    }
    this.#stop();
    this.#write();
    this.#onRun();
    this.#compute();
  }

  #stop() {
    this.#work?.session.close();
    this.#work = null;
  }

  #write() {
    this.#list.hidden = this.#pins.size === 0;
    fill(
      this.#list,
      [...this.#pins].map(([name, text]) => {
        const label = this.#runs.get(text)?.label ?? 'is being computed …';
        return h(
          'li',
          { class: 'pin', title: label },
          h('b', {}, name),
          h('span', { class: 'pin-label' }, label),
          h(
            'button',
            { type: 'button', class: 'pin-remove', 'aria-label': `Remove pinned run ${name}`, onclick: () => this.#remove(name) },
            icon('close'),
          ),
        );
      }),
    );
  }

  destroy() {
    this.#stop();
    this.#button.remove();
    this.#list.remove();
  }
}
