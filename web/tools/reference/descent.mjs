/** The native program, which knows more of each entry than the page has to download. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kRoot } from '../paths.mjs';

export const kDescent = join(kRoot, 'build/native/descent');

/**
 * What a command printed as JSON.
 * @param {...string} args
 */
export async function descent(...args) {
  if (!existsSync(kDescent)) throw new Error(`${kDescent} is not there; make native builds it`);
  const { stdout } = await promisify(execFile)(kDescent, [...args, '--format', 'json'], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout);
}

/**
 * @typedef {object} Run
 * @property {string} spec as the core writes it
 * @property {Record<string, { shape: number[], data: (number | null)[] }>} channels
 */

/**
 * A lab from its spec, or null where it does not open.
 * @param {string} spec "lab=race&runners=…"
 * @param {{ steps?: number, task?: string, read?: string[] }} [options]
 * @returns {Promise<Run | null>}
 */
export async function open(spec, { steps = 0, task, read = [] } = {}) {
  const pairs = spec.split('&').map((pair) => decodeURIComponent(pair));
  const lab = pairs.find((pair) => pair.startsWith('lab='))?.slice('lab='.length) ?? '';
  const knobs = pairs.filter((pair) => !/^(?:lab|t|view\.\w+)=/.test(pair));
  const asked = read.length ? ['--read', read.join(',')] : [];
  try {
    return await descent('run', lab, ...knobs, '--steps', String(steps), ...(task ? ['--task', task] : []), ...asked);
  } catch {
    return null;
  }
}

/**
 * The address that opens a run at its beginning.
 * @param {Run | null} run
 * @param {string} otherwise a spec
 */
export function linkTo(run, otherwise) {
  const spec = run?.spec.replace(/&t=\d+$/, '') ?? otherwise;
  return `index.html#${spec}`;
}
