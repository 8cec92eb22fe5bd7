// What the attention lab says of itself: its words, the matrices of the head shown, and the entries
// that were set by hand.

import { knobValue } from '../../panels/network-data.js';

/** @typedef {import('../../types.js').LabDescription} LabDescription */

const kPad = '[pad]';

/** Every token of the sequence, padding last. @param {LabDescription} description */
export function wordsOf(description) {
  const typed = knobValue(description, 'tokens').split(/[ \t\n\v\f\r]+/).filter(Boolean);
  return [...typed, ...Array.from({ length: Number(knobValue(description, 'padding')) }, () => kPad)];
}

/** How many of them are words. @param {LabDescription} description */
export const countTyped = (description) => wordsOf(description).length - Number(knobValue(description, 'padding'));

/** Who sees whom. @param {LabDescription} description @returns {(i: number, j: number) => boolean} */
export function maskOf(description) {
  const typed = countTyped(description);
  const isCausal = knobValue(description, 'causal') === 'on';
  return (i, j) => j >= typed || (isCausal && j > i);
}

/** The head shown, from 0: the last where there are fewer. @param {LabDescription} description */
export function headOf(description) {
  return Math.min(Number(knobValue(description, 'head')), Number(knobValue(description, 'heads'))) - 1;
}

/** "Wq(1,2)=0.5; K(3,1)=-1" @param {string} text @returns {Map<string, string>} */
export function readEdits(text) {
  const parts = text.split(';').map((part) => /^\s*(\w+)\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)\s*=\s*(.*?)\s*$/.exec(part));
  return new Map(parts.flatMap((found) => (found ? [[`${found[1]}(${found[2]},${found[3]})`, found[4]]] : [])));
}

/** @param {Map<string, string>} edits */
export const writeEdits = (edits) => [...edits].map(([name, value]) => `${name}=${value}`).join('; ');
