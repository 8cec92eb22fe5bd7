import { classStyle, plainStyle } from '../../plots/class-style.js';
import { formatNumber } from '../../plots/ticks.js';
import { fill, h, uniqueId } from '../../widgets/dom.js';
import { icon } from '../../widgets/icons.js';
import { markerSvg } from '../../panels/marks.js';

/** @typedef {{ layer: number, unit: number }} Unit */

/**
 * The line under a surface: what its signs mean; while a unit is shown, its name and the way back;
 * while examples are drawn, the class of the next.
 * @param {{ onBack: () => void, onLabel: (label: number) => void, onClear: () => void }} actions
 */
export function networkLegend({ onBack, onLabel, onClear }) {
  const element = h('div', { class: 'network-legend' });
  const group = uniqueId('class');
  let key = '';

  /** @param {import('../../types.js').Style} style */
  const signOf = (style) => h('span', { class: 'network-sign' }, markerSvg(style));
  const sign = (/** @type {number} */ k) => signOf(classStyle(k));
  /** @param {Node} mark @param {string} text */
  const item = (mark, text) => h('span', { class: 'network-item' }, mark, text);
  const held = (/** @type {boolean} */ isDashed) =>
    h('span', { class: `network-ring${isDashed ? ' is-dashed' : ''}`, 'aria-hidden': 'true' });

  /** @param {number} classes @param {number} label */
  function switches(classes, label) {
    return [
      h(
        'span',
        { class: 'segments', role: 'group', 'aria-label': 'Class of the next example' },
        Array.from({ length: classes }, (_, k) => {
          const input = h('input', {
            type: 'radio', class: 'segment-input', name: group, 'aria-label': `class ${k}`, onchange: () => onLabel(k),
          });
          input.checked = k === label;
          return h('label', { class: 'segment' }, input, sign(k));
        }),
      ),
      h('span', { class: 'network-hint' }, 'Click to place an example (shift: the next class), or on one to remove it.'),
      h('button', { type: 'button', class: 'text-button', onclick: onClear }, 'Clear'),
    ];
  }

  /** @param {number} scale */
  const colours = (scale) => [
    h(
      'span',
      { class: 'network-item' },
      formatNumber(-scale, 3),
      h('span', { class: 'network-scale', 'aria-hidden': 'true' }),
      formatNumber(scale, 3),
    ),
  ];

  /**
   * @param {{ classes: number, hasHeld: boolean, unit: Unit | null, isDrawing: boolean, label: number,
   *   scale: number, isCurve: boolean }} state
   */
  function update(state) {
    const next = JSON.stringify(state);
    if (next === key) return;
    const isSwitch = state.isDrawing && !state.unit && key.includes('"isDrawing":true') && !key.includes('"layer"');
    key = next;
    const { classes, hasHeld, unit, isDrawing, label, scale, isCurve } = state;
    // A press of an arrow key inside must not take the focus away.
    if (isSwitch && element.querySelectorAll('input').length === classes) {
      element.querySelectorAll('input').forEach((input, k) => (input.checked = k === label));
      return;
    }
    if (unit) {
      fill(
        element,
        h('b', {}, `Layer ${unit.layer}, unit ${unit.unit + 1}`),
        h('button', { type: 'button', class: 'text-button', onclick: onBack }, icon('undo'), 'Back to the output'),
      );
    } else if (isDrawing) {
      fill(element, switches(classes, label));
    } else {
      const shown = Array.from({ length: classes }, (_, k) => item(sign(k), `class ${k}`));
      const signs = isCurve ? [item(signOf(plainStyle()), 'training')] : classes > 0 ? shown : colours(scale);
      fill(element, signs, hasHeld ? item(isCurve ? signOf(plainStyle(true)) : held(classes === 0), 'validation') : null);
    }
  }
  return { element, update };
}
