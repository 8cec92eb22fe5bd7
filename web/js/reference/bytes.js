/** Sizes of a model and of what an optimizer remembers of it. */

/** Bytes of a number. @type {Record<string, number>} */
export const kPrecisions = { float32: 4, bf16: 2, float16: 2, int8: 1 };

export const kExample = {
  text: '70e9', words: '70 billion parameters', count: 70e9, precision: 'bf16',
};

const kLeast = 1e3;
const kMost = 1e15;
/** @type {Record<string, number>} */
const kUnits = {
  '': 1, k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, b: 1e9, bn: 1e9, g: 1e9, billion: 1e9,
  t: 1e12, trillion: 1e12,
};

/**
 * "70e9", "70B", "1.5 billion", "7,000,000".
 * @param {string} text
 * @returns {{ count: number, message: string }} a message where it is none
 */
export function parseCount(text) {
  const wanted = 'write a number such as 70e9, 70B or 350 million';
  const given = text.trim();
  const [, digits = '', unit = ''] = /^([\d.,]+(?:e[+-]?\d+)?)\s*([a-z]*)$/i.exec(given) ?? [];
  const plain = digits.replace(/,(?=\d{3}(?:\D|$))/g, '');
  const count = Number(plain || NaN) * (kUnits[unit.toLowerCase()] ?? NaN);
  if (!Number.isFinite(count)) {
    return { count: NaN, message: `“${given}” is no number of parameters: ${wanted}.` };
  }
  if (count < kLeast || count > kMost) {
    return { count: NaN, message: 'It must lie between 1 thousand and 1,000 trillion parameters.' };
  }
  return { count, message: '' };
}

/** "70 billion parameters". @param {number} count */
export function countInWords(count) {
  const name = ['trillion', 'billion', 'million'].find((unit) => count >= kUnits[unit]) ?? 'thousand';
  return `${short(count / kUnits[name])} ${name} parameters`;
}

/** Decimal: a gigabyte is 10⁹ bytes. @param {number} bytes */
export function formatBytes(bytes) {
  if (bytes === 0) return '0 GB';
  if (bytes < 1e6) return `${short(bytes / 1e3)} kB`;
  if (bytes < 1e8) return `${short(bytes / 1e6)} MB`;
  return `${short(bytes / 1e9)} GB`;
}

/** Three digits, or all of a whole number. @param {number} value */
function short(value) {
  const rounded = value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return String(rounded).replace(/^\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));
}

/** Numbers a parameter at which the bar ends. */
const kFullBar = 4;

/** How long the bar of a state is, in hundredths. @param {number} state */
export const bar = (state) => ({
  width: Math.min(100, Math.round((state / kFullBar) * 1000) / 10),
  isCut: state > kFullBar,
});
