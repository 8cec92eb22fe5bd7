/**
 * A process of its own for an engine, so that no engine's code is compiled for another's types:
 * `node worker.mjs FILE` starts that engine and answers { index, milliseconds } by its rate.
 */
import { pathToFileURL } from 'node:url';

const { start } = await import(pathToFileURL(process.argv[2]).href);
const rate = await /** @type {import('./sizes.mjs').Start} */ (start)();

process.on('message', (/** @type {{ index: number, milliseconds: number }} */ { index, milliseconds }) => {
  process.send?.(rate(index, milliseconds));
});
process.send?.('ready');
