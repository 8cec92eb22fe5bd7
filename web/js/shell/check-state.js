import { speeds } from './player.js';
import { checkView, parseState, readView } from './url-state.js';
import { readPin } from '../panels/pin.js';

const idsOf = (/** @type {{ id: string }[]} */ items) => items.map(({ id }) => id);

/**
 * Throws what is wrong with the page's part of a state; the core has checked its own.
 * @param {string} state
 * @param {{ description: import('../types.js').LabDescription, lab: import('../labs/lab.js').Lab,
 *   hasPins: boolean, engine: import('../types.js').Engine }} opened by the state
 */
export function checkState(state, { description, lab, hasPins, engine }) {
  const pairs = parseState(state);
  checkView(pairs, {
    tabs: idsOf(lab.tabs(description)),
    axes: idsOf(lab.axes(description)),
    speeds: idsOf(speeds),
    subjects: description.subjects.length,
    hasPins,
  });
  for (const [name, text] of readView(pairs).pins) {
    const { runner, spec } = readPin(text);
    const pinned = engine.open(spec);
    const { id, subjects } = pinned.describe();
    pinned.close();
    if (id !== description.id || !subjects[runner]) {
      throw new Error(`view.pin.${name} must be the number of a runner, a colon and a spec of lab=${description.id}, got ${text.slice(0, 60)}`);
    }
  }
}

/**
 * Only what is there is shown, and stands in the link.
 * @param {import('./url-state.js').View} view
 * @param {import('../labs/lab.js').Lab} lab
 * @param {import('../types.js').LabDescription} description
 */
export function trimView(view, lab, description) {
  const { length } = description.subjects;
  view.selected = Math.min(view.selected, Math.max(0, length - 1));
  view.hidden = new Set([...view.hidden].filter((k) => k < length));
  if (!idsOf(lab.tabs(description)).includes(view.tab)) view.tab = '';
  if (!idsOf(lab.axes(description)).includes(view.x)) view.x = 'step';
}
