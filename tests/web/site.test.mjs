import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { coreModules } from '../../web/tools/core.mjs';
import { kCore, kRoot, kSite, kWeb } from '../../web/tools/paths.mjs';
import { kPolicy, serve } from '../../web/tools/serve.mjs';
import { roomStyle, withLabs } from '../../web/tools/lab-pages.mjs';
import { standaloneFile } from './support.mjs';

const modules = await coreModules();
const labs = modules.flatMap((module) => module.labs);
const read = (/** @type {string} */ path) => readFile(join(kSite, path), 'utf8');

/**
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function filesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(entries.map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  }));
  return nested.flat().sort();
}

/** @param {string} folder */
async function digests(folder) {
  const files = await filesIn(folder);
  return Promise.all(files.map(async (path) => [relative(folder, path), createHash('sha256').update(await readFile(path)).digest('hex')]));
}

test('two builds of the site are the same, byte for byte', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'descent-site-'));
  await promisify(execFile)('node', [join(kWeb, 'tools/build-site.mjs'), kWeb, kCore, join(folder, 'site')]);
  assert.deepEqual(await digests(join(folder, 'site')), await digests(kSite));
  await rm(folder, { recursive: true });
});

test('every URL in the pages and styles is relative', async () => {
  for (const path of await filesIn(kSite)) {
    if (!/\.(html|css)$/.test(path)) continue;
    const text = (await readFile(path, 'utf8')).replace(/<script>[^]*?<\/script>|<!--[^]*?-->|<a\b[^>]*>/g, '');
    assert.doesNotMatch(text, /(?:src|href|action)="(?:\/|https?:)|url\(["']?(?:\/|https?:)/, path);
  }
});

test('a page carries the policy that the server sends, and no inline style or script', async () => {
  for (const name of (await readdir(kSite)).filter((file) => file.endsWith('.html'))) {
    const html = await read(name);
    assert.ok(html.includes(`content="${kPolicy}"`), name);
    assert.doesNotMatch(html, /\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+="/, name);
    assert.doesNotMatch(html.replace(/<annotation[^]*?<\/annotation>/g, ''), /class="tex"[^>]*>[^<]/, `${name}: a formula is not set`);
  }
});

test('every lab has a section, a line in both contents, a room at three widths and a file of its own', async () => {
  const [html, css] = await Promise.all(['index.html', 'css/page.css'].map(read));
  const folded = html.indexOf('contents-fold');
  for (const { id, title } of labs) {
    const [, name] = new RegExp(`<descent-lab id="([\\w-]+)"[^>]* lab="${id}"`).exec(html) ?? [];
    assert.ok(name, id);
    const before = html.slice(0, html.indexOf(`<descent-lab id="${name}"`));
    const section = /<section id="([\w-]+)"[^>]*>(?![^]*<section)/.exec(before)?.[1];
    const line = `<a href="#${section}"`;
    const at = html.indexOf(line);
    assert.ok(at > 0 && at < folded && html.indexOf(line, folded) > 0, `${id}: ${section}`);
    assert.equal(css.match(new RegExp(`#${name}(?:,#[\\w-]+)*\\{--room: ?\\d+px\\}`, 'g'))?.length, 3, id);
    assert.ok(html.includes(`<a href="standalone/${id}.html">${title}</a>`), id);
  }
  assert.doesNotMatch(html, /data-(?:topic|contents|order|room)|<!-- (?:labs|contents|head|bar|standalone)/);
});

test('a lab without a page of its own is on the page with its title and its sentence', async () => {
  const lab = { id: 'no-such', title: 'Salt & Pepper', sentence: 'What is in no folder.', knobs: [], presets: [] };
  const html = await withLabs('<nav><!-- contents in a row --></nav><!-- labs --><!-- standalone labs -->', [lab], kWeb);
  assert.ok(html.includes('<li><a href="#no-such">Salt &amp; Pepper</a></li>'), html);
  assert.match(html, /<descent-lab id="no-such-lab" lab="no-such"><p>What is in no folder\.<\/p>/);
  assert.equal((await roomStyle([lab], kWeb)).match(/#no-such-lab \{ --room: \d+px; \}/g)?.length, 3);
});

test('there is a standalone file for each lab, of 735 kB at most, or 885 kB where it has networks', async () => {
  assert.ok(labs.length > 0);
  for (const module of modules) {
    const most = module === modules[0] ? 735_000 : 885_000;
    for (const { id } of module.labs) assert.ok((await stat(standaloneFile(id))).size <= most, id);
  }
});

/**
 * The scripts that scripts of the site load, themselves included: at once, and those loaded later
 * that are asked for.
 * @param {string[]} entries
 * @param {(name: string) => boolean} [isWanted]
 */
async function scriptsOf(entries, isWanted = () => false) {
  const found = new Set(entries);
  for (const name of found) {
    const text = await readFile(join(kSite, 'js', name), 'utf8');
    for (const [, dynamic, path] of text.matchAll(/(?:from|import(\())\s*"\.\/([^"]+\.js)"/g)) if (!dynamic || isWanted(path)) found.add(path);
  }
  return found;
}

/** The script made of a module that is loaded later, by its name. @param {string} name */
const isOf = (name) => (/** @type {string} */ file) => new RegExp(`^${name}-[A-Z0-9]{8}\\.js$`).test(file);

/** The script of each lab, as the one that loads it says. */
async function labScripts() {
  const files = (await readdir(join(kSite, 'js'))).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(files.map((name) => readFile(join(kSite, 'js', name), 'utf8')));
  return new Map(texts.flatMap((text) => [...text.matchAll(/"\.\.\/labs\/([\w-]+)\/lab\.js":\(\)=>import\("\.\/([^"]+)"\)/g)])
    .map(([, id, file]) => [id, file]));
}

// The aims are 250 kB for a page and 180 kB for an embed; this holds what is reached, until the
// modules are smaller. A page waits for no module but its first.
test('what a page and an embed download does not grow', async () => {
  const packed = async (/** @type {Iterable<string>} */ paths) => {
    const sizes = await Promise.all([...paths].map(async (path) => gzipSync(await readFile(join(kSite, path)), { level: 9 }).length));
    return sizes.reduce((a, b) => a + b, 0);
  };
  const inJs = (/** @type {Iterable<string>} */ names) => [...names].map((name) => `js/${name}`);
  const [first, ...others] = modules;
  // A picture is made by what is fetched when one is asked for.
  const scripts = await labScripts();
  const unused = new Set(others.flatMap((module) => module.labs.map(({ id }) => scripts.get(id))));
  const isOther = (/** @type {string} */ file) => unused.has(file) || ['picture', ...others.map(({ name }) => name)].some((name) => isOf(name)(file));
  const page = await packed(['index.html', 'css/page.css', `js/${first.name}.wasm`, ...inJs(await scriptsOf(['page.js'], (name) => !isOther(name)))]);
  assert.ok(page <= 418_000, `the page is ${page} bytes gzipped`);

  const files = await readdir(join(kSite, 'js'));
  for (const module of modules) {
    const embeds = await Promise.all(module.labs.map(async ({ id }) => {
      const needed = [scripts.get(id) ?? '', ...files.filter(isOf(module.name))];
      assert.ok(needed[0] && needed.length === 2, `${id}: ${needed}`);
      return packed([`js/${module.name}.wasm`, ...inJs(await scriptsOf(['element.js', ...needed]))]);
    }));
    const embed = Math.max(...embeds);
    const most = module === first ? 396_000 : 476_000;
    assert.ok(embed <= most, `an embed of ${module.name} is ${embed} bytes gzipped`);
  }
});

test('the notices name what is shipped, in the site and in each standalone file', async () => {
  const files = [join(kSite, 'NOTICES.txt'), ...labs.map(({ id }) => standaloneFile(id))];
  for (const path of files) {
    const text = await readFile(path, 'utf8');
    for (const name of ['Eigen', 'Mozilla Public License', 'chart.js', 'd3-contour', 'd3-array', 'Emscripten']) assert.ok(text.includes(name), `${path}: ${name}`);
  }
});

test('the lockfile names no registry', async () => {
  assert.doesNotMatch(await readFile(join(kWeb, 'package-lock.json'), 'utf8'), /"resolved"/);
});

/**
 * The answer to a path as it is written: fetch would tidy it.
 * @param {number} port
 * @param {string} path
 * @returns {Promise<{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders }>}
 */
function get(port, path, method = 'GET') {
  return new Promise((done, failed) => {
    request({ host: '127.0.0.1', port, path, method }, (response) => {
      response.resume().on('end', () => done({ status: response.statusCode, headers: response.headers }));
    }).on('error', failed).end();
  });
}

test('the server sends right types and the policy, and nothing from outside its folder', async () => {
  const { server, port } = await serve(kSite, 0);
  const types = { '/': 'text/html', '/index.html?a=1': 'text/html', '/js/descent.wasm': 'application/wasm', '/js/element.js': 'text/javascript', '/NOTICES.txt': 'text/plain' };
  for (const [path, type] of Object.entries(types)) {
    const { status, headers } = await get(port, path);
    assert.equal(status, 200, path);
    assert.equal(headers['content-type']?.split(';')[0], type, path);
    assert.equal(headers['content-security-policy'], kPolicy, path);
  }
  for (const path of ['/../../Makefile', '/..%2f..%2fMakefile', '/%2e%2e/%2e%2e/Makefile', '/..\\..\\Makefile', '/%00', '/%', '/js', '/no-such-file']) {
    assert.ok([400, 404].includes((await get(port, path)).status ?? 0), path);
  }
  assert.equal((await get(port, '/', 'POST')).status, 405);
  server.close();
});

test('the server takes a free port when the wanted one is taken', async () => {
  const other = createServer();
  await new Promise((done) => other.listen(0, '127.0.0.1', () => done(undefined)));
  const { port: taken } = /** @type {import('node:net').AddressInfo} */ (other.address());
  const { server, port } = await serve(kSite, taken);
  assert.notEqual(port, taken);
  assert.equal((await get(port, '/')).status, 200);
  for (const open of [other, server]) open.close();
});

test('make serve on a bad PORT says what is allowed', async () => {
  const run = promisify(execFile)('node', ['web/tools/serve.mjs'], { cwd: kRoot, env: { ...process.env, PORT: '99999' } });
  await assert.rejects(run, /PORT must be a whole number in \[0, 65535\], got 99999/);
});
