/** A pinned run, "0:lab=…": a runner, and the spec that gives its curves again. @param {string} text */
export function readPin(text) {
  const cut = text.indexOf(':');
  return { runner: Number(text.slice(0, cut)), spec: text.slice(cut + 1) };
}
