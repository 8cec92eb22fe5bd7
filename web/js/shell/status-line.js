import { fill, h, setAttribute } from '../widgets/dom.js';
import { icon } from '../widgets/icons.js';

/** @typedef {{ tone: 'quiet' | 'warn' | 'good' | 'error', text: string }} Status */

const toneIcon = { quiet: 'info', warn: 'warning', good: 'check', error: 'warning' };
const undoSeconds = 12;

/**
 * One sentence with numbers; for a while, a passing message takes its place, perhaps with an offer
 * to undo. What has diverged gives way to nothing: the message stands beside it.
 */
export function statusLine() {
  const text = h('span', { class: 'status-text' });
  const aside = h('span', { class: 'status-aside' });
  const mark = h('span', { class: 'status-icon' });
  const undo = h(
    'button',
    { type: 'button', class: 'text-button', hidden: true },
    icon('undo'),
    'Undo',
  );
  const live = h('span', { class: 'status-live', role: 'status', 'aria-live': 'polite' }, text, aside);
  const element = h('div', { class: 'status', part: 'status' }, mark, live, undo);
  let shown = '';
  /** @type {(() => void) | null} */
  let undoAction = null;
  /** @type {Status} */
  let lasting = { tone: 'quiet', text: '' };
  /** @type {Status | null} */
  let passing = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {boolean} isSpoken whether a screen reader is to hear of it */
  function show(isSpoken) {
    const isBeside = passing !== null && lasting.tone === 'warn';
    const { tone, text: sentence } = (isBeside ? null : passing) ?? lasting;
    const other = isBeside ? passing?.text ?? '' : '';
    const key = [tone, sentence, other].join();
    if (key === shown) return;
    shown = key;
    element.dataset.tone = tone;
    element.classList.toggle('is-empty', !sentence);
    fill(mark, sentence ? icon(toneIcon[tone]) : null);
    setAttribute(live, 'aria-live', isSpoken ? 'polite' : 'off');
    text.textContent = sentence;
    aside.textContent = other && ` · ${other}`;
  }

  function settle() {
    clearTimeout(timer);
    timer = undefined;
    undoAction = null;
    undo.hidden = true;
    passing = null;
    show(false);
  }
  undo.addEventListener('click', () => {
    const action = undoAction;
    settle();
    action?.();
  });

  return {
    element,
    /** What stands there until something else is true. @param {Status} status @param {boolean} isSpoken */
    update(status, isSpoken) {
      lasting = status;
      show(isSpoken);
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
      passing = { tone, text: sentence };
      show(true);
      timer = setTimeout(settle, (action ? undoSeconds : 4) * 1000);
    },
    settle,
  };
}
