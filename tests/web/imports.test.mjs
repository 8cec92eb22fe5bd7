/** Which room of web/js imports which: as the table of web/README.md says, and never in a circle. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import test from 'node:test';
import { kWeb } from '../../web/tools/paths.mjs';
import { requireWeb } from './support.mjs';

const ts = requireWeb('typescript');
const kJs = join(kWeb, 'js');

/** The modules that each module imports values from, by paths in web/js; a type in a comment is no import. @type {Map<string, string[]>} */
const imports = new Map(readdirSync(kJs, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js')).map((path) => {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(kJs, path), 'utf8'), true, true);
  const named = /** @type {string[]} */ (importedFiles.map((/** @type {{ fileName: string }} */ { fileName }) => fileName));
  return [path, named.filter((name) => /^\..*\.js$/.test(name)).map((name) => relative(kJs, join(kJs, dirname(path), name)))];
}));

/** labs/race/lab.js is in the room labs, plots/ticks.js in plots, element.js in a room of its own. @param {string} path */
const roomOf = (path) => path.split('/')[0];
/** Within which modules may import each other: a lab is a room of its own. @param {string} path */
const homeOf = (path) => (path.startsWith('labs/') ? dirname(path) : roomOf(path));

test('a room imports what the table of the README allows it, and no lab another lab', () => {
  /** @type {Map<string, string[]>} */
  const allowed = new Map();
  for (const [, name, may] of readFileSync(join(kWeb, 'README.md'), 'utf8').matchAll(/^\| `js\/([\w.-]+)\/?` \|.*\| ([^|]+) \|$/gm)) {
    const words = may.trim();
    if (words === '') continue;
    allowed.set(name, words === 'nobody' ? [] : words === 'all of these' ? [...allowed.keys()] : words.split(', '));
  }
  assert.ok(allowed.size >= 8, [...allowed.keys()].join());
  const wrong = [...imports].flatMap(([path, targets]) => targets
    .filter((target) => allowed.has(roomOf(path)) && homeOf(target) !== homeOf(path) && !allowed.get(roomOf(path))?.includes(roomOf(target)))
    .map((target) => `${path} imports ${target}`));
  assert.deepEqual(wrong, []);
});

test('no module imports itself by way of others', () => {
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {(path: string, way: string[]) => string[]} */
  const circlesFrom = (path, way) => {
    if (way.includes(path)) return [[...way.slice(way.indexOf(path)), path].join(' → ')];
    if (done.has(path)) return [];
    const found = (imports.get(path) ?? []).flatMap((target) => circlesFrom(target, [...way, path]));
    done.add(path);
    return found;
  };
  assert.ok(imports.size > 100);
  assert.deepEqual([...imports.keys()].flatMap((path) => circlesFrom(path, [])), []);
});
