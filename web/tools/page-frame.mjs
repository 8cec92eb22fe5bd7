/** What every page of the site begins with: the head, and the bar at the top. */
import { kPolicy } from './serve.mjs';

const kIcon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Cpath d='M2 7c4 0 4 10 10 10s6-8 10-8' fill='none' stroke='%2300647c' stroke-width='2.4' stroke-linecap='round'/%3E%3Ccircle cx='12' cy='12.6' r='3' fill='%2300647c'/%3E%3C/svg%3E";

const kHead = `<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${kPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${kIcon}">
<link rel="stylesheet" href="css/page.css">`;

const kHelp = '<button type="button" id="help-open" aria-label="Keys and controls" title="Keys and controls">?</button>\n    ';

/** @type {(options: { home: string, nav: string, tools: string }) => string} */
const bar = ({ home, nav, tools }) => `<a class="skip" href="#main">Skip to the text</a>
<header class="site-head">
  <a class="brand" href="${home}">
    <svg class="brand-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d="M1.5 6.5c4.5 0 4.5 11 10.5 11s6-8 10.5-8" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"/>
      <circle cx="12" cy="13.4" r="2.6" fill="currentColor"/>
    </svg>
    Descent</a>
  <nav class="site-nav" aria-label="Site">
    ${nav}
  </nav>
  <div class="site-tools">
    ${tools}<button type="button" id="theme" aria-label="Dark colours" title="Light or dark">
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
        <circle cx="10" cy="10" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/>
        <path d="M10 3.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor"/>
      </svg>
    </button>
  </div>
</header>`;

const kHome = 'index.html';
/** Addresses and words of the bar's links. */
const kNav = [[`${kHome}#the-race`, 'Labs'], ['reference.html', 'Reference'], [`${kHome}#embed`, 'Embed'], [`${kHome}#headless`, 'Command line']];

/**
 * Fills `<!-- head -->` and `<!-- bar -->` of a page.
 * @param {string} html
 * @param {string} name of its file
 */
export function withFrame(html, name) {
  const isHome = name === kHome;
  const nav = kNav.map(([href, words]) => {
    const address = isHome ? href.replace(kHome, '') : href;
    return `<a href="${address}"${href === name ? ' aria-current="page"' : ''}>${words}</a>`;
  }).join('\n    ');
  const frame = bar({ home: isHome ? '#top' : kHome, nav, tools: html.includes('id="help"') ? kHelp : '' });
  return html.replace('<!-- head -->', () => kHead).replace('<!-- bar -->', () => frame);
}
