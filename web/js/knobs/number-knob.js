import { fill, h, setAttribute, setText } from '../widgets/dom.js';
import { field, isEditing, showNumber, textInput } from '../widgets/field.js';
import { fieldText, specNumber, tickNodes } from '../widgets/number-text.js';
import { fromUnit, stepValue, ticks, toUnit } from '../widgets/scale.js';

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {import('../types.js').Mark} Mark */

const resolution = 1000;

/** @param {HTMLElement} element @param {string} name @param {number} unit */
function setPosition(element, name, unit) {
  element.style.setProperty(name, unit.toFixed(4));
}

/** @param {Knob} knob @param {Mark[]} marks */
function scaleMarks(knob, marks) {
  const places = marks
    .filter(({ value }) => knob.usualLow <= value && value <= knob.usualHigh)
    .map((mark) => ({ mark, at: toUnit(knob, mark.value) }));
  // A number that would stand under a mark's label gives way to it.
  const clear = (/** @type {number} */ at) =>
    places.every((place) => Math.abs(place.at - at) > 0.1 + 0.03 * place.mark.label.length);
  const rule = h('div', { class: 'slider-scale', 'aria-hidden': 'true' });
  for (const tick of ticks(knob)) {
    const shown = tick.labelled && clear(tick.at);
    const node = h(
      'span',
      { class: 'slider-tick' },
      shown ? h('span', {}, tickNodes(tick.value)) : null,
    );
    setPosition(node, '--at', tick.at);
    rule.append(node);
  }
  for (const { mark, at } of places) {
    const node = h('span', { class: 'slider-mark', title: mark.help }, h('span', {}, mark.label));
    setPosition(node, '--at', at);
    rule.append(node);
  }
  return rule;
}

/**
 * A number: slider over the usual range, field over the allowed one.
 * @param {Knob} knob
 * @param {{ onChange: (value: string) => void }} context
 */
export function numberKnob(knob, { onChange }) {
  let current = knob;
  /** @type {Mark[]} */
  let currentMarks = [];
  let markKey = '';
  const parts = field(knob);
  const decimals = knob.type === 'integer' ? 0 : 3;
  const valueOf = () => Number(current.value);

  const input = textInput({
    id: parts.id,
    numeric: true,
    className: 'number-input',
    commit: (text) => parts.attempt(input, () => onChange(specNumber(text))),
    restore: () => {
      parts.showError(input, '');
      show();
    },
    arrow: (steps) => turn(stepValue(current, valueOf(), steps)),
  });
  const range = h('input', {
    type: 'range',
    class: 'slider',
    min: 0,
    max: resolution,
    step: 1,
    'aria-labelledby': parts.labelId,
  });
  let rule = scaleMarks(knob, []);
  const unit = knob.unit ? h('span', { class: 'field-unit' }, knob.unit) : null;
  parts.element.append(
    h(
      'div',
      { class: 'field-head' },
      parts.label,
      h('span', { class: 'field-value' }, input, unit),
    ),
    h('div', { class: 'slider-box' }, range),
    rule,
    parts.error,
  );

  /** @param {number} value */
  function turn(value) {
    parts.attempt(input, () => onChange(String(value)));
  }

  range.addEventListener('input', () => turn(fromUnit(current, Number(range.value) / resolution)));
  range.addEventListener('keydown', (event) => {
    const steps = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: 10,
      PageDown: -10,
    }[event.key];
    if (!steps) return;
    event.preventDefault();
    event.stopPropagation();
    turn(stepValue(current, valueOf(), steps));
  });

  function show() {
    if (!isEditing(input)) showNumber(input, fieldText(current.value, decimals));
    const at = toUnit(current, valueOf());
    range.value = String(Math.round(at * resolution));
    setPosition(range, '--at', at);
    setAttribute(
      range,
      'aria-valuetext',
      `${current.value}${current.unit ? ` ${current.unit}` : ''}`,
    );
    const limit = currentMarks.find((mark) => Number.isFinite(mark.value));
    setPosition(range, '--limit', limit ? toUnit(current, limit.value) : 1);
    range.classList.toggle('has-limit', Boolean(limit));
    range.classList.toggle('is-beyond', Boolean(limit) && valueOf() > (limit?.value ?? Infinity));
  }

  /** @param {Knob} next @param {Mark[]} [marks] */
  function update(next, marks = []) {
    current = next;
    currentMarks = marks;
    const key = JSON.stringify([marks, next.usualLow, next.usualHigh, next.scale]);
    if (key !== markKey) {
      markKey = key;
      const fresh = scaleMarks(next, marks);
      rule.replaceWith(fresh);
      rule = fresh;
    }
    if (input.getAttribute('aria-invalid') && !isEditing(input)) parts.showError(input, '');
    show();
  }
  update(knob);
  return { element: parts.element, update };
}

/**
 * A whole number that is a name rather than a quantity: a field and dice.
 * @param {Knob} knob
 * @param {{ onChange: (value: string) => void, dice: Node }} context
 */
export function seedKnob(knob, { onChange, dice }) {
  let current = knob;
  const parts = field(knob);
  const input = textInput({
    id: parts.id,
    numeric: true,
    className: 'seed-input',
    commit: (text) => parts.attempt(input, () => onChange(specNumber(text))),
    restore: () => {
      parts.showError(input, '');
      showNumber(input, current.value);
    },
    arrow: (steps) => parts.attempt(input, () => onChange(String(Number(current.value) + steps))),
  });
  const roll = h(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': `New ${knob.label.toLowerCase()}`,
      title: `New ${knob.label.toLowerCase()}`,
      onclick: () => {
        const span = Math.min(knob.high, 999) - Math.max(knob.low, 1);
        const drawn = Math.max(knob.low, 1) + Math.floor(Math.random() * (span + 1));
        parts.attempt(input, () => onChange(String(drawn)));
      },
    },
    dice,
  );
  fill(parts.element, parts.label, h('div', { class: 'field-row' }, input, roll), parts.error);

  /** @param {Knob} next */
  function update(next) {
    current = next;
    if (!isEditing(input)) showNumber(input, next.value);
    setText(parts.label, next.label);
  }
  update(knob);
  return { element: parts.element, update };
}
