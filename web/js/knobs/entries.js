/** @typedef {import('../types.js').Entry} Entry */

/**
 * What a recipe may name, by kind.
 * @typedef {(kind: string) => Entry[]} Entries
 */

/** @param {import('../types.js').Catalogue} catalogue @returns {Entries} */
export function entriesOf(catalogue) {
  const all = /** @type {Entry[]} */ (Object.values(catalogue).flat());
  return (kind) => all.filter((entry) => entry.kind === kind);
}

/**
 * Family by family, plain entries before those that wrap another.
 * @param {Entry[]} entries
 */
export function byFamily(entries) {
  const rank = (/** @type {Entry} */ { family, decorates, style }) =>
    family ? (decorates ? Infinity : style.hue) : -1;
  return [...entries].sort(
    (a, b) =>
      Math.sign(rank(a) - rank(b)) ||
      a.family.localeCompare(b.family, 'en') ||
      a.title.localeCompare(b.title, 'en'),
  );
}
