import { h, setAttribute } from './dom.js';
import { field, isEditing, textInput } from './field.js';
import { fieldText, specNumber } from './number-text.js';
import { icon } from './icons.js';

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

/** @param {Knob} knob @param {Context} context */
export function textKnob(knob, { onChange }) {
  let current = knob;
  const parts = field(knob);
  const input = textInput({
    id: parts.id,
    className: 'code-input',
    commit: (text) => parts.attempt(input, () => onChange(text)),
    restore: () => {
      parts.showError(input, '');
      input.value = current.value;
    },
  });
  parts.element.append(parts.label, input, parts.error);
  const update = (/** @type {Knob} */ next) => {
    current = next;
    if (!isEditing(input)) input.value = next.value;
  };
  update(knob);
  return { element: parts.element, update };
}

/**
 * A point: x and y, and the named choices ("auto", "random"). While a name is chosen the fields
 * show where it is, which the knob's owner knows: `update(knob, marks, { at })`.
 * @param {Knob} knob
 * @param {Context} context
 */
export function pointKnob(knob, { onChange }) {
  let current = knob;
  /** @type {[number, number] | null} */
  let place = null;
  const parts = field(knob, { group: true });

  const coordinates = () => {
    if (!current.choices.includes(current.value)) return current.value.split(',').map(Number);
    return place ?? [NaN, NaN];
  };
  /** @param {number} axis */
  const axisInput = (axis) => {
    const name = axis === 0 ? 'x' : 'y';
    /** @param {number} value */
    const send = (value) => {
      const point = coordinates().map((c) => (Number.isFinite(c) ? c : 0));
      point[axis] = value;
      return parts.attempt(input, () => onChange(point.map(String).join(',')));
    };
    const input = textInput({
      label: `${knob.label} ${name}`,
      numeric: true,
      className: 'point-input',
      commit: (text) => send(Number(specNumber(text) || 'nothing')),
      restore: () => {
        parts.showError(input, '');
        show();
      },
      arrow: (steps) => send(Number(((coordinates()[axis] || 0) + steps * 0.1).toFixed(6))),
    });
    return input;
  };
  const inputs = [axisInput(0), axisInput(1)];
  const boxes = inputs.map((input, axis) =>
    h(
      'span',
      { class: 'point-box' },
      h('i', { class: 'symbol', 'aria-hidden': 'true' }, axis === 0 ? 'x' : 'y'),
      input,
    ),
  );
  const names = knob.choices.map((choice) =>
    h(
      'button',
      {
        type: 'button',
        class: 'text-button',
        'aria-pressed': 'false',
        onclick: () => parts.attempt(inputs[0], () => onChange(choice)),
      },
      choice,
    ),
  );
  parts.element.append(
    h('div', { class: 'field-head' }, parts.label, h('span', { class: 'point-names' }, names)),
    h('div', { class: 'field-row point-row' }, boxes),
    parts.error,
  );

  function show() {
    const point = coordinates();
    inputs.forEach((input, axis) => {
      if (isEditing(input)) return;
      input.value = Number.isFinite(point[axis])
        ? fieldText(String(Number(point[axis].toFixed(4))), 2)
        : '';
    });
    names.forEach((button, k) =>
      setAttribute(button, 'aria-pressed', current.value === knob.choices[k]),
    );
  }
  /** @param {Knob} next @param {unknown} [marks] @param {{ at?: [number, number] | null }} [more] */
  function update(next, marks, more) {
    current = next;
    place = more?.at ?? place;
    show();
  }
  update(knob);
  return { element: parts.element, update };
}
