/** @type {WeakMap<import('../types.js').Engine, import('./recipe-text.js').Recipes>} */
const made = new WeakMap();

/**
 * What the controls need of the core to edit recipes.
 * @param {import('../types.js').Engine} engine
 * @param {import('../types.js').Catalogue} catalogue
 * @returns {import('./recipe-text.js').Recipes}
 */
export function recipesOf(engine, catalogue) {
  const known = made.get(engine);
  if (known) return known;
  /** @type {Record<string, import('../types.js').Entry[]>} */
  const lists = {
    optimizer: catalogue.optimizers,
    schedule: catalogue.schedules,
    landscape: catalogue.landscapes,
    problem: catalogue.problems,
    dataset: catalogue.datasets,
  };
  const recipes = {
    entries: (/** @type {string} */ kind) => lists[kind] ?? [],
    parse: (/** @type {string} */ text) => engine.parseRecipes(text),
    print: (/** @type {string} */ kind, /** @type {string} */ text) =>
      engine.printRecipe(kind, text),
  };
  made.set(engine, recipes);
  return recipes;
}
