// Names where there is little room: what several would lose alike goes, what tells them apart stays.

/** @typedef {(text: string) => boolean} Fits */

/**
 * @param {string[]} names
 * @param {Fits} fits
 * @returns {string[]} each whole if it fits; else its beginning, or, where that could be another's, what follows what they share
 */
export function shortNames(names, fits) {
  return names.map((name) => {
    if (fits(name)) return name;
    const beginning = beginningOf(name, fits);
    const alike = names.filter((other) => other !== name && other.startsWith(beginning));
    if (!beginning || alike.length === 0) return `${beginning}…`;
    const from = sharedBy([name, ...alike]);
    const [rest] = shortNames([name, ...alike].map((one) => one.slice(from)), (text) => fits(`…${text}`));
    return rest ? `${beginningOf(name, (text) => fits(text + rest))}…${rest}` : endOf(name, fits);
  });
}

/** How many letters names begin with alike; a number or a word is told as a whole. @param {string[]} names */
function sharedBy([first, ...others]) {
  let same = 0;
  while (same < first.length && others.every((name) => name[same] === first[same])) same++;
  if (!/^\w/.test(first.slice(same))) return same;
  while (same > 1 && /[\w.]/.test(first[same - 1])) same--;
  return same;
}

/** As much as fits with an ellipsis after it. @param {string} name @param {Fits} fits */
function beginningOf(name, fits) {
  let end = name.length - 1;
  while (end > 0 && !fits(`${name.slice(0, end)}…`)) end--;
  return name.slice(0, end);
}

/** @param {string} name @param {Fits} fits */
function endOf(name, fits) {
  let from = 1;
  while (from < name.length - 1 && !fits(`…${name.slice(from)}`)) from++;
  return `…${name.slice(from)}`;
}
