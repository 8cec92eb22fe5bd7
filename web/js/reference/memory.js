/** The calculator: parameters, optimizer and precisions in, gigabytes out. */
import { countInWords, formatBytes, kPrecisions, parseCount } from './bytes.js';

export function startMemory() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('#memory-form'));
  const table = /** @type {HTMLTableElement | null} */ (document.querySelector('#memory'));
  const message = document.querySelector('#memory-message');
  if (!form || !table || !message) return;
  const field = /** @type {HTMLInputElement} */ (form.querySelector('#memory-count'));
  const chosen = (/** @type {string} */ id) =>
    /** @type {HTMLSelectElement} */ (form.querySelector(id)).value;

  const update = () => {
    const { count, message: problem } = parseCount(field.value);
    message.textContent = problem || countInWords(count);
    message.classList.toggle('is-wrong', Boolean(problem));
    if (problem) {
      field.setAttribute('aria-invalid', 'true');
      return;
    }
    field.removeAttribute('aria-invalid');
    const weights = count * kPrecisions[chosen('#memory-weights')];
    const one = count * kPrecisions[chosen('#memory-state')];
    const own = one * Number(chosen('#memory-optimizer'));
    show('weights', weights);
    show('gradients', weights);
    show('optimizer', own);
    show('total', 2 * weights + own);
    for (const row of table.tBodies[0].rows) {
      row.cells[row.cells.length - 1].textContent = formatBytes(Number(row.dataset.state) * one);
    }
  };

  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  update();
}

/** @param {string} part @param {number} size in bytes */
function show(part, size) {
  const sum = document.querySelector(`#memory-sum-${part}`);
  if (sum) sum.textContent = formatBytes(size);
}
