import { fill, h } from './dom.js';
import { icon } from './icons.js';

/**
 * @typedef {object} MenuItem
 * @property {string} label
 * @property {string} [detail] a second voice, after the label
 * @property {string} [help]
 * @property {string} [group] items with the same group stand together under its name
 * @property {boolean} [checked] makes it a check item; with `radio`, one of a set
 * @property {boolean} [radio]
 * @property {boolean} [disabled]
 * @property {Node | null} [swatch]
 * @property {() => void} pick
 */

const margin = 8;
// Browsers before 2024 lack popovers: the menu then closes by key or choice only.
const hasPopover = 'popover' in HTMLElement.prototype;

/** Put a popover under its button, inside the window. @param {HTMLElement} list @param {HTMLElement} button */
function place(list, button) {
  const anchor = button.getBoundingClientRect();
  const width = list.offsetWidth;
  const height = list.offsetHeight;
  const left = Math.max(margin, Math.min(anchor.left, window.innerWidth - width - margin));
  const below = anchor.bottom + 4;
  const fits = below + height <= window.innerHeight - margin;
  const top = fits ? below : Math.max(margin, anchor.top - height - 4);
  list.style.left = `${left}px`;
  list.style.top = `${top}px`;
}

/** @param {MenuItem} item @param {(item: MenuItem) => void} choose */
function itemNode(item, choose) {
  const isChoice = item.checked !== undefined;
  let role = 'menuitem';
  if (isChoice) role = item.radio ? 'menuitemradio' : 'menuitemcheckbox';
  return h(
    'button',
    {
      type: 'button',
      role,
      class: 'menu-item',
      tabindex: -1,
      title: item.help,
      'aria-checked': isChoice ? String(item.checked) : undefined,
      'aria-disabled': item.disabled ? 'true' : undefined,
      onclick: () => {
        if (!item.disabled) choose(item);
      },
    },
    isChoice ? h('span', { class: 'menu-check' }, item.checked ? icon('check') : null) : null,
    item.swatch ?? null,
    h('span', { class: 'menu-label' }, item.label),
    item.detail ? h('span', { class: 'menu-detail' }, item.detail) : null,
  );
}

/**
 * A button that opens a menu in the top layer.
 * @param {{ label: string, content: (Node | string)[], className?: string, part?: string,
 *   items: () => MenuItem[] }} options
 */
export function menuButton({ label, content, className = 'icon-button', part, items }) {
  const list = h('div', { role: 'menu', class: 'menu', popover: 'auto', 'aria-label': label });
  const button = h(
    'button',
    {
      type: 'button',
      class: className,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': content.some((node) => typeof node === 'string') ? undefined : label,
      title: label,
      part,
    },
    content,
  );

  const isOpen = () =>
    hasPopover ? list.matches(':popover-open') : list.classList.contains('is-open');
  const nodes = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll('.menu-item')]);

  /** @param {MenuItem} item */
  function choose(item) {
    close();
    button.focus();
    item.pick();
  }

  function open() {
    /** @type {Map<string, MenuItem[]>} */
    const groups = new Map();
    for (const item of items()) {
      const name = item.group ?? '';
      groups.set(name, [...(groups.get(name) ?? []), item]);
    }
    fill(
      list,
      [...groups].map(([name, members]) =>
        h(
          'div',
          {
            role: 'group',
            class: 'menu-group',
            'aria-label': name || undefined,
          },
          name ? h('span', { class: 'menu-heading', 'aria-hidden': 'true' }, name) : null,
          members.map((item) => itemNode(item, choose)),
        ),
      ),
    );
    if (hasPopover) list.showPopover();
    else list.classList.add('is-open');
    place(list, button);
    nodes()[0]?.focus({ preventScroll: true });
  }

  function close() {
    if (!hasPopover) list.classList.remove('is-open');
    else if (isOpen()) list.hidePopover();
  }

  let wasOpen = false;
  // Light dismiss closes on pointerdown, before the click that would open it again.
  button.addEventListener('pointerdown', () => {
    wasOpen = isOpen();
  });
  button.addEventListener('click', () => {
    if (wasOpen) close();
    else open();
    wasOpen = false;
  });
  list.addEventListener('toggle', (event) => {
    button.setAttribute(
      'aria-expanded',
      String(/** @type {ToggleEvent} */ (event).newState === 'open'),
    );
  });
  list.addEventListener('keydown', (event) => {
    const all = nodes();
    const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
    const target = next(event.key, all, at);
    if (event.key === 'Tab') close();
    if (event.key === 'Escape') {
      close();
      button.focus();
    }
    event.stopPropagation();
    if (!target) return;
    event.preventDefault();
    target.focus();
  });
  return { element: h('span', { class: 'menu-anchor' }, button, list), button, close };
}

/**
 * The item that a key leads to: arrows, ends, or a first letter.
 * @param {string} key
 * @param {HTMLElement[]} all
 * @param {number} at
 */
function next(key, all, at) {
  if (key === 'ArrowDown') return all[(at + 1) % all.length];
  if (key === 'ArrowUp') return all[(at - 1 + all.length) % all.length];
  if (key === 'Home') return all[0];
  if (key === 'End') return all[all.length - 1];
  if (key.length !== 1 || key === ' ') return undefined;
  const order = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  return order.find((node) =>
    node.querySelector('.menu-label')?.textContent?.toLowerCase().startsWith(key.toLowerCase()),
  );
}
