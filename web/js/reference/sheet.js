/** Prints the questions alone. */
export function startSheet() {
  document.querySelector('#print-sheet')?.addEventListener('click', () => {
    document.documentElement.dataset.print = 'sheet';
    window.print();
  });
  window.addEventListener('afterprint', () => delete document.documentElement.dataset.print);
}
