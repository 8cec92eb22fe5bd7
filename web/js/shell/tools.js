import { h } from '../widgets/dom.js';
import { icon } from '../widgets/icons.js';
import { menuButton } from '../widgets/menu.js';

/**
 * The tools at the right of the title: bare icons with names.
 * @param {{
 *   hide: Set<string>,
 *   presets: () => import('../types.js').Preset[],
 *   onPreset: (preset: import('../types.js').Preset) => void,
 *   onLink: () => void,
 *   onTable: () => void,
 *   onExpand: () => void,
 *   onHelp: () => void,
 *   exports: () => { label: string, help: string, pick: () => void }[],
 * }} options
 */
export function tools({ hide, presets, onPreset, onLink, onTable, onExpand, onHelp, exports }) {
  /** @param {string} name @param {string} label @param {() => void} action */
  const button = (name, label, action) =>
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-label': label,
        title: label,
        onclick: action,
      },
      icon(name),
    );
  const presetMenu = menuButton({
    label: 'Presets',
    className: 'tool-text',
    content: ['Presets', icon('chevron')],
    items: () =>
      presets().map((preset) => ({
        label: preset.title,
        detail: preset.sentence,
        help: preset.sentence,
        pick: () => onPreset(preset),
      })),
  });
  presetMenu.element.classList.add('preset-menu');
  const exportMenu = menuButton({
    label: 'Export',
    content: [icon('download')],
    items: exports,
  });
  const expand = button('expand', 'Fill the window', onExpand);
  const element = h(
    'div',
    { class: 'tools', part: 'tools' },
    hide.has('presets') ? null : presetMenu.element,
    hide.has('table') ? null : button('table', 'Table of the numbers', onTable),
    hide.has('link') ? null : button('link', 'Copy a link to this lab as it stands', onLink),
    hide.has('export') ? null : exportMenu.element,
    hide.has('expand') ? null : expand,
    hide.has('help')
      ? null
      : h(
          'button',
          {
            type: 'button',
            class: 'icon-button help-button',
            'aria-label': 'Keyboard shortcuts',
            title: 'Keyboard shortcuts (?)',
            onclick: onHelp,
          },
          '?',
        ),
  );

  /** @param {{ presets: boolean, expanded: boolean }} state */
  function update({ presets: any, expanded }) {
    presetMenu.element.hidden = !any;
    const label = expanded ? 'Back to the page' : 'Fill the window';
    expand.setAttribute('aria-label', label);
    expand.title = label;
    expand.replaceChildren(icon(expanded ? 'collapse' : 'expand'));
  }
  return { element, update };
}
