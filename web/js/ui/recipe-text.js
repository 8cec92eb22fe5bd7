/** @typedef {import('../types.js').Entry} Entry */
/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {import('../types.js').Recipe} Recipe */

/**
 * What the controls need of the core to edit recipes; the element makes it from the engine.
 * @typedef {object} Recipes
 * @property {(kind: string) => Entry[]} entries
 * @property {(text: string) => Recipe[]} parse throws with the column
 * @property {(kind: string, text: string) => string} print leaves out what equals the default
 */

/** @param {Recipe} recipe */
export function composeRecipe({ name, args }) {
  if (args.length === 0) return name;
  return `${name}(${args.map(({ key, text }) => (key ? `${key}=${text}` : text)).join(', ')})`;
}

/** @param {Recipe[]} recipes */
export function composeRecipes(recipes) {
  return recipes.map(composeRecipe).join(', ');
}

/**
 * @param {Recipes} recipes
 * @param {string} kind
 * @param {string} text
 */
export function readRecipe(recipes, kind, text) {
  const recipe = recipes.parse(text)[0];
  const entry = recipe && recipes.entries(kind).find(({ id }) => id === recipe.name);
  return { recipe, entry };
}

/**
 * An argument without a key is the wrapped recipe, the first knob of type recipe.
 * @param {Entry} entry
 * @param {Recipe} recipe
 * @param {string} id
 */
function findArgument(entry, recipe, id) {
  const named = recipe.args.find(({ key }) => key === id);
  if (named) return named;
  const first = entry.knobs.find(({ type }) => type === 'recipe');
  return first?.id === id ? recipe.args.find(({ key }) => key === '') : undefined;
}

/**
 * An entry's knobs with the values that a recipe gives them.
 * @param {Entry} entry
 * @param {Recipe} recipe
 * @returns {Knob[]}
 */
export function knobsWithValues(entry, recipe) {
  return entry.knobs.map((knob) => {
    const argument = findArgument(entry, recipe, knob.id);
    return { ...knob, value: argument ? argument.text : knob.default };
  });
}

/**
 * The recipe with one knob set anew.
 * @param {Recipes} recipes
 * @param {string} kind
 * @param {string} text
 * @param {string} id
 * @param {string} value
 */
export function withKnob(recipes, kind, text, id, value) {
  const { recipe, entry } = readRecipe(recipes, kind, text);
  if (!recipe || !entry) return text;
  const old = findArgument(entry, recipe, id);
  const args = old
    ? recipe.args.map((argument) => (argument === old ? { ...argument, text: value } : argument))
    : [...recipe.args, { key: id, text: value }];
  return recipes.print(kind, composeRecipe({ name: recipe.name, args }));
}

/**
 * One recipe of a list replaced, inserted or (with null) removed.
 * @param {string[]} list
 * @param {number} index
 * @param {string | null} text
 */
export function replaceAt(list, index, text) {
  const next = [...list];
  if (text === null) next.splice(index, 1);
  else next[index] = text;
  return next.join(', ');
}

/**
 * The recipe split for a chip: its name and what stands in the brackets.
 * @param {string} text
 */
export function splitRecipe(text) {
  const open = text.indexOf('(');
  if (open < 0) return { name: text, args: '' };
  return { name: text.slice(0, open), args: text.slice(open + 1, text.lastIndexOf(')')) };
}
