import { replaceAt } from './recipe-text.js';

/**
 * What can be done to the list of runners: each is a new text for the one knob that holds it.
 * @param {import('../shell/lab-view.js').LabView} view
 * @param {{ recipes: import('./recipe-text.js').Recipes, focus: (index: number) => void }} options
 */
export function runnerActions(view, { recipes, focus }) {
  const texts = () => view.description.subjects.map(({ recipe }) => recipe);
  /** @param {string} text */
  const setAll = (text) => {
    const list = view.recipesKnob;
    if (list) view.set({ knob: list.id, value: text });
  };

  return {
    /** @param {number} index */
    onToggle(index) {
      const hidden = new Set(view.view.hidden);
      if (!hidden.delete(index)) hidden.add(index);
      view.show({ hidden });
    },
    /** Throws what the core throws. @param {number} index @param {string} recipe */
    onEdit(index, recipe) {
      // Parsed alone first, so that a column in the message counts from where the person types.
      recipes.parse(recipe);
      setAll(replaceAt(texts(), index, recipe));
    },
    /** @param {string} recipe */
    onAdd(recipe) {
      view.try(() => {
        setAll([...texts(), recipe].join(', '));
        view.show({ selected: view.description.subjects.length - 1 });
      });
    },
    /** @param {number} index */
    onRemove(index) {
      const { selected } = view.view;
      const others = [...view.view.hidden].filter((k) => k !== index);
      const hidden = new Set(others.map((k) => (k > index ? k - 1 : k)));
      view.withUndo(`Removed ${view.description.subjects[index].label}.`, () => {
        setAll(replaceAt(texts(), index, null));
        view.show({ hidden, selected: selected > index ? selected - 1 : view.view.selected });
      });
      focus(index);
    },
  };
}
