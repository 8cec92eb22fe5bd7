/** Cards that hold every word typed and belong to a chosen group; none chosen means all. */

export function startFilter() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('#filter'));
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector('#filter-text'));
  if (!form || !field) return;
  const cards = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.card')]);
  const groups = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.card-group')]);
  const chips = /** @type {HTMLElement[]} */ ([...form.querySelectorAll('.filter-chip')]);
  const count = document.querySelector('#filter-count');
  const empty = /** @type {HTMLElement | null} */ (document.querySelector('#filter-empty'));
  const texts = new Map(cards.map((card) => [card, textOf(card)]));

  const update = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = chips.filter(isPressed).map(({ dataset }) => dataset.group ?? '');
    for (const card of cards) {
      const text = texts.get(card) ?? '';
      const own = (card.dataset.group ?? '').split(' ');
      const inGroup = chosen.length === 0 || chosen.some((group) => own.includes(group));
      card.hidden = !(inGroup && words.every((word) => text.includes(word)));
    }
    for (const group of groups) group.hidden = !group.querySelector('.card:not([hidden])');
    const shown = cards.filter(({ hidden }) => !hidden).length;
    if (empty) empty.hidden = shown > 0;
    const of = shown === cards.length ? '' : ` of ${cards.length}`;
    if (count) count.textContent = `${shown}${of} cards`;
  };

  const clear = () => {
    field.value = '';
    for (const chip of chips) chip.setAttribute('aria-pressed', 'false');
    update();
  };

  /** A link to a card that was sifted out brings all of them back. */
  const reveal = () => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    const target = document.querySelector('#cards')?.querySelector(`[id="${CSS.escape(id)}"]`);
    if (!target?.closest('[hidden]')) return;
    clear();
    target.scrollIntoView();
  };

  field.addEventListener('input', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  for (const chip of chips) {
    chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(!isPressed(chip)));
      update();
    });
  }
  document.querySelector('#filter-clear')?.addEventListener('click', () => {
    clear();
    field.focus();
  });
  window.addEventListener('hashchange', reveal);
  update();
}

/** @param {HTMLElement} chip */
const isPressed = (chip) => chip.getAttribute('aria-pressed') === 'true';

/** What a card says, without its formulas and its code. @param {HTMLElement} card */
function textOf(card) {
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  const words = [card.id];
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const isRead = !node.parentElement?.closest('math, pre, button, thead');
    if (isRead) words.push(node.textContent ?? '');
  }
  return words.join(' ').toLowerCase();
}
