import { fill, h } from './dom.js';
import { icon } from './icons.js';

/** @typedef {{ tone: 'quiet' | 'warn' | 'good' | 'error', text: string }} Status */

const toneIcon = { quiet: 'info', warn: 'warning', good: 'check', error: 'warning' };
const undoSeconds = 12;

/** One sentence with numbers; for a while, an offer to undo takes its place. */
export function statusLine() {
  const text = h('span', { class: 'status-text' });
  const mark = h('span', { class: 'status-icon' });
  const undo = h(
    'button',
    { type: 'button', class: 'text-button', hidden: true },
    icon('undo'),
    'Undo',
  );
  const live = h('span', { class: 'status-live', role: 'status' }, text);
  const element = h('div', { class: 'status', part: 'status' }, mark, live, undo);
  let shown = '';
  /** @type {(() => void) | null} */
  let undoAction = null;
  /** @type {Status} */
  let lasting = { tone: 'quiet', text: '' };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {Status} status */
  function show({ tone, text: sentence }) {
    const key = tone + sentence;
    if (key === shown) return;
    shown = key;
    element.dataset.tone = tone;
    element.classList.toggle('is-empty', !sentence);
    fill(mark, sentence ? icon(toneIcon[tone]) : null);
    text.textContent = sentence;
  }

  function settle() {
    clearTimeout(timer);
    timer = undefined;
    undoAction = null;
    undo.hidden = true;
    show(lasting);
  }
  undo.addEventListener('click', () => {
    const action = undoAction;
    settle();
    action?.();
  });

  return {
    element,
    /** What stands there until something else is true. @param {Status} status */
    update(status) {
      lasting = status;
      if (timer === undefined) show(status);
    },
    /**
     * A passing message, perhaps with a way back.
     * @param {string} sentence
     * @param {{ tone?: Status['tone'], undo?: () => void }} [options]
     */
    flash(sentence, { tone = 'quiet', undo: action } = {}) {
      clearTimeout(timer);
      undoAction = action ?? null;
      undo.hidden = !action;
      show({ tone, text: sentence });
      timer = setTimeout(settle, (action ? undoSeconds : 4) * 1000);
    },
    settle,
  };
}
