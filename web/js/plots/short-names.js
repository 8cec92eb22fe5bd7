// Names where there is little room: what several would lose alike goes, what tells them apart stays.

/** @typedef {(text: string) => boolean} Fits */

/**
 * @param {string[]} names
 * @param {Fits} fits
 * @returns {string[]} each whole if it fits; else its beginning, or, where others begin alike, what follows that
 */
export function shortNames(names, fits) {
  const cut = names.map((name) => (fits(name) ? name : beginningOf(name, fits)));
  const short = [...cut];
  for (const text of new Set(cut)) {
    const alike = [...new Set(names.filter((_, k) => cut[k] === text))];
    if (alike.length === 1) continue;
    const from = alike[0].length - differenceOf(alike).length;
    const rests = shortNames(alike.map((name) => name.slice(from)), (rest) => fits(`…${rest}`));
    names.forEach((name, k) => {
      const at = alike.indexOf(name);
      if (at >= 0 && cut[k] === text) short[k] = rests[at] ? `…${rests[at]}` : endOf(name, fits);
    });
  }
  return short;
}

/** What is left of the first name where it first differs from another. @param {string[]} names */
function differenceOf([first, ...others]) {
  let same = 0;
  while (same < first.length && others.every((name) => name[same] === first[same])) same++;
  // A number or a word is told as a whole.
  while (same > 1 && same < first.length && /[\w.]/.test(first[same - 1])) same--;
  return first.slice(same);
}

/** @param {string} name @param {Fits} fits */
function beginningOf(name, fits) {
  let end = name.length - 1;
  while (end > 1 && !fits(`${name.slice(0, end)}…`)) end--;
  return `${name.slice(0, end)}…`;
}

/** @param {string} name @param {Fits} fits */
function endOf(name, fits) {
  let from = 1;
  while (from < name.length - 1 && !fits(`…${name.slice(from)}`)) from++;
  return `…${name.slice(from)}`;
}
