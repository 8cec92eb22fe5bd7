/**
 * What can be done to the list of runners.
 * @param {import('../shell/lab-view.js').LabView} view
 * @param {{ focus: (index: number) => void }} options
 */
export function runnerActions(view, { focus }) {
  const list = () => view.recipesKnob?.id ?? '';
  /** @param {number} index */
  const place = (index) => `${list()}/${index}`;

  return {
    /** @param {number} index */
    onToggle(index) {
      const hidden = new Set(view.view.hidden);
      if (!hidden.delete(index)) hidden.add(index);
      view.show({ hidden });
    },
    /** Throws what the core throws. @param {number} index @param {string} recipe */
    onEdit(index, recipe) {
      view.set({ knob: place(index), value: recipe });
    },
    /** @param {string} recipe */
    onAdd(recipe) {
      view.try(() => {
        view.change((session) => session.add(list(), recipe));
        view.show({ selected: view.description.subjects.length - 1 });
      });
    },
    /** @param {number} index @param {string} decorator */
    onWrap(index, decorator) {
      view.try(() => view.change((session) => session.wrap(place(index), decorator)));
    },
    /** @param {number} index */
    onRemove(index) {
      const { selected } = view.view;
      const others = [...view.view.hidden].filter((k) => k !== index);
      const hidden = new Set(others.map((k) => (k > index ? k - 1 : k)));
      view.withUndo(`Removed ${view.description.subjects[index].label}.`, () => {
        view.change((session) => session.remove(place(index)));
        view.show({ hidden, selected: selected > index ? selected - 1 : view.view.selected });
      });
      focus(index);
    },
  };
}
