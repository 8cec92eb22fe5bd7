import { field, isTyped, textInput } from '../widgets/field.js';

/** @typedef {import('../types.js').Knob} Knob */

/**
 * A text, such as a formula. What the core refuses stays as it was typed, with the message below.
 * @param {Knob} knob
 * @param {{ onChange: (value: string) => void }} context
 */
export function textKnob(knob, { onChange }) {
  let current = knob;
  const parts = field(knob, { explained: true });
  const input = textInput({
    id: parts.id,
    className: 'code-input',
    lines: knob.lines,
    commit: (text) => {
      const taken = parts.attempt(input, () => onChange(text));
      if (!taken) showColumn();
      return taken;
    },
    restore: () => {
      parts.showError(input, '');
      input.value = current.value;
    },
  });
  input.setAttribute('autocapitalize', 'off');
  parts.element.append(parts.label, input, parts.error, ...(parts.help ? [parts.help] : []));
  parts.showError(input, '');

  /** The cursor goes to the column that the message names; of several lines it names a cell. */
  function showColumn() {
    if (knob.lines) return;
    const column = Number(/column (\d+)/.exec(parts.error.textContent ?? '')?.[1]);
    if (column > 0 && isFocused()) input.setSelectionRange(column - 1, column);
  }

  function isFocused() {
    const root = /** @type {Document | ShadowRoot} */ (input.getRootNode());
    return 'activeElement' in root && root.activeElement === input;
  }

  /** @param {Knob} next */
  function update(next) {
    const isKept = isTyped(input) && next.value === current.value;
    current = next;
    if (isKept || input.value === next.value) return;
    parts.showError(input, '');
    input.value = next.value;
  }
  input.value = knob.value;
  return { element: parts.element, update };
}
