/**
 * The labs on the page: each lab's own section stands beside its code, in js/labs/<lab>/page.html,
 * with its place on the page as data of that file:
 *   <section data-topic="Networks" data-contents="Depth" data-order="80">  heading and words in the contents
 *   <descent-lab data-room="1140 1460 1800">  px that it takes on a wide, a middle and a small screen
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escape } from './reference/html.mjs';

/** @typedef {import('../js/types.js').LabSummary} LabSummary */
/** @typedef {{ topic: string, title: string, href: string }} Line of the contents */

/** Up to which widths of the window the second and the third room hold. */
const kNarrow = ['807.98px', '519.98px'];
const kSection = /<section\b[^]*?<\/section>\n/g;
const kPlace = /\sdata-(?:topic|contents|order|room)="[^"]*"/g;
const kLine = /<section [^>]*data-topic[^>]*>|<!-- contents: ([^|]+) \| ([^|]+) \| (\S+) -->\s*/g;

/**
 * The page with the sections of these labs, its contents made from all sections.
 * @param {string} html
 * @param {LabSummary[]} labs
 * @param {string} web
 */
export async function withLabs(html, labs, web) {
  const pages = await Promise.all(labs.map((lab) => pageOf(lab, web)));
  const sections = pages.flatMap((page) => page.match(kSection) ?? []).sort((a, b) => orderOf(a) - orderOf(b));
  const whole = html.replace('<!-- labs -->', () => sections.join('\n'));
  const lines = [...whole.matchAll(kLine)].map(([tag, topic, title, href]) => (href
    ? { topic, title, href }
    : { topic: attribute(tag, 'data-topic'), title: attribute(tag, 'data-contents'), href: `#${attribute(tag, 'id')}` }));
  return whole
    .replace(kLine, (match, topic) => (topic ? '' : match))
    .replace(kPlace, '')
    .replace('<!-- contents by topic -->', () => byTopic(lines))
    .replace('<!-- contents in a row -->', () => list(lines))
    .replace('<!-- standalone labs -->', () => labs.map(({ id, title }) => `<a href="standalone/${id}.html">${escape(title)}</a>`).join(', '));
}

/**
 * The room that is kept for each lab until it has come, as a style sheet.
 * @param {LabSummary[]} labs
 * @param {string} web
 */
export async function roomStyle(labs, web) {
  const pages = await Promise.all(labs.map((lab) => pageOf(lab, web)));
  const rooms = pages.join('').match(/<descent-lab\b[^>]*>/g)?.map((tag) => ({ id: attribute(tag, 'id'), px: attribute(tag, 'data-room').split(' ') })) ?? [];
  const rules = (/** @type {number} */ k) => rooms.map(({ id, px }) => `#${id} { --room: ${px[k]}px; }`).join('\n');
  return [rules(0), ...kNarrow.map((width, k) => `@media (max-width: ${width}) {\n${rules(k + 1)}\n}`)].join('\n');
}

/** What stands beside the lab's code; else its title and sentence. @param {LabSummary} lab @param {string} web */
async function pageOf({ id, title, sentence }, web) {
  try {
    return await readFile(join(web, 'js/labs', id, 'page.html'), 'utf8');
  } catch (failure) {
    if (/** @type {NodeJS.ErrnoException} */ (failure).code !== 'ENOENT') throw failure;
    return plainPage(id, escape(title), escape(sentence));
  }
}

/** @type {(id: string, title: string, sentence: string) => string} */
const plainPage = (id, title, sentence) => `<section id="${id}" aria-labelledby="${id}-title" data-topic="More labs" data-contents="${title}">
  <h2 id="${id}-title">${title}</h2>
  <div class="prose"><div class="text"><p>${sentence}</p></div></div>
  <descent-lab id="${id}-lab" data-room="1100 1600 2000" lab="${id}"><p>${sentence}</p></descent-lab>
</section>
`;

/** @param {string} tag @param {string} name */
const attribute = (tag, name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

/** What has no place stands last. @param {string} section */
const orderOf = (section) => Number(attribute(section, 'data-order') || Infinity);

/** @param {Line[]} lines */
function byTopic(lines) {
  const topics = [...new Set(lines.map(({ topic }) => topic))];
  const text = topics.map((topic) => `<p>${topic}</p>\n${list(lines.filter((line) => line.topic === topic))}`).join('\n');
  // The reader begins at the first.
  return text.replace(/(<a href="#[^"]*")/, '$1 aria-current="true"');
}

/** @param {Line[]} lines */
const list = (lines) => `<ul>\n${lines.map(({ href, title }) => `<li><a href="${href}">${title}</a></li>`).join('\n')}\n</ul>`;
