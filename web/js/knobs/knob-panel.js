import { fill, h } from '../widgets/dom.js';
import { idleKnobs, PointKeeper } from './ground.js';
import { knobList } from './knob-list.js';
import { knobsWithValues, readRecipe, replaceAt, withKnob } from './recipe-text.js';

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {import('../types.js').Mark} Mark */
/** @typedef {import('../types.js').LabDescription} LabDescription */
/** @typedef {import('./recipe-text.js').Recipes} Recipes */

const ownShown = 4;

/**
 * The lab's own knobs and, beside them, the selected runner's.
 * @param {{ recipes: Recipes, swatch: (style: import('../types.js').Style) => Node,
 *   set: (...settings: import('../types.js').Setting[]) => void, visible: number,
 *   show: { own: boolean, runner: boolean, more: boolean } }} options
 */
export function knobPanel({ recipes, swatch, set, visible, show }) {
  /** @type {LabDescription | null} */
  let description = null;
  let selected = 0;
  const points = new PointKeeper();
  const own = knobList({
    recipes,
    visible: ownShown,
    visibleInside: ownShown,
    more: show.more,
    onChange: (knob, value) => set(...points.settings(description?.knobs ?? [], { knob, value })),
  });
  const runner = knobList({
    recipes,
    visible,
    more: show.more,
    onChange: (id, value) => setRunnerKnob(id, value),
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

  /** @param {string} id @param {string} value */
  function setRunnerKnob(id, value) {
    const list = description?.knobs.find(({ type }) => type === 'recipes');
    if (!list || !description) return;
    const texts = description.subjects.map(({ recipe }) => recipe);
    const next = withKnob(recipes, list.kind, texts[selected], id, value);
    set({ knob: list.id, value: replaceAt(texts, selected, next) });
  }

  /**
   * @param {LabDescription} next
   * @param {number} index
   * @param {Mark[]} marks
   * @param {[number, number] | null} at where the start lies
   */
  function update(next, index, marks, at) {
    description = next;
    selected = index;
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
    const { recipe, entry } = readRecipe(recipes, list.kind, subject.recipe);
    fill(runnerTitle, swatch(subject.style), h('span', {}, subject.label));
    runnerBox.classList.toggle('has-no-knobs', !entry?.knobs.length);
    if (!entry) return;
    runner.update(
      `${index}:${entry.id}`,
      inOrder(knobsWithValues(entry, recipe), list.kind, visible),
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
