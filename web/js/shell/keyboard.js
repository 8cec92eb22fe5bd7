/** @type {[string, string][]} */
export const shortcuts = [
  ['space', 'play or pause'],
  ['← →', 'one step back or forward; on the map, move the start'],
  ['↑ ↓', 'on the map, move the start'],
  ['Home End', 'first or last step'],
  ['r', 'reset'],
  ['F2', 'edit the selected runner'],
  ['Delete', 'remove the selected runner'],
  ['Esc', 'cancel a task; leave the full window'],
  ['?', 'this list'],
];

/** @param {EventTarget | null} target */
function takesText(target) {
  return (
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !['range', 'checkbox', 'radio'].includes(target.type))
  );
}

/** The keys that a control answers to by itself. @type {[string, RegExp][]} */
const ownKeys = [
  ['input[type=range]', /^(Arrow|Page|Home$|End$)/],
  ['input[type=radio]', /^(Arrow| $)/],
  ['input[type=checkbox]', /^ $/],
  ['button, summary', /^( |Enter)$/],
];

/**
 * Whether a key belongs to the control that holds the focus, and so to nobody around it.
 * @param {KeyboardEvent} event
 */
export function isControls(event) {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey) return false;
  const [target] = event.composedPath();
  if (takesText(target)) return !/^(Tab|Escape|F\d+)$/.test(key);
  return (
    target instanceof Element &&
    ownKeys.some(([controls, keys]) => target.matches(controls) && keys.test(key))
  );
}

/**
 * Keys of a lab, while the focus is inside and not where text is typed. What a control inside has
 * used is marked by it as done with.
 * @param {KeyboardEvent} event
 * @param {import('./lab-view.js').LabView} view
 * @returns {boolean} whether the key meant something
 */
export function handleKey(event, view) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const [target] = event.composedPath();
  // The slider of the player steps as the lab does; those of the knobs have used theirs.
  const isSlider = target instanceof HTMLInputElement && target.type === 'range';
  if (!isSlider && isControls(event)) return false;
  if (view.isTasked) {
    if (event.key === 'Escape') view.cancelTask();
    return event.key === 'Escape';
  }
  const { total } = view.session.state();
  switch (event.key) {
    case ' ':
      view.playback.toggle();
      return true;
    case 'ArrowLeft':
      view.playback.step(-1);
      return true;
    case 'ArrowRight':
      view.playback.step(1);
      return true;
    case 'Home':
      view.playback.seek(0);
      return true;
    case 'End':
      view.playback.seek(total);
      return true;
    case 'r':
      view.playback.reset();
      return true;
    case '?':
      view.showHelp();
      return true;
    default:
      return false;
  }
}
