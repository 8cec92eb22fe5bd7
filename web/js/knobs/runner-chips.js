import { fill, h } from '../widgets/dom.js';
import { icon } from '../widgets/icons.js';
import { menuButton } from '../widgets/menu.js';
import { byFamily } from './entries.js';
import { runnerChip } from './runner-chip.js';

/** @typedef {import('../types.js').Subject} Subject */
/** @typedef {import('../types.js').Entry} Entry */

/**
 * The list of runners with "Add".
 * @param {{
 *   label: string,
 *   entries: Entry[],
 *   most?: number,
 *   swatch: (style: import('../types.js').Style) => Node,
 *   onSelect: (index: number) => void,
 *   onToggle: (index: number) => void,
 *   onRemove: (index: number) => void,
 *   onEdit: (index: number, recipe: string) => void,
 *   onAdd: (recipe: string) => void,
 *   onWrap: (index: number, decorator: string) => void,
 *   after?: Node,
 * }} options
 */
export function runnerChips(options) {
  const { label, entries, most = 0, swatch, after, onSelect, onToggle, onRemove, onEdit, onAdd, onWrap } = options;
  /** @type {ReturnType<typeof runnerChip>[]} */
  let chips = [];
  let selectedIndex = 0;

  const add = menuButton({
    label: 'Add a runner',
    className: 'add-button',
    content: [icon('plus'), 'Add'],
    isLong: true,
    items: () => byFamily(entries).map((entry) => (entry.decorates ? wrapItem(entry) : addItem(entry))),
  });

  /** @param {Entry} entry */
  function itemOf({ title, id, sentence, style }) {
    return { label: title, detail: id, help: sentence, swatch: swatch(style) };
  }

  /** @param {Entry} entry */
  function addItem(entry) {
    const isFull = most > 0 && chips.length >= most;
    const help = isFull ? `There are ${most} already, the most there may be.` : entry.sentence;
    return {
      ...itemOf(entry),
      help,
      group: entry.family,
      disabled: isFull,
      pick: () => onAdd(entry.id),
    };
  }

  /** @param {Entry} entry */
  function wrapItem(entry) {
    return {
      ...itemOf(entry),
      group: 'Wrap the selected runner in',
      disabled: chips.length === 0,
      pick: () => onWrap(selectedIndex, entry.id),
    };
  }

  // What adds stays together when the line is full.
  const end = h('span', { class: 'chips-end' }, add.element, after);
  const element = h('div', {
    class: 'chips',
    role: 'toolbar',
    'aria-label': label,
    part: 'runners',
  });

  element.addEventListener('keydown', (event) => {
    const at = chips.findIndex(({ select }) => select === event.target);
    if (at < 0) return;
    const last = chips.length - 1;
    const to = {
      ArrowRight: Math.min(last, at + 1),
      ArrowLeft: Math.max(0, at - 1),
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(to);
    chips[to]?.select.focus();
  });

  /**
   * @param {Subject[]} subjects
   * @param {{ selected: number, hidden: Set<number> }} view
   */
  function update(subjects, { selected, hidden }) {
    selectedIndex = selected;
    if (subjects.length !== chips.length) {
      const kept = chips.slice(0, subjects.length);
      while (kept.length < subjects.length) {
        const index = kept.length;
        kept.push(
          runnerChip({
            swatch,
            onSelect: () => onSelect(index),
            onToggle: () => onToggle(index),
            onRemove: () => onRemove(index),
            onEdit: (recipe) => onEdit(index, recipe),
          }),
        );
      }
      chips = kept;
      fill(
        element,
        chips.map((chip) => chip.element),
        end,
      );
    }
    chips.forEach((chip, k) =>
      chip.update(subjects[k], {
        selected: k === selected,
        hidden: hidden.has(k),
        removable: subjects.length > 1,
      }),
    );
  }

  return {
    element,
    update,
    /** After a removal the focus must not be lost. @param {number} index */
    focus: (index) => chips[Math.min(index, chips.length - 1)]?.select.focus(),
  };
}
