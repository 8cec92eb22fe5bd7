// What the attention lab says of itself, by the channels that say it.

/** @typedef {import('../../panels/channels.js').ChannelReader} ChannelReader */

/** In the order in which the channel `edits` counts them. */
const kParts = ['Wq', 'Wk', 'Wv', 'Wo', 'Q', 'K', 'V'];

/** Texts that a channel tells character by character: of `words`, or of `roles` for heads. @param {ChannelReader} reader @param {'words' | 'roles'} channel */
export function textsOf(reader, channel) {
  const { text, codePoint } = reader.columns(channel);
  /** @type {string[]} */
  const texts = [];
  codePoint.forEach((code, k) => (texts[text[k]] = (texts[text[k]] ?? '') + String.fromCodePoint(code)));
  return texts;
}

/** Who sees whom. @param {ChannelReader} reader @returns {(i: number, j: number) => boolean} */
export function maskOf(reader) {
  const { shape, data } = reader.read('mask');
  return (i, j) => data[i * shape[1] + j] > 0;
}

/** How an entry is called, counted from 0: "Wq(1,2)". @param {string} part @param {number} row @param {number} column */
export const entryName = (part, row, column) => `${part}(${row + 1},${column + 1})`;

/** The entries that were set by hand. @param {ChannelReader} reader @returns {Map<string, string>} */
export function editsOf(reader) {
  const { part, row, column, value } = reader.columns('edits');
  return new Map(Array.from(value, (number, k) => [entryName(kParts[part[k]], row[k], column[k]), String(number)]));
}

/** @param {Map<string, string>} edits */
export const writeEdits = (edits) => [...edits].map(([name, value]) => `${name}=${value}`).join('; ');
