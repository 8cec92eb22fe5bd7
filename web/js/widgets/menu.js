import { fill, h, setText } from './dom.js';
import { icon } from './icons.js';
import { neighbour, typeAhead } from './menu-keys.js';

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
const gap = 4;
const enough = 0.6; // of the window: with less, a long menu covers its button
// Browsers before 2024 lack popovers: the menu then closes by key or choice only.
const hasPopover = 'popover' in HTMLElement.prototype;

/** Put a popover at its button, inside the window. @param {HTMLElement} list @param {HTMLElement} button */
function place(list, button) {
  list.style.maxHeight = '';
  const anchor = button.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  // A host’s zoom reaches the top layer, too.
  const zoom = width / list.offsetWidth;
  const below = window.innerHeight - margin - anchor.bottom - gap;
  const above = anchor.top - gap - margin;
  const left = Math.max(margin, Math.min(anchor.left, window.innerWidth - width - margin));
  const isBelow = height <= below || below >= above;
  let room = isBelow ? below : above;
  let top = isBelow ? anchor.bottom + gap : anchor.top - gap - Math.min(height, room);
  if (height > room && room < enough * window.innerHeight) {
    room = window.innerHeight - 2 * margin;
    top = Math.max(margin, Math.min(anchor.bottom + gap, window.innerHeight - margin - height));
  }
  list.style.maxHeight = `${room / zoom}px`;
  list.style.left = `${left / zoom}px`;
  list.style.top = `${top / zoom}px`;
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
 *   isLong?: boolean, items: () => MenuItem[] }} options isLong: in columns where there is room, and
 *   with the help of one item below
 */
export function menuButton({ label, content, className = 'icon-button', part, isLong = false, items }) {
  const list = h('div', { role: 'menu', class: 'menu', popover: 'auto', 'aria-label': label });
  const groupBox = h('div', { class: 'menu-groups', role: 'none' });
  const help = h('p', { class: 'menu-help', 'aria-hidden': 'true' });
  list.classList.toggle('is-long', isLong);
  list.append(h('div', { class: 'menu-scroll', role: 'none' }, groupBox), ...(isLong ? [help] : []));
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
      groupBox,
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
    typing.reset();
    nodes()[0]?.focus({ preventScroll: true });
  }

  function close() {
    if (!hasPopover) list.classList.remove('is-open');
    else if (isOpen()) list.hidePopover();
  }

  const typing = typeAhead();
  if (isLong) {
    for (const name of ['focusin', 'pointerover']) {
      list.addEventListener(name, ({ target }) => {
        const item = target instanceof Element ? target.closest('.menu-item') : null;
        if (item) setText(help, item.getAttribute('title') ?? '');
      });
    }
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
    const isTyped = typing.takes(event);
    const target = isTyped ? typing.find(event.key, all, at) : neighbour(event.key, all, at);
    if (event.key === 'Tab') close();
    if (event.key === 'Escape') {
      close();
      button.focus();
    }
    event.stopPropagation();
    if (isTyped || target) event.preventDefault();
    target?.focus();
  });
  return { element: h('span', { class: 'menu-anchor' }, button, list), button, close };
}
