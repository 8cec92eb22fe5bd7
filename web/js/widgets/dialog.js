import { fill, h, uniqueId } from './dom.js';
import { icon } from './icons.js';

/**
 * A modal dialog with a title and a close button; `open` takes its content.
 * @param {string} className
 */
export function dialog(className) {
  const id = uniqueId('dialog');
  const title = h('h4', { class: 'dialog-title', id });
  const body = h('div', {
    class: 'dialog-body',
    tabindex: 0,
    role: 'group',
    'aria-labelledby': id,
  });
  const element = h(
    'dialog',
    { class: `dialog ${className}`, 'aria-labelledby': id },
    h(
      'div',
      { class: 'dialog-head' },
      title,
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Close',
          onclick: () => element.close(),
        },
        icon('close'),
      ),
    ),
    body,
  );
  // A click on the backdrop lands on the dialog itself.
  element.addEventListener('click', (event) => {
    if (event.target === element) element.close();
  });
  element.addEventListener('keydown', (event) => event.stopPropagation());

  /** @param {string} heading @param {...(Node | Node[])} content */
  function open(heading, ...content) {
    title.textContent = heading;
    fill(body, ...content);
    if (!element.open) element.showModal();
  }
  return { element, open };
}

/** What a turned knob does, in every lab. */
export const ruleOfTurning =
  'A run has the values that its controls show. A knob turned on the way acts from that step on, and a tick ' +
  'under the time line says what was turned; going back shows and replays what was in force. A change with ' +
  'which a run cannot go on begins it anew, and so do Reset and, at its end, Play: with the values shown.';

/**
 * The keys, as a list for the dialog.
 * @param {[string, string][]} shortcuts
 */
export function shortcutList(shortcuts) {
  return h(
    'dl',
    { class: 'shortcuts' },
    shortcuts.flatMap(([keys, what]) => [
      h(
        'dt',
        {},
        keys.split(' ').map((key) => h('kbd', {}, key)),
      ),
      h('dd', {}, what),
    ]),
  );
}
