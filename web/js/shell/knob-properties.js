import { attributeOfKey } from './url-state.js';

/**
 * Knobs become properties of the element, except where HTML has a property of that name. Setting
 * one sets the attribute; reading asks the lab.
 * @param {HTMLElement} element
 * @param {() => import('../types.js').Knob[]} knobs
 */
export function defineKnobs(element, knobs) {
  for (const { id } of knobs()) {
    if (id in element) continue;
    Object.defineProperty(element, id, {
      configurable: true,
      enumerable: true,
      get: () => knobs().find((knob) => knob.id === id)?.value,
      set: (value) => element.setAttribute(attributeOfKey(id), String(value)),
    });
  }
}
