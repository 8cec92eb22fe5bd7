import { h, messageOf, uniqueId } from './dom.js';
import { labelNodes } from './number-text.js';

/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextInput */

/** Inputs whose text was changed by hand and is not yet taken over. @type {WeakSet<HTMLElement>} */
const typed = new WeakSet();

/**
 * What every control built from a knob shares: a label, a place for the control, and a message
 * that appears when the core refuses a value.
 * @param {import('../types.js').Knob} knob
 * @param {{ group?: boolean, explained?: boolean }} [options] group: several inputs under one name;
 *   explained: the help stands below, where the message of an error then takes its place
 */
export function field(knob, { group = false, explained = false } = {}) {
  const id = uniqueId('knob');
  const errorId = `${id}-error`;
  const helpId = `${id}-help`;
  const label = group
    ? h('span', { class: 'field-label', id: `${id}-label` }, labelNodes(knob))
    : h('label', { class: 'field-label', for: id, id: `${id}-label` }, labelNodes(knob));
  if (knob.help) label.title = knob.help;
  const help = explained && knob.help ? h('p', { class: 'field-help', id: helpId }, knob.help) : null;
  const error = h('p', { class: 'field-error', id: errorId, role: 'alert', hidden: true });
  const element = h('div', { class: `field field-${knob.type}`, 'data-knob': knob.id });
  if (group) {
    element.setAttribute('role', 'group');
    element.setAttribute('aria-labelledby', `${id}-label`);
  }

  /** @param {HTMLElement} input @param {string} message "" when all is well */
  function showError(input, message) {
    error.textContent = message;
    error.hidden = !message;
    if (help) help.hidden = Boolean(message);
    if (message) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    const describedBy = message ? errorId : help?.id;
    if (describedBy) input.setAttribute('aria-describedby', describedBy);
    else input.removeAttribute('aria-describedby');
  }

  /**
   * Hand a value on; the core's refusal is shown beside the input it came from.
   * @param {HTMLElement} input
   * @param {() => void} action
   */
  function attempt(input, action) {
    try {
      action();
      showError(input, '');
      return true;
    } catch (problem) {
      showError(input, messageOf(problem));
      return false;
    }
  }
  return { id, labelId: `${id}-label`, label, help, error, element, showError, attempt };
}

const kLines = 3; // of a text of several lines that are seen at once

/**
 * A text input that commits on Enter or when left, and restores on Escape. One of several lines
 * takes Shift+Enter for a new line; a single one takes a blank for each that is pasted.
 * @param {{ id?: string, label?: string, className?: string, numeric?: boolean, lines?: boolean,
 *   commit: (text: string, input: TextInput) => boolean,
 *   restore: (input: TextInput) => void,
 *   arrow?: (steps: number, input: TextInput) => void }} options
 */
export function textInput({ id, label, className = '', numeric = false, lines = false, commit, restore, arrow }) {
  /** @type {TextInput} */
  const input = h(lines ? 'textarea' : 'input', {
    id,
    type: lines ? undefined : 'text',
    rows: lines ? kLines : undefined,
    class: `text-input ${className}`,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': label,
    inputmode: numeric ? 'decimal' : undefined,
  });
  let before = '';
  const settled = () => {
    before = input.value;
    typed.delete(input);
  };
  const settle = () => {
    if (!typed.has(input)) return;
    if (input.value === before) restore(input);
    else if (!commit(input.value, input)) return;
    settled();
  };
  input.addEventListener('focus', () => {
    if (!input.hasAttribute('aria-invalid')) settled();
  });
  input.addEventListener('input', () => typed.add(input));
  input.addEventListener('change', settle);
  if (!lines) input.addEventListener('paste', pasteInOneLine);
  const keydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter') {
      if (lines && event.shiftKey) return;
      if (lines) event.preventDefault();
      settle();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      restore(input);
      settled();
      input.select();
    } else if (arrow && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      arrow((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1), input);
      settled();
    }
  };
  input.addEventListener('keydown', /** @type {EventListener} */ (keydown));
  return input;
}

/**
 * Shows a number in a field that is as long as it.
 * @param {TextInput} input @param {string} text
 */
export function showNumber(input, text) {
  if (input.value === text) return;
  input.value = text;
  input.style.setProperty('--length', String(text.length));
}

/**
 * Whether an input is being typed in, so that an update must not overwrite it.
 * @param {TextInput} input
 */
export function isEditing(input) {
  const root = /** @type {Document | ShadowRoot} */ (input.getRootNode());
  return typed.has(input) && 'activeElement' in root && root.activeElement === input;
}

/**
 * Whether an input holds what was typed and refused, or not yet handed on.
 * @param {TextInput} input
 */
export function isTyped(input) {
  return typed.has(input);
}

/**
 * An input drops the ends of lines, and the words on both sides would become one.
 * @this {HTMLElement} @param {Event} event
 */
function pasteInOneLine(event) {
  const input = /** @type {HTMLInputElement} */ (event.currentTarget);
  const pasted = /** @type {ClipboardEvent} */ (event).clipboardData?.getData('text/plain') ?? '';
  if (!/[\n\r\t]/.test(pasted)) return;
  event.preventDefault();
  input.setRangeText(inOneLine(pasted), input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Lines side by side, a blank between them. @param {string} text */
export function inOneLine(text) {
  return text.trim().replace(/[ \t]*[\n\r\t]+[ \t]*/g, ' ');
}
