import { fill, h } from './dom.js';
import { knobControl } from './knob-control.js';

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {import('../types.js').Mark} Mark */
/** @typedef {ReturnType<typeof knobControl>} Control */

/**
 * Controls for several knobs, kept in place while the same knobs are shown, so that turning one
 * never takes the focus from it. The knobs past `visible` wait behind "More".
 * @param {Omit<import('./knob-control.js').Context, 'onChange'> & {
 *   onChange: (id: string, value: string) => void, visible?: number, more?: boolean }} context
 */
export function knobList(context) {
  const { onChange, visible = Infinity, more: hasMore = true } = context;
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
   * @param {{ at?: [number, number] | null }} [extra]
   */
  function update(name, knobs, marks, extra) {
    const nextKey = JSON.stringify([name, knobs.map(({ id, type, kind }) => [id, type, kind])]);
    if (nextKey !== key) {
      key = nextKey;
      controls = knobs.map((knob) => ({
        id: knob.id,
        control: knobControl(knob, { ...context, onChange: (value) => onChange(knob.id, value) }),
      }));
      // One knob alone behind "More" would cost more room than it saves.
      const cut = hasMore && controls.length - visible <= 1 ? controls.length : visible;
      fill(shown, controls.slice(0, cut).flatMap(elementsOf));
      fill(rest, controls.slice(cut).flatMap(elementsOf));
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

/** @param {{ control: Control }} item @returns {HTMLElement[]} */
function elementsOf({ control }) {
  return control.inner ? [control.element, control.inner] : [control.element];
}
