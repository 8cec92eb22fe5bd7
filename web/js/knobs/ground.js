/**
 * A lab may run on a surface or, in its place, on a problem without one. The kinds of its knobs say
 * which is which.
 */

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {import('../types.js').Setting} Setting */

/** The problem that stands in the place of a surface. @param {Knob[]} knobs */
export function problemOf(knobs) {
  return knobs.find(
    ({ kind, type, choices, value }) =>
      kind === 'problem' && type === 'recipe' && choices.length > 0 && !choices.includes(value),
  );
}

/**
 * The knobs that mean nothing while a problem stands in the place of a surface, and why.
 * @param {Knob[]} knobs
 * @returns {Map<string, string>}
 */
export function idleKnobs(knobs) {
  const problem = problemOf(knobs);
  if (!problem) return new Map();
  const surfaces = knobs.filter(({ kind, type }) => kind === 'landscape' && type === 'recipe');
  const points = knobs.filter(({ type }) => type === 'point');
  return new Map([
    ...surfaces.map(({ id }) => /** @type {const} */ ([id, 'The problem runs in its place.'])),
    ...points.map(({ id }) => /** @type {const} */ ([id, 'A problem has no map to point at.'])),
  ]);
}

/** Remembers the points that had to give way to a problem, and brings them back after it. */
export class PointKeeper {
  /** @type {Map<string, string>} */
  #left = new Map();

  /**
   * What has to be set so that a knob can take a value.
   * @param {Knob[]} knobs @param {Setting} setting
   * @returns {Setting[]}
   */
  settings(knobs, setting) {
    const changed = knobs.map((knob) =>
      knob.id === setting.knob ? { ...knob, value: setting.value } : knob,
    );
    const [before, after] = [problemOf(knobs), problemOf(changed)];
    const points = knobs.filter(({ type, choices }) => type === 'point' && choices.length > 0);
    if (after && !before) {
      const given = points.filter(({ choices, value }) => !choices.includes(value));
      this.#left = new Map(given.map(({ id, value }) => [id, value]));
      return [...given.map(({ id, choices }) => ({ knob: id, value: choices[0] })), setting];
    }
    if (before && !after) {
      const back = points.filter(({ id, choices, value }) => this.#left.has(id) && value === choices[0]);
      return [setting, ...back.map(({ id }) => ({ knob: id, value: this.#left.get(id) ?? '' }))];
    }
    return [setting];
  }
}
