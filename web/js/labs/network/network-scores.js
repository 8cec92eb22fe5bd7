import { fill, h, setText } from '../../widgets/dom.js';
import { numberNodes } from '../../widgets/number-text.js';

/** @typedef {{ label: string, value: number, isShare: boolean }} Score */

/** Two numbers in large letters: how well the examples are told apart, and those held back. */
export function networkScores() {
  const element = h('dl', { class: 'network-scores' });
  /** @type {{ name: HTMLElement, value: HTMLElement }[]} */
  let cells = [];

  /** @param {Score[]} scores */
  function update(scores) {
    if (scores.length !== cells.length) {
      cells = scores.map(() => ({ name: h('dt'), value: h('dd') }));
      fill(element, cells.map(({ name, value }) => h('div', {}, name, value)));
    }
    scores.forEach(({ label, value, isShare }, k) => {
      setText(cells[k].name, label);
      const shown = h('span', {}, ...(Number.isNaN(value) ? ['–']
        : isShare ? [(100 * value).toFixed(1), h('small', {}, ' %')] : numberNodes(value, 3)));
      if (shown.textContent !== cells[k].value.textContent) fill(cells[k].value, shown);
    });
  }
  return { element, update };
}
