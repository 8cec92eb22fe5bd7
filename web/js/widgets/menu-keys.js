const forget = 700; // milliseconds until typing begins a new word

/**
 * The item that a key leads to: arrows, also to the next column, or an end.
 * @param {string} key
 * @param {HTMLElement[]} all
 * @param {number} at
 */
export function neighbour(key, all, at) {
  if (key === 'ArrowDown') return all[(at + 1) % all.length];
  if (key === 'ArrowUp') return all[(at - 1 + all.length) % all.length];
  if (key === 'Home') return all[0];
  if (key === 'End') return all[all.length - 1];
  if ((key !== 'ArrowRight' && key !== 'ArrowLeft') || at < 0) return undefined;
  const way = key === 'ArrowRight' ? 1 : -1;
  const from = all[at].getBoundingClientRect();
  const distance = (/** @type {HTMLElement} */ node) => {
    const { left, top } = node.getBoundingClientRect();
    const across = way * (left - from.left);
    return across > 1 ? across * window.innerHeight + Math.abs(top - from.top) : Infinity;
  };
  const near = all.reduce((best, node) => (distance(node) < distance(best) ? node : best), all[at]);
  return near === all[at] ? undefined : near;
}

/** Goes to an item by its name as it is typed. */
export function typeAhead() {
  let typed = '';
  let typedAt = 0;
  const isFresh = () => typed === '' || performance.now() - typedAt > forget;

  return {
    reset() {
      typed = '';
    },
    /** Whether a key belongs to a name; a space alone is a click. @param {KeyboardEvent} event */
    takes: ({ key, ctrlKey, metaKey, altKey }) =>
      key.length === 1 && !ctrlKey && !metaKey && !altKey && (key !== ' ' || !isFresh()),
    /** @param {string} key @param {HTMLElement[]} all @param {number} at */
    find(key, all, at) {
      typed = (isFresh() ? '' : typed) + key.toLowerCase();
      typedAt = performance.now();
      return named(typed, all, at);
    },
  };
}

/**
 * The next item whose name, or a word of it, begins like this; one letter again and again goes
 * through all that it begins.
 * @param {string} begin
 * @param {HTMLElement[]} all
 * @param {number} at
 */
function named(begin, all, at) {
  const isRepeated = [...begin].every((letter) => letter === begin[0]);
  const wanted = isRepeated ? begin[0] : begin;
  const first = isRepeated ? at + 1 : at;
  const order = [...all.slice(first), ...all.slice(0, first)];
  const text = (/** @type {HTMLElement} */ node, /** @type {string} */ part) =>
    node.querySelector(part)?.textContent?.toLowerCase() ?? '';
  const tests = [
    (/** @type {HTMLElement} */ node) => text(node, '.menu-label').startsWith(wanted),
    (/** @type {HTMLElement} */ node) => text(node, '.menu-detail').startsWith(wanted),
    (/** @type {HTMLElement} */ node) =>
      text(node, '.menu-label').split(/[\s–-]+/).some((word) => word.startsWith(wanted)),
  ];
  return tests.map((test) => order.find(test)).find(Boolean);
}
