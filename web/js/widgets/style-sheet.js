/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/** One constructed sheet for all the elements that adopt it. @param {string} css */
export function styleSheet(css) {
  const known = sheets.get(css);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  sheets.set(css, sheet);
  return sheet;
}
