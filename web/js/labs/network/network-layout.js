// Where the units of a network stand in its diagram, and which links between them are drawn.

/**
 * @typedef {object} Column of units, from the inputs (0) to the outputs
 * @property {number} units how many there are
 * @property {number} shown how many of them have room
 * @property {number} x px, the middle
 * @property {number[]} ys px, the middles of those that are shown
 */
/** @typedef {{ columns: Column[], box: number, head: number }} Layout box: px, the side of a unit's picture */
/** @typedef {{ layer: number, from: number, to: number, weight: number }} Link into column `layer` */

const kMostShown = 10;
const kLeastPitch = 26;
const kHead = 26;
const kFoot = 20;
const kMostLinks = 56; // between two layers, where they stand apart
const kFaint = 0.02; // of the strongest

/**
 * @param {number[]} counts inputs, the units of each hidden layer, outputs
 * @param {number} width px @param {number} height px
 * @returns {Layout}
 */
export function layOutNetwork(counts, width, height) {
  const room = height - kHead - kFoot;
  const most = Math.max(1, Math.min(kMostShown, Math.floor(room / kLeastPitch)));
  const tallest = Math.max(...counts.slice(0, -1).map((n) => Math.min(n, most)));
  const gaps = Math.max(1, counts.length - 1);
  const box = Math.max(24, Math.min(42, (0.72 * room) / tallest, (0.52 * width) / gaps));
  const pitch = Math.min(1.42 * box, room / tallest);
  const left = box / 2 + 1;
  const right = width - 9;
  // The last gap holds no picture at its end.
  const step = (right - left) / (gaps - 0.3);
  const columns = counts.map((units, layer) => {
    const shown = Math.min(units, most);
    const isLast = layer === counts.length - 1;
    const apart = isLast ? Math.min(26, room / shown) : layer === 0 ? Math.min(1.9 * box, room / shown) : pitch;
    const ys = Array.from({ length: shown }, (_, k) => kHead + room / 2 + (k - (shown - 1) / 2) * apart);
    return { units, shown, x: isLast ? right : left + layer * step, ys };
  });
  return { columns, box, head: kHead };
}

/**
 * The strongest links between units that are shown, the faintest first, and the largest weight.
 * @param {Layout} layout
 * @param {{ rows: number, columns: number, data: Float64Array }[]} weights of each layer, row-major
 * @returns {{ links: Link[], largest: number }}
 */
export function linksOf({ columns, box }, weights) {
  /** @type {Link[]} */
  const links = [];
  let largest = 0;
  weights.forEach(({ columns: k, data }, l) => {
    /** @type {Link[]} */
    const into = [];
    const [before, after] = [columns[l], columns[l + 1]];
    if (!before || !after) return;
    for (let to = 0; to < after.shown; to++) {
      for (let from = 0; from < before.shown; from++) {
        const weight = data[to * k + from];
        if (!Number.isFinite(weight)) continue;
        largest = Math.max(largest, Math.abs(weight));
        into.push({ layer: l + 1, from, to, weight });
      }
    }
    into.sort((a, b) => Math.abs(a.weight) - Math.abs(b.weight));
    const room = after.x - before.x - box;
    links.push(...into.slice(-Math.max(16, Math.min(kMostLinks, Math.round(0.9 * room)))));
  });
  return { links: links.filter(({ weight }) => Math.abs(weight) > kFaint * largest), largest };
}

/**
 * @param {Layout} layout @param {number} x px @param {number} y px
 * @returns {{ layer: number, unit: number } | null} a hidden unit
 */
export function unitAt({ columns, box }, x, y) {
  const reach = Math.max(12, box / 2 + 2);
  for (let layer = 1; layer < columns.length - 1; layer++) {
    if (Math.abs(columns[layer].x - x) > reach) continue;
    const unit = columns[layer].ys.findIndex((at) => Math.abs(at - y) <= reach);
    if (unit >= 0) return { layer, unit };
  }
  return null;
}

/**
 * The unit that an arrow key leads to; from none, the first.
 * @param {Layout} layout @param {{ layer: number, unit: number } | null} from @param {string} key
 */
export function neighbourOf({ columns }, from, key) {
  const last = columns.length - 2;
  if (last < 1) return null;
  if (!from) return key.startsWith('Arrow') ? { layer: 1, unit: 0 } : null;
  const { layer, unit } = from;
  const within = (/** @type {number} */ n, /** @type {number} */ most) => Math.max(0, Math.min(most, n));
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    return { layer, unit: within(unit + (key === 'ArrowDown' ? 1 : -1), columns[layer].shown - 1) };
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const next = Math.max(1, Math.min(last, layer + (key === 'ArrowRight' ? 1 : -1)));
  const nearest = columns[next].ys.map((y) => Math.abs(y - columns[layer].ys[unit]));
  return { layer: next, unit: next === layer ? unit : nearest.indexOf(Math.min(...nearest)) };
}
