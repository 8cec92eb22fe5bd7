import { h, setAttribute, setText } from '../widgets/dom.js';
import { field, isEditing, showNumber, textInput } from '../widgets/field.js';
import { fieldText, specNumber } from '../widgets/number-text.js';

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {{ onChange: (value: string) => void }} Context */

/**
 * A point: x and y, and the named choices ("auto", "random"). While a name is chosen the fields
 * show where it is, which the knob's owner knows: `update(knob, marks, { at })`; where there are no
 * x and y they give way to the reason.
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
  const row = h('div', { class: 'field-row point-row' }, boxes);
  const note = h('p', { class: 'field-help point-note', hidden: true });
  parts.element.append(
    h('div', { class: 'field-head' }, parts.label, h('span', { class: 'point-names' }, names)),
    row,
    note,
    parts.error,
  );

  function show() {
    const point = coordinates();
    inputs.forEach((input, axis) => {
      if (isEditing(input)) return;
      const isKnown = Number.isFinite(point[axis]);
      showNumber(input, isKnown ? fieldText(String(Number(point[axis].toFixed(4))), 2) : '');
    });
    names.forEach((button, k) =>
      setAttribute(button, 'aria-pressed', current.value === knob.choices[k]),
    );
  }
  /** @param {Knob} next @param {unknown} [marks] @param {import('./knob-control.js').Extra} [extra] */
  function update(next, marks, extra) {
    current = next;
    place = extra?.at ?? place;
    const reason = extra?.idle?.get(next.id) ?? '';
    row.hidden = Boolean(reason);
    note.hidden = !reason;
    setText(note, reason);
    show();
  }
  update(knob);
  return { element: parts.element, update };
}
