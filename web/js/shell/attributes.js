import { formatState, keyOfAttribute } from './url-state.js';
import { hiddenBy, hideable } from './lab-frame.js';

/** The element's own attributes: how it shows, not what it runs. */
export const ownAttributes = ['lab', 'controls', 'hide', 'theme'];

const globalAttributes = new Set([
  'id',
  'class',
  'style',
  'title',
  'lang',
  'dir',
  'hidden',
  'slot',
  'part',
  'exportparts',
  'role',
  'tabindex',
  'is',
  'nonce',
  'inert',
  'draggable',
  'translate',
  'accesskey',
  'autofocus',
  'spellcheck',
  'itemid',
  'itemprop',
  'itemref',
  'itemscope',
  'itemtype',
]);

/** @param {string} name whether an attribute is a key of the spec */
export function isSpecAttribute(name) {
  return (
    !ownAttributes.includes(name) &&
    !globalAttributes.has(name) &&
    !/^(?:data-|aria-|on|xml|:|@|v-|_ng)/.test(name)
  );
}

/** The state that an element's attributes spell. @param {Element} element */
export function stateOfAttributes(element) {
  /** @type {[string, string][]} */
  const pairs = [['lab', element.getAttribute('lab') ?? '']];
  for (const { name, value } of element.attributes) {
    if (isSpecAttribute(name)) pairs.push([keyOfAttribute(name), value]);
  }
  return formatState(pairs);
}

/**
 * What is not shown, from `controls` and `hide`; throws for a name it does not know.
 * @param {Element} element
 */
export function hiddenParts(element) {
  const controls = element.getAttribute('controls') || 'full';
  if (!(controls in hiddenBy)) {
    throw new Error(`controls must be one of ${Object.keys(hiddenBy).join(', ')}, got ${controls}`);
  }
  const names = (element.getAttribute('hide') ?? '').split(/[\s,]+/).filter(Boolean);
  const unknown = names.find((name) => !hideable.includes(name));
  if (unknown) throw new Error(`hide may name ${hideable.join(', ')}, got ${unknown}`);
  return new Set([...hiddenBy[controls], ...names]);
}

/** How many recipes a list names, without parsing it: for the room to reserve. @param {string} text */
export function countRecipes(text) {
  let depth = 0;
  let count = text.trim() ? 1 : 0;
  for (const character of text.replace(/"[^"]*"|'[^']*'/g, '')) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) count += 1;
  }
  return count;
}
