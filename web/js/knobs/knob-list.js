import { fill, h } from '../widgets/dom.js';
import { knobControl } from './knob-control.js';

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {import('../types.js').Mark} Mark */
/** @typedef {ReturnType<typeof knobControl>} Control */

/**
 * Controls for several knobs, kept in place while the same knobs are shown, so that turning one
 * never takes the focus from it. The knobs past `visible` wait behind "More".
 * @param {Omit<import('./knob-control.js').Context, 'onChange' | 'list'> & {
 *   visible?: number, more?: boolean }} context
 */
export function knobList(context) {
  const { edits, visible = Infinity, more: hasMore = true } = context;
  const shown = h('div', { class: 'knob-list' });
  const rest = h('div', { class: 'knob-list' });
  const more = h('details', { class: 'more' }, h('summary', {}, 'More'), rest);
  const element = h('div', { class: 'knob-group' }, shown, more);
  /** @type {{ id: string, control: Control }[]} */
  let controls = [];
  let key = '';

  /**
   * @param {string} name whose knobs these are
   * @param {Knob[]} knobs
   * @param {Mark[]} marks
   * @param {import('./knob-control.js').Extra} [extra]
   */
  function update(name, knobs, marks, extra) {
    const nextKey = JSON.stringify([name, knobs.map(({ id, type, kind }) => [id, type, kind])]);
    if (nextKey !== key) {
      key = nextKey;
      controls = knobs.map((knob) => ({
        id: knob.id,
        control: knobControl(knob, { ...context, list: knobList, onChange: (value) => edits.set(knob.id, value) }),
      }));
      const cut = hasMore ? firstOnes(knobs, visible) : visible;
      fill(shown, elementsOf(controls.slice(0, cut)));
      fill(rest, elementsOf(controls.slice(cut)));
      more.hidden = !hasMore || cut >= controls.length;
    }
    controls.forEach(({ id, control }, k) => {
      control.update(
        knobs[k],
        marks.filter(
          (mark) => mark.knob === id || mark.knob.endsWith(`.${id}`) || knobs[k].type === 'recipe',
        ),
        extra,
      );
    });
  }
  return { element, update };
}

/**
 * How many knobs stand before "More". A text takes the room of a whole row, and one knob alone
 * behind "More" would cost more room than it saves.
 * @param {Knob[]} knobs @param {number} visible
 */
function firstOnes(knobs, visible) {
  let room = visible;
  const cut = knobs.findIndex(({ type }, k) => {
    if (room <= 0 || (k > 0 && type === 'text' && room < visible)) return true;
    room -= type === 'text' ? visible : 1;
    return false;
  });
  return cut < 0 || knobs.length - cut <= 1 ? knobs.length : cut;
}

/**
 * Recipes side by side come before what is inside them.
 * @param {{ control: Control }[]} items @returns {HTMLElement[]}
 */
function elementsOf(items) {
  /** @type {HTMLElement[]} */
  const elements = [];
  /** @type {HTMLElement[]} */
  const waiting = [];
  for (const { control } of items) {
    if (!control.inner) elements.push(...waiting.splice(0));
    elements.push(control.element);
    if (control.inner) waiting.push(control.inner);
  }
  return [...elements, ...waiting];
}
