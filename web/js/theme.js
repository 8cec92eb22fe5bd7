/** Light or dark: the system's choice until someone presses the button, which is remembered. */

const themeKey = 'descent-theme';

/** Storage is refused in a sandbox and for files. @param {() => string | null} access */
export function guarded(access) {
  try {
    return access();
  } catch {
    return null;
  }
}

/** @param {string} theme "light", "dark" or "auto" @param {(theme: string) => void} onTheme */
function setTheme(theme, onTheme) {
  const chosen = theme === 'light' || theme === 'dark';
  if (chosen) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  onTheme(chosen ? theme : 'auto');
}

/** @param {(theme: string) => void} [onTheme] hears of each choice */
export function startTheme(onTheme = () => {}) {
  const button = document.querySelector('#theme');
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const stored = guarded(() => localStorage.getItem(themeKey));
  if (stored) setTheme(stored, onTheme);
  const isDark = () =>
    (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const name = () =>
    button?.setAttribute('aria-label', isDark() ? 'Light colours' : 'Dark colours');
  button?.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    setTheme(theme, onTheme);
    name();
    guarded(() => {
      localStorage.setItem(themeKey, theme);
      return null;
    });
  });
  system.addEventListener('change', name);
  name();
}
