import { fill, h, setAttribute, uniqueId } from './dom.js';

/**
 * Tabs over one panel whose content the caller changes.
 * @param {{ label: string, panel: HTMLElement, onSelect: (id: string) => void }} options
 */
export function tabs({ label, panel, onSelect }) {
  const list = h('div', { role: 'tablist', class: 'tabs', 'aria-label': label });
  const panelId = uniqueId('panel');
  panel.id = panelId;
  panel.setAttribute('role', 'tabpanel');
  let key = '';
  /** @type {{ id: string, button: HTMLButtonElement }[]} */
  let all = [];

  list.addEventListener('keydown', (event) => {
    const at = all.findIndex(({ button }) => button === event.target);
    const last = all.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(all[to].id);
    all[to].button.focus();
  });

  /**
   * @param {{ id: string, label: string }[]} items
   * @param {string} wanted the first is shown where there is no such tab
   */
  function update(items, wanted) {
    const selected = items.some(({ id }) => id === wanted) ? wanted : items[0]?.id;
    const next = JSON.stringify(items);
    if (next !== key) {
      key = next;
      all = items.map((item) => ({
        id: item.id,
        button: h(
          'button',
          {
            type: 'button',
            role: 'tab',
            class: 'tab',
            id: uniqueId('tab'),
            'aria-controls': panelId,
            onclick: () => onSelect(item.id),
          },
          item.label,
        ),
      }));
      fill(
        list,
        all.map(({ button }) => button),
      );
    }
    for (const { id, button } of all) {
      setAttribute(button, 'aria-selected', id === selected);
      button.tabIndex = id === selected ? 0 : -1;
      if (id === selected) setAttribute(panel, 'aria-labelledby', button.id);
    }
  }
  return { element: list, update };
}
