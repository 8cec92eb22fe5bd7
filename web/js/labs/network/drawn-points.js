// Examples placed by hand, and the text that holds them: "x,y,class; x,y,class".

/** @typedef {{ x: number, y: number, label: number }} Example */

const kDecimals = 3;

/**
 * What a recipe holds; null where it names no points, or writes them in another way.
 * @param {string} value
 * @returns {Example[] | null}
 */
export function readExamples(value) {
  const text = /(["'])([^]*?)\1/.exec(value)?.[2];
  if (text === undefined) return null;
  const rows = text.split(';').map((row) => row.trim()).filter(Boolean);
  const examples = rows.map((row) => {
    const [x, y, label = 0, ...more] = row.split(',').map(Number);
    return { x, y, label, isPlain: Number.isFinite(x + y + label) && more.length === 0 };
  });
  if (!examples.every(({ isPlain }) => isPlain)) return null;
  return examples.map(({ x, y, label }) => ({ x, y, label }));
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
