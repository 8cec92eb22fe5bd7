import { fill, h, setText } from '../widgets/dom.js';
import { field } from '../widgets/field.js';
import { selectBox } from './choice-knob.js';
import { byFamily } from './entries.js';

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {import('../types.js').Mark} Mark */

/**
 * One recipe: a select of the catalogue's entries of its kind, then that entry's own knobs. The
 * knob's choices are words that stand for no entry, such as "none".
 * @param {Knob} knob
 * @param {import('./knob-control.js').Context} context
 */
export function recipeKnob(knob, context) {
  const { edits, onChange, list: knobList } = context;
  let current = knob;
  const parts = field(knob);
  const { select, box } = selectBox({ id: parts.id });
  const inner = h('div', { class: 'field-inner' });
  parts.element.append(parts.label, box, parts.error);

  const entries = byFamily(context.entries(knob.kind));
  for (const choice of knob.choices) select.append(h('option', { value: choice }, capitalised(choice)));
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();
  for (const entry of entries) {
    const option = h('option', { value: entry.id }, entry.title);
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
    parts.attempt(select, () => choose(select.value));
  });

  /** What can go around the recipe that is there keeps it. @param {string} id */
  function choose(id) {
    const first = entries.find((candidate) => candidate.id === id)?.knobs[0];
    const wraps = first?.type === 'recipe' && first.kind === current.kind;
    if (wraps && current.entry) edits.wrap(knob.id, id);
    else onChange(id);
  }

  const list = knobList({
    ...context,
    visible: context.visibleInside ?? 3,
    edits: {
      set: (path, value) => edits.set(`${knob.id}/${path}`, value),
      wrap: (path, decorator) => edits.wrap(`${knob.id}/${path}`, decorator),
    },
  });
  const note = h('p', { class: 'field-help', role: 'status' });
  fill(inner, list.element, note);

  /** @param {Knob} next @param {Mark[]} [marks] @param {import('./knob-control.js').Extra} [extra] */
  function update(next, marks = [], extra = undefined) {
    current = next;
    const isIdle = Boolean(extra?.idle?.has(next.id));
    const entry = entries.find(({ id }) => id === next.entry);
    parts.element.hidden = isIdle;
    inner.hidden = isIdle || !entry || entry.knobs.length === 0;
    note.hidden = !next.note;
    setText(note, next.note);
    select.value = entry?.id ?? next.value;
    box.title = entry?.sentence ?? next.help;
    if (entry) list.update(entry.id, next.knobs, marks);
  }
  update(knob);
  return { element: parts.element, inner, update };
}

/** @param {string} word */
function capitalised(word) {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
