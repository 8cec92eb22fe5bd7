import { icon } from '../widgets/icons.js';
import { choiceKnob, flagKnob } from './choice-knob.js';
import { numberKnob, seedKnob } from './number-knob.js';
import { pointKnob } from './point-knob.js';
import { recipeKnob } from './recipe-knob.js';
import { textKnob } from './text-knob.js';

/** @typedef {import('../types.js').Knob} Knob */
/** @typedef {import('../types.js').Mark} Mark */

/**
 * What may be done to what stands at a path, such as "schedule/steps"; it throws what the core
 * throws, and the control shows it.
 * @typedef {object} Edits
 * @property {(path: string, value: string) => void} set
 * @property {(path: string, decorator: string) => void} wrap puts the recipe there into another
 */

/**
 * @typedef {object} Context
 * @property {(value: string) => void} onChange the knob's own value
 * @property {Edits} edits of the knob and of its neighbours
 * @property {import('./entries.js').Entries} entries
 * @property {typeof import('./knob-list.js').knobList} list makes the controls of a recipe's own knobs
 * @property {number} [visibleInside] how many knobs of a recipe stand before "More"
 */

/**
 * What a knob itself does not know.
 * @typedef {object} Extra
 * @property {[number, number] | null} [at] where a point given by name lies
 * @property {Map<string, string>} [idle] knobs that mean nothing now, and why
 */

/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {HTMLElement} [inner] controls of a recipe's own knobs, to stand beside or below
 * @property {(knob: Knob, marks?: Mark[], extra?: Extra) => void} update
 */

/** A seed is a whole number on which no slider makes sense. @param {Knob} knob */
function isName(knob) {
  return knob.type === 'integer' && knob.usualHigh - knob.usualLow > 9e2 && knob.scale === 'linear';
}

/**
 * The control for a knob, from the knob alone.
 * @param {Knob} knob
 * @param {Context} context
 * @returns {Control}
 */
export function knobControl(knob, context) {
  switch (knob.type) {
    case 'number':
      return numberKnob(knob, context);
    case 'integer':
      return isName(knob) || knob.id === 'seed'
        ? seedKnob(knob, { ...context, dice: icon('dice') })
        : numberKnob(knob, context);
    case 'choice':
      return choiceKnob(knob, context);
    case 'flag':
      return flagKnob(knob, context);
    case 'point':
      return pointKnob(knob, context);
    case 'recipe':
      return recipeKnob(knob, context);
    default:
      return textKnob(knob, context);
  }
}
