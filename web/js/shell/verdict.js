import { h } from '../widgets/dom.js';
import { numberNodes } from '../widgets/number-text.js';

/** @typedef {import('../types.js').Reading} Reading */

/**
 * What stands in the column of verdicts: a tick and the residual, a bar of how much of a bound is
 * used, a ratio, or why there is none. Signs and words tell them apart, not colour alone.
 * @param {Reading} reading
 * @param {(name: string) => Node} icon
 * @returns {(Node | string)[]}
 */
export function verdictNodes({ verdict, relation, residual, used, judged, predicted }, icon) {
  if (verdict === 'broken') return [icon('warning'), ` ${judged}`];
  if (verdict === 'not judged') return [icon('clock'), Number.isNaN(predicted) ? ' not judged' : ' not yet'];
  if (verdict === 'baseline') return [judged];
  if (relation !== 'equals') return [bar(used), ` ${judged}`];
  return [icon('check'), h('span', { class: 'visually-hidden' }, 'holds, residual'), ' ', ...numberNodes(residual, 2)];
}

/** How much of a bound is used. @param {number} share */
function bar(share) {
  const part = h('span');
  part.style.width = `${Math.round(100 * Math.min(1, Math.max(0, share)))}%`;
  return h('span', { class: 'reading-used', 'aria-hidden': 'true' }, part);
}

/**
 * Whether the finished run of a preset shows what the preset says.
 * @param {import('../types.js').Shown[]} claims
 */
export function claimInWords(claims) {
  if (claims.length === 0) return '';
  const missed = claims.filter(({ holds }) => !holds);
  return missed.length === 0 ? 'as the preset says' : `not as the preset says: ${missed.map(({ text }) => text).join('; ')}`;
}

/**
 * "5 hold · 1 broken · 2 not judged": baselines are none of these.
 * @param {Reading[]} readings
 */
export function verdictsInWords(readings) {
  const count = (/** @type {Reading['verdict']} */ verdict) => readings.filter((reading) => reading.verdict === verdict).length;
  const holds = count('holds');
  const parts = [
    { n: holds, words: holds === 1 ? 'holds' : 'hold' },
    { n: count('broken'), words: 'broken' },
    { n: count('not judged'), words: 'not judged' },
  ];
  return parts.filter(({ n }) => n > 0).map(({ n, words }) => `${n} ${words}`).join(' · ');
}
