import { fill, h } from '../widgets/dom.js';
import { idleKnobs, PointKeeper } from './ground.js';
import { knobList } from './knob-list.js';

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {import('../types.js').Mark} Mark */
/** @typedef {import('../types.js').LabDescription} LabDescription */

const ownShown = 4;

/**
 * The lab's own knobs and, beside them, the selected runner's.
 * @param {{ entries: import('./entries.js').Entries,
 *   swatch: (style: import('../types.js').Style) => Node,
 *   knobAt: (path: string) => Knob, set: (...settings: import('../types.js').Setting[]) => void,
 *   wrap: (path: string, decorator: string) => void, visible: number,
 *   show: { own: boolean, runner: boolean, more: boolean } }} options
 */
export function knobPanel({ entries, swatch, knobAt, set, wrap, visible, show }) {
  /** @type {LabDescription | null} */
  let description = null;
  let runnerPath = '';
  const points = new PointKeeper();
  const own = knobList({
    entries,
    visible: ownShown,
    visibleInside: ownShown,
    more: show.more,
    edits: {
      set: (knob, value) => set(...points.settings(description?.knobs ?? [], { knob, value })),
      wrap,
    },
  });
  const runner = knobList({
    entries,
    visible,
    more: show.more,
    edits: {
      set: (path, value) => set({ knob: `${runnerPath}/${path}`, value }),
      wrap: (path, decorator) => wrap(`${runnerPath}/${path}`, decorator),
    },
  });
  const ownTitle = h('h4', { class: 'part-title' });
  const runnerTitle = h('h4', { class: 'part-title runner-title' });
  const ownBox = h('div', { class: 'own-knobs' }, ownTitle, own.element);
  const runnerBox = h('div', { class: 'runner-knobs' }, runnerTitle, runner.element);
  const element = h(
    'div',
    { class: 'knobs', part: 'knobs' },
    show.own ? ownBox : null,
    show.runner ? runnerBox : null,
  );

  /**
   * @param {LabDescription} next
   * @param {number} index
   * @param {Mark[]} marks
   * @param {[number, number] | null} at where the start lies
   */
  function update(next, index, marks, at) {
    description = next;
    const knobs = next.knobs.filter(({ type }) => type !== 'recipes');
    // The heading names what the knobs belong to: a recipe that leads them, else the lab.
    const idle = idleKnobs(knobs);
    const lead = knobs.find(({ id }) => !idle.has(id));
    ownTitle.textContent = lead?.type === 'recipe' ? headline(lead.kind) : 'Settings';
    own.update(
      next.id,
      knobs,
      marks.filter(({ subject }) => subject < 0),
      { at, idle },
    );

    const subject = next.subjects[index];
    const list = next.knobs.find(({ type }) => type === 'recipes');
    runnerBox.hidden = !subject || !list;
    if (!subject || !list) return;
    runnerPath = `${list.id}/${index}`;
    const { entry, knobs: runnerKnobs } = knobAt(runnerPath);
    fill(runnerTitle, swatch(subject.style), h('span', {}, subject.label));
    runnerBox.classList.toggle('has-no-knobs', runnerKnobs.length === 0);
    runner.update(
      `${index}:${entry}`,
      inOrder(runnerKnobs, list.kind, visible),
      marks.filter((mark) => mark.subject === index),
    );
  }
  return { element, update };
}

/**
 * Numbers first; what a decorator wraps among those that are shown; schedules and the like last.
 * @param {Knob[]} knobs @param {string} kind @param {number} visible
 */
function inOrder(knobs, kind, visible) {
  const wrapped = knobs.filter((knob) => knob.type === 'recipe' && knob.kind === kind);
  const others = knobs.filter((knob) => knob.type === 'recipe' && knob.kind !== kind);
  const plain = knobs.filter(({ type }) => type !== 'recipe');
  const cut = Math.max(1, visible - wrapped.length);
  return [...plain.slice(0, cut), ...wrapped, ...plain.slice(cut), ...others];
}

/** @param {string} kind */
function headline(kind) {
  return kind ? kind[0].toUpperCase() + kind.slice(1) : 'Settings';
}
