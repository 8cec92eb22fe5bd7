/** The modules of the core as the page has them, and what is in them. */
import assert from 'node:assert/strict';
import { openEngines } from './support.mjs';

export const modules = await openEngines();
/** Every lab, with the engine that has it. */
export const labs = modules.flatMap(({ engine, catalogue }) => catalogue.labs.map((lab) => ({ ...lab, engine })));
/** Whatever a recipe may name, with an engine that has it. */
export const entries = modules.flatMap(({ engine, catalogue: { optimizers, schedules, landscapes, problems, datasets } }) =>
  [...optimizers, ...schedules, ...landscapes, ...problems, ...datasets].map((entry) => ({ ...entry, engine })))
  .filter(({ kind, id }, i, all) => all.findIndex((other) => other.kind === kind && other.id === id) === i);
export const live = () => modules.reduce((sum, module) => sum + module.engine.live(), 0);
/**
 * The text of the error that a call ends in; every word of `names` has to stand in it.
 * @param {() => unknown} call
 * @param {string[]} [names]
 */
export function refusal(call, names = []) {
  /** @type {unknown} */
  let caught;
  try {
    call();
  } catch (failure) {
    caught = failure;
  }
  assert.ok(caught instanceof Error, `an Error was expected, got ${String(caught)}`);
  assert.doesNotMatch(caught.message, /std::|BindingError|has stopped|undefined is not|^\d*$/);
  for (const name of names) assert.ok(caught.message.includes(name), `"${caught.message}" does not name ${name}`);
  return caught.message;
}
