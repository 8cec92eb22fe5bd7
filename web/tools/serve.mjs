/** A static server for the site: `node serve.mjs [folder]`, on PORT or, if that is taken, a free one. */
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kSite } from './paths.mjs';

const kTypes = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
});

export const kPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
  "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'";

/**
 * A server that is listening, on `port` or on a free one.
 * @param {string} folder
 * @param {number} port 0 for any
 * @returns {Promise<{ server: import('node:http').Server, port: number }>}
 */
export async function serve(folder, port) {
  const root = resolve(folder);
  const server = createServer((request, response) => answer(root, request, response));
  try {
    await listening(server, port);
  } catch (failure) {
    if (/** @type {NodeJS.ErrnoException} */ (failure).code !== 'EADDRINUSE') throw failure;
    await listening(server, 0);
  }
  return { server, port: /** @type {import('node:net').AddressInfo} */ (server.address()).port };
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 */
function listening(server, port) {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => done(server.off('error', failed)));
  });
}

/**
 * @param {string} root
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(root, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'only GET and HEAD');
  const path = localPath(root, request.url ?? '/');
  if (path === null) return refuse(response, 400, 'not a path of this site');
  try {
    const file = (await stat(path)).isDirectory() ? join(path, 'index.html') : path;
    const body = await readFile(file);
    response.writeHead(200, {
      'Content-Type': kTypes[extname(file)] ?? 'application/octet-stream',
      'Content-Length': body.length,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
      // A standalone file carries a stricter policy of its own, which names its inline script.
      ...(file.startsWith(join(root, 'standalone') + sep) ? {} : { 'Content-Security-Policy': kPolicy }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  } catch {
    refuse(response, 404, 'not found');
  }
}

/**
 * The file a URL names, or null if it would lie outside the folder.
 * @param {string} root
 * @param {string} url
 */
function localPath(root, url) {
  try {
    const path = normalize(decodeURIComponent(url.split(/[?#]/)[0]));
    const file = join(root, path);
    return !path.includes('\0') && (file === root || file.startsWith(root + sep)) ? file : null;
  } catch {
    return null;
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} text
 */
function refuse(response, status, text) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = Number(process.env.PORT || 8000);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535) {
    console.error(`PORT must be a whole number in [0, 65535], got ${process.env.PORT}`);
    process.exit(2);
  }
  const { port } = await serve(process.argv[2] ?? kSite, wanted);
  if (wanted !== 0 && port !== wanted) console.log(`Port ${wanted} is taken; using ${port}.`);
  console.log(`Descent is at http://localhost:${port}/ (Ctrl-C stops it)`);
}
