/** The families and kinds by which the cards can be sifted. */
import { escape } from './html.mjs';

/** @param {import('./catalogue.mjs').Catalogue} catalogue */
export function filterChips({ optimizers, decorators, schedules, landscapes, problems }) {
  const families = new Map(optimizers.map(({ style, family }) => [style.hue, family]));
  const chips = [
    ...[...families].map(([hue, family]) => chip(`family-${hue}`, family, `<i class="dot hue-${hue}"></i>`)),
    decorators.length && chip('decorator', 'decorators'),
    schedules.length && chip('schedule', 'schedules'),
    landscapes.length && chip('landscape', 'landscapes'),
    problems.length && chip('problem', 'problems'),
  ];
  return chips.filter(Boolean).join('');
}

/** @param {string} group @param {string} label @param {string} [dot] */
const chip = (group, label, dot = '') =>
  `<button type="button" class="filter-chip" data-group="${group}" aria-pressed="false">${dot}${escape(label)}</button>`;
