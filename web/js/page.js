/** The page around the labs: theme, links that carry a state, the help. */
import './element.js';
import { guarded, startTheme } from './theme.js';
import { shortcuts } from './ui/keyboard.js';
import { parseState } from './ui/url-state.js';

/** @typedef {import('./element.js').DescentLab} DescentLab */

const hashPause = 300;

const labs = () => /** @type {DescentLab[]} */ ([...document.querySelectorAll('descent-lab')]);

/** A hash with `lab=` is a state; any other is an anchor, which the browser knows. */
function restore() {
  const spec = window.location.hash.slice(1);
  const state = parseState(spec);
  const id = state.get('lab');
  if (!id) return;
  const named = state.get('view.id');
  const all = labs();
  const lab =
    all.find((candidate) => candidate.id === named) ??
    all.find((candidate) => candidate.getAttribute('lab') === id);
  if (!lab) return;
  lab.setState(spec);
  lab.scrollIntoView({ block: 'start' });
}

/** The lab that was touched last keeps its state in the address. */
function keepHash() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  document.addEventListener('statechange', (event) => {
    const lab = /** @type {DescentLab} */ (event.target);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const name = lab.id ? `&view.id=${lab.id}` : '';
      guarded(() => {
        history.replaceState(null, '', `#${lab.getState().spec}${name}`);
        return null;
      });
    }, hashPause);
  });
}

function startHelp() {
  const help = /** @type {HTMLDialogElement | null} */ (document.querySelector('#help'));
  const list = help?.querySelector('dl');
  for (const [keys, what] of shortcuts) {
    const term = document.createElement('dt');
    for (const key of keys.split(' ')) {
      const cap = document.createElement('kbd');
      cap.textContent = key;
      term.append(cap, ' ');
    }
    const text = document.createElement('dd');
    text.textContent = what;
    list?.append(term, text);
  }
  document.querySelector('#help-open')?.addEventListener('click', () => help?.showModal());
  help?.addEventListener('click', (event) => {
    if (event.target === help) help.close();
  });
}

/** Which section is being read. */
function followSections() {
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('.contents a')]);
  const sections = [...document.querySelectorAll('main section[id]')];
  const seen = new IntersectionObserver(
    () => {
      const line = window.innerHeight * 0.35;
      const current =
        sections.filter((section) => section.getBoundingClientRect().top < line).at(-1) ??
        sections[0];
      for (const link of links) {
        if (link.hash === `#${current?.id}`) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '-35% 0px -64% 0px', threshold: [0, 0.01] },
  );
  for (const section of sections) seen.observe(section);
}

/** A formula wider than its column is scrolled, so the keyboard has to get there. */
function watchFormulas() {
  const widths = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  for (const formula of document.querySelectorAll('div.tex')) widths.observe(formula);
}

/** Snippets are for copying. */
function startCopy() {
  for (const button of document.querySelectorAll('.snippet button')) {
    const code = button.parentElement?.querySelector('code');
    button.addEventListener('click', async () => {
      let word = 'Copied';
      try {
        await navigator.clipboard.writeText(code?.textContent ?? '');
      } catch {
        word = 'Select and copy';
      }
      button.textContent = word;
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2000);
    });
  }
}

startTheme((theme) => {
  for (const lab of labs()) lab.setAttribute('theme', theme);
});
restore();
window.addEventListener('hashchange', restore);
keepHash();
startHelp();
followSections();
watchFormulas();
startCopy();
