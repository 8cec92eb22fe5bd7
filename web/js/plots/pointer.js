// Where a pointer is, in a plot's own pixels.

/**
 * Inside an element, from its left and top edge. A host may draw the element at another scale than
 * the one it is laid out at: then its pixels are not the screen's.
 * @param {HTMLElement} element @param {{ clientX: number, clientY: number }} event
 * @returns {[number, number]} CSS px of the element
 */
export function pointIn(element, { clientX, clientY }) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [
    ((clientX - left) * element.offsetWidth) / width,
    ((clientY - top) * element.offsetHeight) / height,
  ];
}
