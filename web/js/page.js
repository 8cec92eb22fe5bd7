/** The page around the labs: theme, links that carry a state, the help. */
import './element.js';
import { guarded, startTheme } from './theme.js';
import { ruleOfTurning } from './widgets/dialog.js';
import { shortcuts } from './shell/keyboard.js';
import { messageOf } from './widgets/dom.js';
import { formatState, parseState, splitStates } from './shell/url-state.js';

/** @typedef {import('./element.js').DescentLab} DescentLab */

const hashPause = 300;

const labs = () => /** @type {DescentLab[]} */ ([...document.querySelectorAll('descent-lab')]);

/** Those that the address tells of, the latest last. @type {Set<DescentLab>} */
const told = new Set();

/** A hash with `lab=` is the state of one lab or of several; any other is an anchor, which the browser knows. */
function restore() {
  const text = window.location.hash.slice(1);
  if (!parseState(text).has('lab')) return;
  /** @type {string[]} */
  const problems = [];
  for (const spec of splitStates(text)) {
    try {
      const lab = labOf(parseState(spec));
      lab.setState(spec);
      keep(lab);
    } catch (problem) {
      problems.push(messageOf(problem));
    }
  }
  tell(problems);
  if (problems.length === 0) [...told].at(-1)?.scrollIntoView({ block: 'start' });
}

/** Whose state this is; throws if nobody's. @param {Map<string, string>} state */
function labOf(state) {
  const id = state.get('lab') ?? '';
  const known = new Set(labs().map((lab) => lab.getAttribute('lab')));
  const all = labs().filter((lab) => lab.getAttribute('lab') === id);
  if (all.length === 0) throw new Error(`lab must be one of ${[...known].join(', ')}, got "${id.slice(0, 60)}"`);
  const name = state.get('view.id');
  // One that stands alone in a file has no name.
  const lab = name === undefined ? all[0] : all.find((candidate) => candidate.id === name || !candidate.id);
  if (lab) return lab;
  throw new Error(`view.id must be one of ${all.map((candidate) => candidate.id).join(', ')} for lab=${id}, got ${name?.slice(0, 60)}`);
}

/** What the address asks for and is not here, at the top of the page. @param {string[]} problems */
function tell(problems) {
  document.querySelector('.address-problem')?.remove();
  if (problems.length === 0) return;
  const box = document.createElement('p');
  box.className = 'address-problem';
  box.setAttribute('role', 'alert');
  box.textContent = `The address asks for what is not here: ${problems.join('; ')}.`;
  document.querySelector('main')?.prepend(box);
  window.scrollTo(0, 0);
}

/** @param {DescentLab} lab that was touched last */
function keep(lab) {
  told.delete(lab);
  told.add(lab);
}

/** Every lab that was touched keeps its state in the address. */
function keepHash() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  document.addEventListener('statechange', (event) => {
    keep(/** @type {DescentLab} */ (event.target));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const states = [...told].map((lab) => lab.getState().spec + (lab.id ? `&${formatState([['view.id', lab.id]])}` : ''));
      guarded(() => {
        history.replaceState(null, '', `#${states.join('&')}`);
        return null;
      });
    }, hashPause);
  });
}

/** A lab that has come takes the room it needs, not what was kept for it. */
function freeRoom() {
  document.addEventListener('ready', ({ target }) => /** @type {Element} */ (target).classList.add('is-open'));
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
  const rule = document.createElement('p');
  rule.textContent = ruleOfTurning;
  list?.after(rule);
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
freeRoom();
keepHash();
startHelp();
followSections();
startCopy();
