// Finds room for labels among moving things. A label keeps last frame's place, relative to what it
// belongs to, while that is still free: a label that is right but jumps cannot be read.

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** A place that was chosen: which anchor (a step of a path, or its head) and which side of it. */
/** @typedef {{ anchor: string, side: number, far: boolean }} Choice */
/** @typedef {{ id: string, x: number, y: number, gap: number }} Anchor */
/**
 * @typedef {object} Wish
 * @property {string} id the same from frame to frame
 * @property {number} width px
 * @property {number} height px
 * @property {Anchor[]} anchors best first
 * @property {(id: string) => Anchor | null} recall an anchor of an earlier frame
 */

const kCell = 8;
// East first: a label reads on from its marker.
const kSides = [[1, 0], [1, -1], [1, 1], [0, -1], [0, 1], [-1, 0], [-1, -1], [-1, 1]];
const kPatience = 0.34;

export class LabelPlacer {
  /** @type {Map<string, Choice>} */
  #choices = new Map();
  /** @type {Box[]} */
  #taken = [];
  #covered = new Uint8Array(0);
  #columns = 0;
  #rows = 0;
  #width = 0;
  #height = 0;

  /** A new frame. @param {number} width px @param {number} height px */
  begin(width, height) {
    this.#width = width;
    this.#height = height;
    this.#columns = Math.ceil(width / kCell) + 1;
    this.#rows = Math.ceil(height / kCell) + 1;
    const cells = this.#columns * this.#rows;
    if (this.#covered.length === cells) this.#covered.fill(0);
    else this.#covered = new Uint8Array(cells);
    this.#taken = [];
  }

  /** Forget where labels stood: the map itself has changed. */
  reset() {
    this.#choices.clear();
  }

  /** No label may stand here. @param {Box} box */
  block(box) {
    this.#taken.push(box);
  }

  /**
   * A line runs here: labels rather stand elsewhere.
   * @param {ArrayLike<number>} xs px @param {ArrayLike<number>} ys px
   */
  cover(xs, ys) {
    for (let i = 0; i < xs.length; i++) {
      const steps = i === 0 ? 1
        : Math.min(400, Math.ceil(Math.hypot(xs[i] - xs[i - 1], ys[i] - ys[i - 1]) / kCell)) || 1;
      for (let k = 1; k <= steps; k++) {
        const t = k / steps;
        const x = i === 0 ? xs[i] : xs[i - 1] + t * (xs[i] - xs[i - 1]);
        const y = i === 0 ? ys[i] : ys[i - 1] + t * (ys[i] - ys[i - 1]);
        if (!(x >= 0 && y >= 0 && x < this.#width && y < this.#height)) continue;
        this.#covered[Math.floor(y / kCell) * this.#columns + Math.floor(x / kCell)] = 1;
      }
    }
  }

  /** Boxes in the order of the wishes; null where there is no room. @param {Wish[]} wishes */
  place(wishes) {
    /** @type {(Box | null)[]} */
    const boxes = wishes.map(() => null);
    // Those who stay choose first, or one label's move would drive the others away.
    wishes.forEach((wish, i) => (boxes[i] = this.#stay(wish)));
    wishes.forEach((wish, i) => (boxes[i] ??= this.#move(wish)));
    return boxes;
  }

  /** @param {Wish} wish @returns {Box | null} */
  #stay(wish) {
    const choice = this.#choices.get(wish.id);
    const anchor = choice && wish.recall(choice.anchor);
    if (!choice || !anchor) return null;
    const box = boxAt(wish, anchor, choice.side, choice.far);
    if (this.#cost(box) > kPatience) return null;
    this.#taken.push(box);
    return box;
  }

  /** @param {Wish} wish @returns {Box | null} */
  #move(wish) {
    let best = null;
    let bestCost = Infinity;
    for (const [rank, anchor] of wish.anchors.entries()) {
      for (let side = 0; side < kSides.length; side++) {
        for (const far of [false, true]) {
          const box = boxAt(wish, anchor, side, far);
          const cost = this.#cost(box) + 0.03 * rank + 0.01 * side + (far ? 0.3 : 0);
          if (cost >= bestCost) continue;
          bestCost = cost;
          best = { box, choice: { anchor: anchor.id, side, far } };
        }
      }
    }
    if (!best) {
      this.#choices.delete(wish.id);
      return null;
    }
    this.#choices.set(wish.id, best.choice);
    this.#taken.push(best.box);
    return best.box;
  }

  /** Share of the box that lines run through; Infinity where it must not stand. @param {Box} box */
  #cost(box) {
    const { x, y, width, height } = box;
    if (!(x >= 2 && y >= 2 && x + width <= this.#width - 2 && y + height <= this.#height - 2)) {
      return Infinity;
    }
    for (const other of this.#taken) {
      if (x < other.x + other.width && other.x < x + width &&
          y < other.y + other.height && other.y < y + height) return Infinity;
    }
    let covered = 0;
    let cells = 0;
    for (let j = Math.floor(y / kCell); j * kCell < y + height; j++) {
      for (let i = Math.floor(x / kCell); i * kCell < x + width; i++) {
        covered += this.#covered[j * this.#columns + i];
        cells++;
      }
    }
    return covered / cells;
  }
}

/**
 * @param {Wish} wish @param {Anchor} anchor @param {number} side @param {boolean} far
 * @returns {Box}
 */
function boxAt({ width, height }, anchor, side, far) {
  const [sx, sy] = kSides[side];
  const gap = anchor.gap + (far ? 18 : 0);
  // On a diagonal the box touches the marker's circle with its corner.
  const reach = sx && sy ? 0.6 * gap : gap;
  return {
    x: anchor.x + (sx > 0 ? reach : sx < 0 ? -reach - width : -width / 2),
    y: anchor.y + (sy > 0 ? reach : sy < 0 ? -reach - height : -height / 2),
    width, height,
  };
}
