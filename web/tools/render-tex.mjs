/**
 * Formulas become MathML while the site is built: KaTeX's HTML carries inline styles, which the
 * page's Content-Security-Policy refuses.
 */
import katex from 'katex';

const kTex = /<(span|div)\b([^>]*\sclass="(?:[^"]*\s)?tex(?:\s[^"]*)?"[^>]*)>([^<]*)<\/\1>/g;
const kEntities = /** @type {Record<string, string>} */ ({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' });

/**
 * Every `<span class="tex">` (inline) and `<div class="tex">` (display) in a page.
 * @param {string} html
 */
export function renderTex(html) {
  return html.replace(kTex, (_, tag, attributes, text) => {
    const tex = text.replace(/&(\w+);/g, (/** @type {string} */ whole, /** @type {string} */ name) => kEntities[name] ?? whole).trim();
    return `<${tag}${attributes}>${tag === 'div' ? display(tex) : formula(tex, false)}</${tag}>`;
  });
}

/**
 * A display has parts, which \qquad sets apart, and an author names with \allowbreak where one may
 * go on in the next line; where there is no room, they stand one under another.
 * @param {string} tex
 */
function display(tex) {
  const parts = tex.split(/\\qquad/).map((part) => part.split(/\\allowbreak/).map((piece) => formula(piece.trim(), true)));
  return parts.map((pieces) => `<span class="tex-part">${pieces.join('')}</span>`).join('');
}

/**
 * @param {string} tex
 * @param {boolean} displayMode
 */
export function formula(tex, displayMode) {
  const mathml = katex.renderToString(tex, { displayMode, output: 'mathml', throwOnError: true, strict: 'error' });
  const math = mathml.replace(/^<span class="katex">/, '').replace(/<\/span>$/, '');
  if (/\sstyle=/.test(math)) throw new Error(`this formula needs an inline style: ${tex}`);
  return math;
}
