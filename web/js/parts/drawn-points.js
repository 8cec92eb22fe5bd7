// Examples placed by hand, and the text that holds them: "x,y,class; x,y,class".

/** @typedef {{ x: number, y: number, label: number }} Example */

const kDecimals = 3;

/**
 * What a recipe holds; null where it names no points.
 * @param {string} value
 * @returns {Example[] | null}
 */
export function readExamples(value) {
  const text = /(["'])([^]*?)\1/.exec(value)?.[2];
  if (text === undefined) return null;
  return text.split(';').flatMap((row) => {
    const [x, y, label = 0] = row.trim().split(/[\s,]+/).map(Number);
    return Number.isFinite(x + y + label) ? [{ x, y, label }] : [];
  });
}

/** @param {Example[]} examples */
export function writeExamples(examples) {
  const short = (/** @type {number} */ v) => String(Number(v.toFixed(kDecimals)));
  return `drawn(points="${examples.map(({ x, y, label }) => [short(x), short(y), label].join(',')).join('; ')}")`;
}

/**
 * The example nearest to a place, or −1.
 * @param {Example[]} examples @param {Example} place
 */
export function nearestExample(examples, { x, y }) {
  const away = examples.map((example) => Math.hypot(example.x - x, example.y - y));
  return away.length ? away.indexOf(Math.min(...away)) : -1;
}
