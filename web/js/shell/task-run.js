import { fill, h } from '../widgets/dom.js';
import { taskPanel } from './task-panel.js';
import { readResult } from './task-result.js';

/** @typedef {import('../types.js').TaskState} TaskState */
/** @typedef {import('./task-result.js').Found} Found */
/** @typedef {import('../labs/lab.js').TaskView} TaskView */

/**
 * What draws a result.
 * @typedef {object} Chart
 * @property {(found: Found) => void} update
 * @property {() => void} refreshTheme
 * @property {() => void} destroy
 */

const budget = 8; // milliseconds of computing in a frame

/**
 * The lab's tasks: a button for each, and what happens from its press until the result is used or
 * let go.
 * @param {import('./lab-view.js').LabView} view
 * @param {{ marker: (style: import('../types.js').Style) => Node,
 *   makeChart: (container: HTMLElement) => Promise<Chart>, lab: HTMLElement,
 *   say: (sentence: string) => void, focusPlay: () => void }} options
 */
export function taskRun(view, { marker, makeChart, lab, say, focusPlay }) {
  const buttons = h('span', { class: 'task-buttons' });
  const panel = taskPanel({
    marker,
    onCancel: () => leave(`${title} was cancelled.`),
    onKeep: () => leave(''),
    onAccept: accept,
  });
  let title = '';
  let key = '';
  /** @type {TaskState | null} */
  let state = null;
  /** @type {Chart | null} */
  let chart = null;
  /** How the lab itself shows this task's result. @type {TaskView | null} */
  let own = null;
  /** @type {import('../labs/lab.js').TaskPicture | null} */
  let picture = null;
  let opened = 0;
  /** @type {HTMLElement | null} */
  let pressed = null;

  const isOpen = () => !panel.element.hidden;

  /** @param {import('../types.js').TaskDescription} task @param {HTMLElement} button */
  async function start(task, button) {
    if (isOpen() && state && state.done >= state.total) close();
    if (isOpen()) return;
    if (view.try(() => view.session.startTask(task.id))) return;
    view.playback.pause();
    title = task.title;
    pressed = button;
    state = null;
    opened += 1;
    const opening = opened;
    lab.classList.add('has-task');
    own = view.lab.taskView?.(task.id) ?? null;
    const kind = own?.makeChart ? 'picture' : 'table';
    panel.open(task, own ? kind : 'lines');
    panel.element.scrollIntoView({ block: 'nearest' });
    view.loop.work(work);
    view.loop.invalidate();
    if (own) {
      picture = own.makeChart?.(panel.chart) ?? null;
      return;
    }
    const made = await makeChart(panel.chart);
    if (opening === opened && isOpen()) {
      chart = made;
      draw();
    } else {
      made.destroy();
    }
  }

  /** One frame of it. @returns {boolean} whether there is more to do */
  function work() {
    const begin = performance.now();
    do state = view.session.advanceTask(1);
    while (state && state.done < state.total && performance.now() - begin < budget);
    const found = draw();
    if (!state) return false;
    if (state.done < state.total) return true;
    panel.finish(found, state.settings.length > 0);
    return false;
  }

  function draw() {
    if (!state) return null;
    const { subjects } = view.description;
    if (own) {
      panel.show(state, state.result, subjects);
      picture?.update({ channels: state.channels, read: (channel) => view.session.readTask(channel) }, subjects);
      return null;
    }
    const found = readResult(state.result, subjects);
    panel.update(state, found);
    chart?.update(found);
    return found;
  }

  function close() {
    opened += 1;
    view.loop.work(null);
    view.session.cancelTask();
    chart?.destroy();
    picture?.destroy();
    chart = picture = own = null;
    panel.close();
    lab.classList.remove('has-task');
    view.loop.invalidate();
  }

  /** @param {string} sentence */
  function leave(sentence) {
    const wasIn = panel.holdsFocus();
    close();
    if (wasIn) pressed?.focus({ preventScroll: true });
    if (sentence) say(sentence);
  }

  function accept() {
    const settings = state?.settings ?? [];
    close();
    view.withUndo(`${title}: what it found is in use.`, () => view.restart(settings));
    // The player has to be enabled before it can take the focus.
    view.loop.flush();
    view.loop.play();
    focusPlay();
  }

  /** @param {import('../types.js').TaskDescription[]} tasks */
  function update(tasks) {
    const next = JSON.stringify(tasks);
    if (next === key) return;
    key = next;
    buttons.hidden = tasks.length === 0;
    fill(
      buttons,
      tasks.map((task) => {
        const button = h('button', { type: 'button', class: 'add-button', title: task.help }, task.title);
        button.addEventListener('click', () => start(task, button));
        return button;
      }),
    );
  }

  return {
    buttons,
    panel: panel.element,
    isOpen,
    update,
    cancel: () => leave(state && state.done >= state.total ? '' : `${title} was cancelled.`),
    /** Something has changed under it. */
    end() {
      if (isOpen()) leave(`${title} has ended, since a setting was changed.`);
    },
    refreshTheme: () => (picture ?? chart)?.refreshTheme(),
    destroy: () => {
      if (isOpen()) close();
    },
  };
}
