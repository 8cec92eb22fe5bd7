/**
 * One lab in one file that opens from disk: a classic script, since a module may not be loaded
 * there, and a policy that names the script by its hash and allows no request at all.
 */
import { createHash } from 'node:crypto';

const kStyle = 'body{margin:0 auto;padding:16px;max-width:976px;background:var(--descent-paper);color:var(--descent-ink);' +
  'font-family:var(--descent-font-prose)}h1{font-size:var(--descent-text-3);margin:0}h2{font-size:var(--descent-text-4);font-weight:400;margin:4px 0 24px}';

/**
 * @param {{ id: string, title: string, sentence: string }} lab
 * @param {string} script the bundle, as a classic script
 * @param {string} tokens the style sheet of the design tokens
 * @param {string} notices
 */
export function standalonePage(lab, script, tokens, notices) {
  const style = tokens + kStyle;
  // Inside a script element these two would end it, or hide its end.
  const code = script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--').trim();
  const policy = `default-src 'none'; script-src '${hash(code)}' 'wasm-unsafe-eval'; style-src '${hash(style)}'; img-src data: blob:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(lab.title)} · Descent</title>
<meta name="description" content="${escape(lab.sentence)}">
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<h1>Descent</h1>
<h2>${escape(lab.sentence)}</h2>
<descent-lab lab="${escape(lab.id)}">${escape(lab.sentence)}</descent-lab>
</main>
<script>${code}</script>
</body>
</html>
<!--
${notices.replace(/--(!?)>/g, '- -$1>')}-->
`;
}

/** @param {string} text */
const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** @param {string} text */
const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
