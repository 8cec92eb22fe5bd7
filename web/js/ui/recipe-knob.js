import { fill, h } from './dom.js';
import { field } from './field.js';
import { selectBox } from './choice-knob.js';
import { knobList } from './knob-list.js';
import { knobsWithValues, readRecipe, withKnob } from './recipe-text.js';

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {import('../types.js').Mark} Mark */

/**
 * One recipe: a select of the catalogue's entries of its kind, then that entry's own knobs.
 * @param {Knob} knob
 * @param {import('./knob-control.js').Context} context
 */
export function recipeKnob(knob, context) {
  const { recipes, onChange } = context;
  let current = knob;
  const parts = field(knob);
  const { select, box } = selectBox({ id: parts.id });
  const inner = h('div', { class: 'field-inner' });
  parts.element.append(parts.label, box, parts.error);

  const entries = recipes.entries(knob.kind);
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();
  for (const entry of entries) {
    const option = h('option', { value: entry.id }, entry.id);
    option.title = entry.sentence;
    if (!entry.family) {
      select.append(option);
      continue;
    }
    const group = groups.get(entry.family) ?? h('optgroup', { label: entry.family });
    if (!groups.has(entry.family)) select.append(group);
    groups.set(entry.family, group);
    group.append(option);
  }
  select.addEventListener('change', () => {
    parts.attempt(select, () => onChange(wrapped(select.value)));
  });

  /** A decorator chosen around what is there keeps it. @param {string} id */
  function wrapped(id) {
    const entry = entries.find((candidate) => candidate.id === id);
    return entry?.decorates ? `${id}(${current.value})` : id;
  }

  const list = knobList({
    ...context,
    visible: 3,
    onChange: (id, value) => onChange(withKnob(recipes, current.kind, current.value, id, value)),
  });
  fill(inner, list.element);

  /** @param {Knob} next @param {Mark[]} [marks] */
  function update(next, marks = []) {
    current = next;
    const { recipe, entry } = readRecipe(recipes, next.kind, next.value);
    if (!entry) return;
    select.value = entry.id;
    box.title = entry.sentence;
    list.update(entry.id, knobsWithValues(entry, recipe), marks);
    inner.hidden = entry.knobs.length === 0;
  }
  update(knob);
  return { element: parts.element, inner, update };
}
