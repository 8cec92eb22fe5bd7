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

/**
 * Family by family, plain entries before those that wrap another.
 * @param {Entry[]} entries
 */
export function byFamily(entries) {
  const rank = (/** @type {Entry} */ { family, decorates, style }) =>
    family ? (decorates ? Infinity : style.hue) : -1;
  return [...entries].sort(
    (a, b) =>
      Math.sign(rank(a) - rank(b)) ||
      a.family.localeCompare(b.family, 'en') ||
      a.title.localeCompare(b.title, 'en'),
  );
}

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

/** A text value as a recipe holds it; a double quote in it asks for single ones. @param {string} text */
function inQuotes(text) {
  const quote = text.includes('"') ? "'" : '"';
  return `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
}

/** @param {string} text */
function withoutQuotes(text) {
  if (!/^(["']).*\1$/s.test(text)) return text;
  const [quote] = text;
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}

/**
 * An argument without a key is the first knob's.
 * @param {Entry} entry
 * @param {Recipe} recipe
 * @param {string} id
 */
function findArgument(entry, recipe, id) {
  const named = recipe.args.find(({ key }) => key === id);
  if (named) return named;
  return entry.knobs[0]?.id === id ? recipe.args.find(({ key }) => key === '') : undefined;
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
    if (!argument) return { ...knob, value: knob.default };
    return { ...knob, value: knob.type === 'text' ? withoutQuotes(argument.text) : argument.text };
  });
}

/**
 * The recipe with one knob set anew.
 * @param {Recipes} recipes
 * @param {string} kind
 * @param {string} text
 * @param {string} id
 * @param {string} value a text without its quotes
 */
export function withKnob(recipes, kind, text, id, value) {
  const { recipe, entry } = readRecipe(recipes, kind, text);
  if (!recipe || !entry) return text;
  const old = findArgument(entry, recipe, id);
  const isText = entry.knobs.some((knob) => knob.id === id && knob.type === 'text');
  const written = isText ? inQuotes(value) : value;
  const args = old
    ? recipe.args.map((argument) => (argument === old ? { ...argument, text: written } : argument))
    : [...recipe.args, { key: id, text: written }];
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
