import { h, uniqueId } from '../widgets/dom.js';

/** The parts that a quieter way of control leaves out. @type {Record<string, string[]>} */
export const hiddenBy = {
  full: [],
  min: ['tools', 'runners', 'knobs', 'readings'],
  none: ['tools', 'runners', 'knobs', 'readings', 'player', 'status', 'title'],
};

/** What `hide` may name. */
export const hideable = [
  'title',
  'subtitle',
  'tools',
  'presets',
  'table',
  'link',
  'export',
  'expand',
  'help',
  'runners',
  'curves',
  'readings',
  'player',
  'status',
  'knobs',
  'own-knobs',
  'runner-knobs',
  'more',
];

/**
 * The places of a lab in the order of reading. What goes into them comes later, but their room is
 * taken at once.
 * @param {Set<string>} hide
 * @param {number} runners how many to expect
 */
export function labFrame(hide, runners) {
  const id = uniqueId('lab');
  // A heading without words would be read as one.
  const title = h('h3', { class: 'title', id, hidden: true });
  const subtitle = h('p', { class: 'subtitle' });
  const head = h('header', { class: 'head', part: 'head' }, title, subtitle);
  const plot = h(
    'div',
    { class: 'plot', part: 'plot' },
    h('div', { class: 'fallback' }, h('slot')),
  );
  const curveHead = h('div', { class: 'curves-head' });
  const curves = h('div', { class: 'curves-plot' });
  const curveBox = h('div', { class: 'curves', part: 'curves' }, curveHead, curves);
  const readout = h('div', { class: 'readout', part: 'readout' });
  // Not a landmark: a page may hold ten labs of one name.
  const lab = h('div', {
    class: 'lab',
    part: 'lab',
    role: 'group',
    'aria-labelledby': id,
    tabindex: -1,
  });
  const frame = h('div', { class: 'frame' }, lab);

  for (const name of hide) lab.classList.add(`no-${name}`);
  const chips = Array.from({ length: runners }, () => h('div', { class: 'chip' }));
  /** @type {[string, HTMLElement][]} */
  const order = [
    ['', head],
    ['runners', h('div', { class: 'chips' }, chips, h('span', { class: 'add-button' }))],
    ['', plot],
    ['status', h('div', { class: 'status' })],
    ['player', h('div', { class: 'player' })],
    ['curves', curveBox],
    ['readings', readout],
    ['knobs', h('div', { class: 'knobs' })],
  ];
  lab.append(...order.filter(([name]) => !hide.has(name)).map(([, node]) => node));
  return { frame, lab, head, title, subtitle, plot, curves, curveHead, curveBox, readout };
}

/**
 * What the lab says of itself.
 * @param {ReturnType<typeof labFrame>} frame
 * @param {{ title: string, subtitle: string, hasPlot: boolean, isWide: boolean }} lab
 */
export function fillFrame({ lab, title, subtitle, plot }, { title: name, subtitle: words, hasPlot, isWide }) {
  title.textContent = name;
  title.hidden = false;
  subtitle.textContent = words;
  lab.classList.toggle('no-plot', !hasPlot);
  lab.classList.toggle('is-wide', isWide);
  plot.hidden = !hasPlot;
}

/**
 * What stands in a lab that could not be opened.
 * @param {string} message
 * @param {(() => void) | null} onDefaults opens the lab as it comes
 */
export function errorBox(message, onDefaults) {
  return h(
    'div',
    { class: 'frame' },
    h(
      'div',
      { class: 'lab error-box', role: 'alert', part: 'error' },
      h('p', { class: 'error-text' }, message),
      onDefaults &&
        h('button', { type: 'button', class: 'text-button', onclick: onDefaults }, 'Open with its defaults'),
      h('div', { class: 'fallback' }, h('slot')),
    ),
  );
}
