import { h } from '../widgets/dom.js';
import { field } from '../widgets/field.js';
import { icon } from '../widgets/icons.js';

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {{ onChange: (value: string) => void }} Context */

/**
 * A styled native select.
 * @param {Record<string, unknown>} attributes
 */
export function selectBox(attributes) {
  const select = h('select', { class: 'select', ...attributes });
  return { select, box: h('span', { class: 'select-box' }, select, icon('chevron')) };
}

const segmentedLetters = 12;

/** @param {Knob} knob @param {Context} context */
export function choiceKnob(knob, context) {
  // Long words side by side would not fit a knob's column.
  const fits = knob.choices.length <= 3 && knob.choices.join('').length <= segmentedLetters;
  return fits ? segmented(knob, context) : dropDown(knob, context);
}

/** @param {Knob} knob @param {Context} context */
function dropDown(knob, { onChange }) {
  const parts = field(knob);
  const { select, box } = selectBox({ id: parts.id });
  for (const choice of knob.choices) select.append(h('option', { value: choice }, choice));
  select.addEventListener('change', () => parts.attempt(select, () => onChange(select.value)));
  parts.element.append(parts.label, box, parts.error);
  const update = (/** @type {Knob} */ next) => {
    select.value = next.value;
  };
  update(knob);
  return { element: parts.element, update };
}

/** @param {Knob} knob @param {Context} context */
function segmented(knob, { onChange }) {
  const parts = field(knob, { group: true });
  const inputs = knob.choices.map((choice) => {
    const input = h('input', {
      type: 'radio',
      name: parts.id,
      value: choice,
      class: 'segment-input',
    });
    input.addEventListener('change', () => parts.attempt(input, () => onChange(choice)));
    return input;
  });
  parts.element.append(
    parts.label,
    h(
      'div',
      { class: 'segments' },
      inputs.map((input) => h('label', { class: 'segment' }, input, h('span', {}, input.value))),
    ),
    parts.error,
  );
  const update = (/** @type {Knob} */ next) => {
    for (const input of inputs) input.checked = input.value === next.value;
  };
  update(knob);
  return { element: parts.element, update };
}

/** @param {Knob} knob @param {Context} context */
export function flagKnob(knob, { onChange }) {
  const parts = field(knob);
  const input = h('input', { id: parts.id, type: 'checkbox', role: 'switch', class: 'switch' });
  input.addEventListener('change', () => {
    parts.attempt(input, () => onChange(input.checked ? 'on' : 'off'));
  });
  parts.element.append(h('div', { class: 'field-row' }, input, parts.label), parts.error);
  const update = (/** @type {Knob} */ next) => {
    input.checked = next.value === 'on';
  };
  update(knob);
  return { element: parts.element, update };
}
