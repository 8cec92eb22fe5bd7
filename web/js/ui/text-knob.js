import { field, isTyped, textInput } from './field.js';

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
  input.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    // An input drops the ends of lines, and two rows of a table would run into one number.
    if (!/[\n\r\t]/.test(pasted.trim())) return;
    event.preventDefault();
    input.setRangeText(inOneLine(pasted), input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  parts.element.append(parts.label, input, parts.error, ...(parts.help ? [parts.help] : []));
  parts.showError(input, '');

  /** The cursor goes to the column that the message names. */
  function showColumn() {
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

/** Rows of a table, from a file or a spreadsheet, as one line. @param {string} text */
export function inOneLine(text) {
  return text
    .trim()
    .split(/[ \t]*[\n\r]+/)
    .map((row) => row.replace(/[;\s]+$/, '').replace(/\t/g, ','))
    .join('; ');
}
