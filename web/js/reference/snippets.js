/** One listener for all the snippets: what was copied, its button says. */
export function startSnippets() {
  document.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element && target.closest('.snippet button');
    const code = button && button.parentElement?.querySelector('code');
    if (!button || !code) return;
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      button.textContent = 'Copied';
    } catch {
      window.getSelection()?.selectAllChildren(code);
      button.textContent = 'Selected';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  makeScrollable();
}

/** A formula wider than its card can be scrolled, and so must be reached by keyboard. */
function makeScrollable() {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  for (const formula of document.querySelectorAll('.card-formula')) watch.observe(formula);
}
