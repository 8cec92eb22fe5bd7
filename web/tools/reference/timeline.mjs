/** Optimizers and schedules by the year of the paper; first what only textbooks tell, which is older. */
import { hrefOf } from './catalogue.mjs';
import { escape, yearOf } from './html.mjs';
import { kHidden, markerOf } from './swatch.mjs';

/** @typedef {import('./catalogue.mjs').Entry} Entry */

const kSchedule = `<svg class="marker" viewBox="0 0 16 16" width="16" height="16" ${kHidden}>` +
  '<path d="M2.5 4.5h3c3.5 0 3 7 8 7" fill="none" stroke="var(--descent-ink-3)" stroke-width="1.75" stroke-linecap="round"/></svg>';

/** @param {Entry[]} entries */
export function timeline(entries) {
  const years = [...new Set(entries.map(({ citation }) => yearOf(citation)).filter(Boolean))].sort((a, b) => a - b);
  const items = years.map((year, i) => {
    const gap = gapAfter(year - (years[i - 1] ?? year - 100));
    return item(gap, String(year), entries.filter(({ citation }) => yearOf(citation) === year));
  });
  const older = item(0, 'older', entries.filter(({ citation }) => !yearOf(citation)));
  return `<ol class="timeline">${[older, ...items].join('\n')}</ol>`;
}

/** @param {number} gap @param {string} when @param {Entry[]} entries */
const item = (gap, when, entries) =>
  `<li class="gap-${gap}"><b>${when}</b><ul class="entries">${entries.map(link).join('')}</ul></li>`;

/** @param {Entry} entry */
function link(entry) {
  const mark = entry.kind === 'schedule' ? kSchedule : markerOf(entry);
  return `<li><a href="${hrefOf(entry)}">${mark}${escape(entry.title)}</a></li>`;
}

/** Long silences stand farther apart, though not by as much as they lasted. @param {number} years */
const gapAfter = (years) => (years > 10 ? 3 : years > 5 ? 2 : years > 2 ? 1 : 0);
