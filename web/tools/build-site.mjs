/**
 * Makes the static site from web/ and the compiled core. Every URL in it is relative, and the same
 * input gives the same bytes.
 */
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { bundle, minifiedStyle } from './bundle.mjs';
import { coreModules } from './core.mjs';
import { roomStyle, withLabs } from './lab-pages.mjs';
import { notices } from './notices.mjs';
import { withFrame } from './page-frame.mjs';
import { kCore, kSite, kWeb } from './paths.mjs';
import { withReference } from './reference.mjs';
import { renderTex } from './render-tex.mjs';
import { standalonePage } from './standalone.mjs';

/** What others embed: there whether or not a page of ours loads it. */
const kElement = 'js/element.js';
/** The element, and the state in the address. */
const kPage = 'js/page.js';
/** To which the room of each lab is added. */
const kPageStyle = 'css/page.css';

/** @param {{ web: string, core: string, out: string }} folders */
async function buildSite({ web, core, out }) {
  const fresh = `${out}.new`;
  await rm(fresh, { recursive: true, force: true });

  const modules = await coreModules(core);
  const labs = modules.flatMap((module) => module.labs);
  const pages = (await readdir(web)).filter((name) => name.endsWith('.html')).sort();
  const sources = await Promise.all(pages.map(async (name) => {
    const html = withFrame(await readFile(join(web, name), 'utf8'), name);
    return renderTex(await withReference(await withLabs(html, labs, web)));
  }));
  const used = [...new Set(sources.flatMap(localFiles))].sort();
  const scripts = [...new Set([kElement, ...used.filter((path) => path.endsWith('.js'))])];

  const site = await bundle({
    modules, entryPoints: scripts.map((path) => join(web, path)), outbase: web, splitting: true, chunkNames: 'js/[name]-[hash]',
  });
  for (const { path, contents } of site.files) await write(join(fresh, path), contents);
  for (const { name, wasm } of modules) await copy(wasm, join(fresh, `js/${name}.wasm`));

  for (const path of used.filter((name) => !name.endsWith('.js'))) {
    if (path.endsWith('.css')) await write(join(fresh, path), await minifiedStyle(join(web, path), path === kPageStyle ? await roomStyle(labs, web) : ''));
    else await copy(join(web, path), join(fresh, path));
  }
  const text = await notices(site.inputs);
  await write(join(fresh, 'NOTICES.txt'), text);

  const tokens = await minifiedStyle(join(web, 'css/tokens.css'));
  for (const carried of modules) {
    const alone = await bundle({ carried, format: 'iife', entryPoints: [join(web, kPage)], outbase: web });
    for (const lab of carried.labs) {
      await write(join(fresh, 'standalone', `${lab.id}.html`), standalonePage(lab, alone.files[0].text, tokens, text));
    }
  }

  for (const [i, name] of pages.entries()) {
    await write(join(fresh, name), preloaded(sources[i], site.importsOf));
  }
  await rm(out, { recursive: true, force: true });
  await rename(fresh, out);
  console.log(`${out}: ${pages.length} page(s), ${labs.length} standalone lab(s)`);
}

/**
 * The files of ours that a page loads.
 * @param {string} html
 */
function localFiles(html) {
  return [...html.matchAll(/<(?:script|link|img|source)\b[^>]*\s(?:src|href)="([^"#?]+)"/g)]
    .map(([, path]) => path)
    .filter((path) => !/^(?:[a-z]+:|\/)/i.test(path))
    .map((path) => normalize(path));
}

/**
 * Names what a module script will import, so that the browser asks for all of it at once.
 * @param {string} html
 * @param {(path: string) => string[]} importsOf
 */
function preloaded(html, importsOf) {
  return html.replace(/<script\b[^>]*\ssrc="([^"]+)"[^>]*>/g, (script, path) =>
    importsOf(normalize(path)).map((needed) => `<link rel="modulepreload" href="${needed}">`).join('') + script);
}

/**
 * @param {string} path
 * @param {string | Uint8Array} contents
 */
async function write(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}

/**
 * @param {string} from
 * @param {string} to
 */
async function copy(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to);
}

const [web = kWeb, core = kCore, out = kSite] = process.argv.slice(2);
await buildSite({ web, core, out });
