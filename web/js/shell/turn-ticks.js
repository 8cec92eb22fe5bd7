import { fill, h, uniqueId } from '../widgets/dom.js';

/** @typedef {import('../types.js').Turn} Turn */

const places = 160; // along the time line; what was turned nearer together shares a tick
const told = 6; // at most, of what shares a tick or is listed

/**
 * Ticks under the time line where knobs were turned: each says what, and leads there. Whoever does
 * not point hears them in the description of the time line, and at their steps in its value.
 * @param {HTMLElement} scrubber
 * @param {(step: number) => void} onSeek
 */
export function turnTicks(scrubber, onSeek) {
  const element = h('div', { class: 'turns', 'aria-hidden': 'true' });
  const list = h('span', { class: 'visually-hidden', id: uniqueId('turns') });
  /** @type {Turn[]} */
  let shown = [];
  let end = 0;

  /** @param {Turn[]} turns @param {number} total */
  function update(turns, total) {
    if (turns === shown && total === end) return;
    shown = turns;
    end = total;
    /** @type {Map<number, Turn[]>} */
    const groups = new Map();
    for (const turn of turns) {
      const place = Math.round((Math.min(1, turn.step / end) || 0) * places);
      groups.set(place, [...(groups.get(place) ?? []), turn]);
    }
    fill(element, [...groups.values()].map(tick));
    list.textContent = turns.length > 0 ? `Turned: ${sayAll(turns, '; ')}` : '';
    if (turns.length > 0) scrubber.setAttribute('aria-describedby', list.id);
    else scrubber.removeAttribute('aria-describedby');
  }

  /** @param {Turn[]} group */
  function tick(group) {
    const [{ step }] = group;
    const node = h('span', { class: 'turn', title: sayAll(group, '\n'), onclick: () => onSeek(step) });
    node.style.setProperty('--at', String(Math.min(1, step / end)));
    return node;
  }

  return { element, list, update };
}

/** @param {Turn[]} turns @param {string} between */
function sayAll(turns, between) {
  const texts = turns.slice(0, told).map(({ text }) => text);
  if (turns.length > told) texts.push(`and ${turns.length - told} more`);
  return texts.join(between);
}
