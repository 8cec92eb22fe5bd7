import { dataTable } from '../widgets/data-table.js';
import { fill, h, setText, uniqueId } from '../widgets/dom.js';
import { plainNumber, shortNumber } from '../widgets/number-text.js';
import { bestText, whereLost } from './task-result.js';

/** @typedef {import('./task-result.js').Found} Found */
/** @typedef {import('./task-result.js').Line} Line */

/**
 * Stands in the plots' place while a task runs, and until it is decided what becomes of its result.
 * @param {{ marker: (style: import('../types.js').Style) => Node, onCancel: () => void,
 *   onAccept: () => void, onKeep: () => void }} options
 */
export function taskPanel({ marker, onCancel, onAccept, onKeep }) {
  const id = uniqueId('task');
  const title = h('h4', { class: 'part-title', id });
  const help = h('p', { class: 'task-help' });
  const chart = h('div', { class: 'task-chart' });
  const body = h('tbody');
  const heads = [0, 1, 2, 3].map((k) => h('th', { scope: 'col', class: k ? 'number' : undefined }));
  const table = h(
    'table',
    { class: 'readings', 'aria-labelledby': id },
    h('thead', {}, h('tr', {}, heads)),
    body,
  );
  const said = h('p', { class: 'task-said' });
  const fold = h('details', { class: 'task-fold' });
  const scroller = h('div', { class: 'task-table' }, table);
  const bar = h('progress', { class: 'task-bar', max: 1, value: 0, 'aria-label': 'Done' });
  const count = h('span', { class: 'task-count' });
  const button = (/** @type {string} */ text, /** @type {() => void} */ action, kind = 'text') =>
    h('button', { type: 'button', class: `${kind}-button`, onclick: action }, text);
  const cancel = button('Cancel', onCancel);
  const accept = button('Use these and race', onAccept, 'line');
  const keep = button('Keep mine', onKeep);
  let isFresh = true;
  const live = h('span', { class: 'visually-hidden', role: 'status' });
  const element = h(
    'div',
    { class: 'task', part: 'task', role: 'group', 'aria-labelledby': id, tabindex: -1, hidden: true },
    h('div', { class: 'task-head' }, title, help),
    said,
    h('div', { class: 'task-body' }, chart, scroller),
    h('div', { class: 'task-foot' }, bar, count, cancel, accept, keep),
    live,
  );
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    (cancel.hidden ? onKeep : onCancel)();
  });

  /** Only what scrolls should be a stop of the Tab key. */
  function watchScroll() {
    if (scroller.scrollWidth > scroller.clientWidth) {
      scroller.tabIndex = 0;
      scroller.setAttribute('role', 'group');
      scroller.setAttribute('aria-labelledby', id);
    } else {
      for (const name of ['tabindex', 'role', 'aria-labelledby']) scroller.removeAttribute(name);
    }
  }

  fold.addEventListener('toggle', watchScroll);
  new ResizeObserver(watchScroll).observe(scroller);

  const holdsFocus = () => {
    const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    return element.contains(root.activeElement);
  };

  return {
    element,
    chart,
    holdsFocus,
    /**
     * @param {import('../types.js').TaskDescription} task
     * @param {'lines' | 'picture' | 'table'} kind of its result
     */
    open(task, kind) {
      title.textContent = task.title;
      help.textContent = task.help;
      live.textContent = said.textContent = '';
      fold.open = false;
      fill(scroller, kind === 'lines' ? [table] : kind === 'picture' ? [fold] : []);
      element.classList.toggle('is-table', kind === 'table');
      element.classList.toggle('is-picture', kind === 'picture');
      isFresh = true;
      element.hidden = false;
      for (const node of [bar, count, cancel]) node.hidden = false;
      for (const node of [accept, keep]) node.hidden = true;
      element.focus({ preventScroll: true });
    },
    close() {
      element.hidden = true;
    },
    /** @param {import('../types.js').TaskState} state @param {Found} found */
    update({ done, total }, { name, yLabel, status, word, lines }) {
      bar.max = total;
      bar.value = done;
      setText(count, `${done} of ${total}`);
      const texts = [name, 'Lowest at', yLabel, word ? `× ${word}` : status];
      texts.forEach((text, k) => setText(heads[k], text));
      // A task whose every run ends in a number has nothing to say there.
      heads[3].hidden = !texts[3];
      fill(
        body,
        lines.map((line) => rowOf(line, word, heads[3].hidden)),
      );
      if (isFresh) watchScroll();
      isFresh = false;
    },
    /**
     * A result that is not lines, as its table; beside a picture the sentence of the table stands
     * above it, and the numbers are folded away.
     * @param {import('../types.js').TaskState} state @param {import('../types.js').Table} summary
     * @param {import('../types.js').Subject[]} subjects
     */
    show({ done, total }, summary, subjects) {
      bar.max = total;
      bar.value = done;
      setText(count, `${done} of ${total}`);
      const isPicture = element.classList.contains('is-picture');
      setText(said, isPicture ? summary.title : '');
      if (isPicture) fill(fold, [h('summary', {}, 'In numbers'), dataTable({ ...summary, title: title.textContent ?? '' }, { subjects, marker })]);
      else fill(scroller, [dataTable(summary, { subjects, marker })]);
    },
    /** @param {Found | null} found @param {boolean} offers whether there is something to use */
    finish(found, offers) {
      const wasIn = holdsFocus();
      watchScroll();
      for (const node of [bar, count, cancel]) node.hidden = true;
      keep.hidden = false;
      accept.hidden = !offers;
      keep.textContent = offers ? 'Keep mine' : 'Close';
      const chosen = (found?.lines ?? [])
        .map((line) => ({ label: line.label, text: bestText(line, shortNumber) }))
        .filter(({ text }) => text)
        .map(({ label, text }) => `${label} ${text}`);
      const lowest = found ? ` Lowest: ${chosen.join(', ')}.` : '';
      live.textContent = `${title.textContent} is done.${lowest}`;
      if (wasIn) (offers ? accept : keep).focus({ preventScroll: true });
    },
  };

  /** @param {Line} line @param {string} word @param {boolean} isShort */
  function rowOf(line, word, isShort) {
    const cell = (/** @type {string} */ text, help = '') =>
      h('td', { class: 'number', title: help || undefined }, text || '–');
    const best = bestText(line, shortNumber);
    const least = line.y[line.best];
    const lost = whereLost(line, shortNumber);
    const help = /[≤≥]/.test(best) ? 'The end of what was tried: a lower one may lie beyond.' : '';
    return h(
      'tr',
      {},
      h(
        'th',
        { scope: 'row' },
        h('span', { class: 'row-head' }, h('span', { class: 'row-marker' }, marker(line.style)), line.label),
      ),
      cell(best, help),
      cell(least === undefined ? '' : plainNumber(least)),
      isShort
        ? null
        : h('td', { class: 'number task-lost', title: lost && word ? `${word} ${lost}` : undefined }, lost || '–'),
    );
  }
}
