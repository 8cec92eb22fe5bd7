import { fill, h, messageOf, setAttribute, setText, uniqueId } from '../widgets/dom.js';
import { icon } from '../widgets/icons.js';

/** @typedef {import('../types.js').Subject} Subject */

/**
 * @typedef {object} ChipActions
 * @property {() => void} onSelect
 * @property {() => void} onToggle show or hide its curves
 * @property {() => void} onRemove
 * @property {(recipe: string) => void} onEdit throws what the core throws
 * @property {(style: import('../types.js').Style) => Node} swatch
 */

/**
 * One runner: swatch (shows and hides), recipe (selects; F2 or a double click edits), remove.
 * @param {ChipActions} actions
 */
export function runnerChip({ onSelect, onToggle, onRemove, onEdit, swatch }) {
  let recipe = '';
  let styleKey = '';
  const errorId = uniqueId('chip-error');
  const toggle = h('button', { type: 'button', class: 'chip-swatch', onclick: onToggle });
  const name = h('span', { class: 'chip-name' });
  const args = h('span', { class: 'chip-args' });
  const select = h(
    'button',
    {
      type: 'button',
      class: 'chip-select',
      title: 'Double click or F2 to edit',
      onclick: onSelect,
      ondblclick: edit,
    },
    name,
    h('span', { class: 'chip-paren' }, '('),
    args,
    h('span', { class: 'chip-paren' }, ')'),
  );
  const remove = h(
    'button',
    { type: 'button', class: 'chip-remove', onclick: onRemove },
    icon('close'),
  );
  const input = h('input', {
    type: 'text',
    class: 'chip-input',
    'aria-label': 'Recipe',
    spellcheck: 'false',
    autocomplete: 'off',
    autocapitalize: 'off',
    hidden: true,
  });
  const error = h('p', { class: 'chip-error', id: errorId, role: 'alert', hidden: true });
  const element = h('div', { class: 'chip', role: 'group' }, toggle, select, input, remove, error);

  select.addEventListener('keydown', (event) => {
    if (event.key === 'F2') edit();
    else if (event.key === 'Delete' && !remove.hidden) onRemove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function edit() {
    onSelect();
    input.value = recipe;
    input.style.setProperty('--length', String(Math.max(12, recipe.length + 2)));
    input.hidden = false;
    select.hidden = true;
    element.classList.add('is-editing');
    input.focus();
    input.select();
  }

  /** @param {boolean} back whether the focus returns to the chip */
  function leave(back) {
    if (input.hidden) return;
    showError('');
    input.hidden = true;
    select.hidden = false;
    element.classList.remove('is-editing');
    if (back) select.focus();
  }

  /** @param {string} message */
  function showError(message) {
    error.textContent = message;
    error.hidden = !message;
    if (message) {
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', errorId);
    } else {
      input.removeAttribute('aria-invalid');
      input.removeAttribute('aria-describedby');
    }
  }

  /** @param {boolean} back */
  function commit(back) {
    if (input.value.trim() === recipe) {
      leave(back);
      return;
    }
    try {
      onEdit(input.value.trim());
      leave(back);
    } catch (problem) {
      showError(messageOf(problem));
    }
  }
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Enter') commit(true);
    if (event.key === 'Escape') leave(true);
  });
  input.addEventListener('blur', () => {
    // A refused recipe keeps its message until it is mended or given up; given up, the field is
    // hidden, and loses the focus by that.
    if (!input.hidden && !input.hasAttribute('aria-invalid')) commit(false);
  });
  input.addEventListener('input', () => {
    input.style.setProperty('--length', String(Math.max(12, input.value.length + 2)));
  });

  /** @param {Subject} subject @param {{ selected: boolean, hidden: boolean, removable: boolean }} state */
  function update(subject, { selected, hidden, removable }) {
    recipe = subject.recipe;
    const [, head, inBrackets = ''] = /^([^(]*)(?:\((.*)\))?$/s.exec(recipe) ?? ['', recipe];
    setText(name, head);
    setText(args, inBrackets);
    element.classList.toggle('has-args', inBrackets !== '');
    element.classList.toggle('is-selected', selected);
    element.classList.toggle('is-hidden', hidden);
    setAttribute(element, 'aria-label', subject.label);
    setAttribute(select, 'aria-pressed', selected);
    setAttribute(toggle, 'aria-pressed', !hidden);
    setAttribute(toggle, 'aria-label', `Show ${subject.label}`);
    toggle.title = hidden ? `Show ${subject.label}` : `Hide ${subject.label}`;
    setAttribute(remove, 'aria-label', `Remove ${subject.label}`);
    remove.title = `Remove ${subject.label}`;
    remove.hidden = !removable;
    const key = JSON.stringify(subject.style);
    if (key !== styleKey) {
      styleKey = key;
      fill(toggle, swatch(subject.style));
    }
  }
  return { element, select, update, edit };
}
