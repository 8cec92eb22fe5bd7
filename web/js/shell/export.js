import { parseState } from './url-state.js';

/** @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Some browsers read the blob only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {string} text @returns {Promise<boolean>} false where the page may not write there */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {{ name: string, values: ArrayLike<number> }[]} columns */
export function csvText(columns) {
  const rows = Math.max(0, ...columns.map(({ values }) => values.length));
  const quote = (/** @type {string} */ s) =>
    /[",\n]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s;
  const lines = [columns.map(({ name }) => quote(name)).join(',')];
  for (let k = 0; k < rows; k += 1) {
    lines.push(columns.map(({ values }) => (k < values.length ? String(values[k]) : '')).join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** @param {string} text */
function shellQuote(text) {
  return /^[\w=.,:/@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * The command line that gives the same numbers.
 * @param {string} lab
 * @param {string} spec
 * @param {number} steps
 * @param {string[]} channels
 */
export function commandLine(lab, spec, steps, channels) {
  const knobs = [...parseState(spec)]
    .filter(([key]) => key !== 'lab' && key !== 't' && !key.startsWith('view.'))
    .map(([key, value]) => shellQuote(`${key}=${value}`));
  return [
    'descent',
    'run',
    lab,
    ...knobs,
    '--steps',
    String(steps),
    '--read',
    channels.join(','),
    '--format',
    'json',
  ].join(' ');
}
