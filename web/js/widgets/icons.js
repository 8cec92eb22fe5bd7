// Drawn on a 20 × 20 grid with a stroke of 1.5; a few are filled.

/** @type {Record<string, string>} */
const strokes = {
  link: 'M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1',
  download: 'M10 3v9M6.5 8.8 10 12.3l3.5-3.5M3.5 12.5v3a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-3',
  expand: 'M11.5 3.5h5v5M16.5 3.5 11 9M8.5 16.5h-5v-5M3.5 16.5 9 11',
  collapse: 'M16.5 8.5h-5v-5M11.5 8.5 17 3M3.5 11.5h5v5M8.5 11.5 3 17',
  undo: 'M4 8h8a4 4 0 0 1 0 8H8M4 8l3.2-3.2M4 8l3.2 3.2',
  reset: 'M4.6 5.4v3.4H8M4.9 8.6A5.8 5.8 0 1 1 4.3 11.2',
  close: 'M6.2 6.2l7.6 7.6M13.8 6.2l-7.6 7.6',
  plus: 'M10 4.5v11M4.5 10h11',
  chevron: 'M6 8l4 4 4-4',
  axes: 'M4 3.5v12.5h12.5M7 12.5l3-4 2.5 2 3.5-5',
  table: 'M3.5 4.5h13v11h-13zM3.5 8.5h13M8.5 8.5v7M3.5 12h13',
  warning: 'M10 3.8 17 16H3zM10 8.5v3.5M10 13.9v.2',
  info: 'M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M10 9.2v4M10 6.7v.2',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  clock: 'M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M10 6.5V10l2.4 1.6',
  pencil: 'M4 16l.8-3.2 8.4-8.4 2.4 2.4-8.4 8.4zM11.6 6l2.4 2.4',
  back: 'M5.2 4.8v10.4M14.8 5.2v9.6L8 10z',
  forward: 'M14.8 4.8v10.4M5.2 5.2v9.6L12 10z',
  dice: 'M5 3.8h10a1.2 1.2 0 0 1 1.2 1.2v10a1.2 1.2 0 0 1-1.2 1.2H5A1.2 1.2 0 0 1 3.8 15V5A1.2 1.2 0 0 1 5 3.8z',
};

/** @type {Record<string, string>} */
const solids = {
  play: 'M7 4.6v10.8L15.4 10z',
  pause: 'M6.2 4.8h2.6v10.4H6.2zM11.2 4.8h2.6v10.4h-2.6z',
  dice: 'M7.2 6.1a1.1 1.1 0 1 0 0 2.2a1.1 1.1 0 0 0 0-2.2M12.8 6.1a1.1 1.1 0 1 0 0 2.2a1.1 1.1 0 0 0 0-2.2M10 8.9a1.1 1.1 0 1 0 0 2.2a1.1 1.1 0 0 0 0-2.2M7.2 11.7a1.1 1.1 0 1 0 0 2.2a1.1 1.1 0 0 0 0-2.2M12.8 11.7a1.1 1.1 0 1 0 0 2.2a1.1 1.1 0 0 0 0-2.2',
};

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * @param {string} data
 * @param {string} className
 */
function path(data, className) {
  const element = document.createElementNS(svgNamespace, 'path');
  element.setAttribute('d', data);
  element.setAttribute('class', className);
  return element;
}

/**
 * A decorative icon; the button around it carries the name.
 * @param {string} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  if (!(name in strokes) && !(name in solids)) throw new Error(`unknown icon: ${name}`);
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  if (strokes[name]) svg.append(path(strokes[name], 'icon-stroke'));
  if (solids[name]) svg.append(path(solids[name], 'icon-solid'));
  return svg;
}
