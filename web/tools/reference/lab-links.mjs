/** Links into the labs: one that no lab of this build opens is left out, with the words around it. */
import { open } from './descent.mjs';

const kSee = /\s*<a class="see" href="index\.html#([^"]+)">[^]*?<\/a>/g;

/** @param {string} html */
export async function withLabLinks(html) {
  const specs = new Set([...html.matchAll(kSee)].map(([, spec]) => spec));
  const works = new Set();
  await Promise.all([...specs].map(async (spec) => (await open(spec.replace(/&amp;/g, '&'))) && works.add(spec)));
  return html.replace(kSee, (link, spec) => (works.has(spec) ? link : ''));
}
