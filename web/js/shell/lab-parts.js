import { axisMenu } from './axis-menu.js';
import { dialog } from '../widgets/dialog.js';
import { h } from '../widgets/dom.js';
import { knobPanel } from '../knobs/knob-panel.js';
import { labExports, tablesOf } from './lab-exports.js';
import { player } from './player.js';
import { readingsTable } from './readings-table.js';
import { runnerActions } from '../knobs/runner-actions.js';
import { runnerChips } from '../knobs/runner-chips.js';
import { statusLine } from './status-line.js';
import { tabs } from '../widgets/tabs.js';
import { taskRun } from './task-run.js';
import { tools } from './tools.js';
import { withLab } from './url-state.js';

/** @typedef {(style: import('../types.js').Style) => Node} Draw */
/**
 * What is drawn, and not by the controls.
 * @typedef {object} Art
 * @property {Draw} swatch
 * @property {Draw} marker
 * @property {(container: HTMLElement) => Promise<import('./task-run.js').Chart>} makeTaskChart
 */

/**
 * The controls of one lab, bound to its view and put into the frame's places.
 * @param {import('./lab-view.js').LabView} view
 * @param {{ frame: ReturnType<typeof import('./lab-frame.js').labFrame>, hide: Set<string>,
 *   entries: import('../knobs/entries.js').Entries, art: Art,
 *   hooks: import('./lab-view.js').Hooks }} options
 */
export function labParts(view, { frame, hide, entries, art, hooks }) {
  const list = view.recipesKnob;
  const status = statusLine();
  const help = dialog('help-dialog');
  const table = dialog('table-dialog');
  const task = taskRun(view, {
    marker: art.marker,
    makeChart: art.makeTaskChart,
    lab: frame.lab,
    say: (sentence) => status.flash(sentence),
    focusPlay: () => parts.player.play.focus(),
  });
  const exports = labExports(view, {
    parts: [frame.plot, frame.curveBox, task.panel],
    say: (text) => status.flash(text),
  });
  const parts = {
    status,
    help,
    task,
    tools: tools({
      hide,
      presets: () => view.description.presets,
      onPreset: ({ title, spec }) =>
        view.withUndo(`Preset: ${title}.`, () => view.load(withLab(view.description.id, spec))),
      onLink: () => exports.copyLink(hooks.link(view.getState())),
      onTable: () => table.open('Numbers', ...tablesOf(view, art.marker)),
      onExpand: hooks.onExpand,
      onHelp: () => view.showHelp(),
      exports: exports.items,
    }),
    chips: runnerChips({
      label: list?.label ?? '',
      entries: list ? entries(list.kind) : [],
      most: list?.high,
      swatch: art.swatch,
      after: task.buttons,
      onSelect: (selected) => view.show({ selected }),
      ...runnerActions(view, { focus: (index) => parts.chips.focus(index) }),
    }),
    player: player({
      onReset: () => view.playback.reset(),
      onToggle: () => view.playback.toggle(),
      onStep: (n) => view.playback.step(n),
      onSeek: (t) => view.playback.seek(t),
      onSpeed: (speed) => view.show({ speed }),
    }),
    tabs: tabs({ label: 'Curves', panel: frame.curves, onSelect: (tab) => view.show({ tab }) }),
    axes: axisMenu(view),
    readings: readingsTable({ marker: art.marker }),
    knobs: knobPanel({
      entries,
      swatch: art.swatch,
      knobAt: (path) => view.session.knob(path),
      set: (...settings) => view.set(...settings),
      wrap: (path, decorator) => view.change((session) => session.wrap(path, decorator)),
      show: {
        own: !hide.has('own-knobs'),
        runner: !hide.has('runner-knobs'),
        more: !hide.has('more'),
      },
      visible: hide.has('curves') ? 1 : 3,
    }),
  };

  frame.curveHead.replaceChildren(parts.tabs.element, parts.axes.element);
  frame.readout.replaceChildren(parts.readings.element);
  frame.head.replaceChildren(
    frame.title,
    frame.subtitle,
    ...(hide.has('tools') ? [] : [parts.tools.element]),
  );
  /** @type {[string, Node][]} */
  const order = [
    ['', frame.head],
    ['runners', list ? parts.chips.element : h('div', { class: 'chips' }, task.buttons)],
    ['', task.panel],
    ['', frame.plot],
    ['status', status.element],
    ['player', parts.player.element],
    ['curves', frame.curveBox],
    ['readings', frame.readout],
    ['knobs', parts.knobs.element],
    ['', help.element],
    ['', table.element],
  ];
  const hasRow = list !== undefined || view.description.tasks.length > 0;
  const empty = new Set([...hide, ...(hasRow ? [] : ['runners'])]);
  frame.lab.replaceChildren(...order.filter(([name]) => !empty.has(name)).map(([, node]) => node));
  return parts;
}
