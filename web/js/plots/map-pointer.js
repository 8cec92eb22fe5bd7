// A hand on the map: pointer and keys place the start, hovering reads the field.

import { pointIn } from './pointer.js';

/** @typedef {[number, number]} Point in data units */

/**
 * @typedef {object} Hand
 * @property {(px: number, py: number) => Point} toData from CSS pixels inside the element
 * @property {() => Point | null} start where the start is now
 * @property {() => [number, number]} stride what an arrow key moves by, in data units
 * @property {((x: number, y: number) => void) | undefined} onStart
 * @property {(point: Point | null) => void} onHover
 */

/** @type {Record<string, [number, number]>} */
const kArrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {HTMLElement} element @param {Hand} hand
 * @returns {() => void} lets go
 */
export function watchHand(element, hand) {
  const abort = new AbortController();
  const { signal } = abort;
  /** @type {Point | null} */
  let start = null;
  /** @type {Point | null | undefined} */
  let hover;
  let frame = 0;
  let dragging = false;

  // Pointers report more often than frames are drawn: only the last place of a frame counts.
  const flush = () => {
    frame = 0;
    const place = start;
    start = null;
    if (place) hand.onStart?.(...place);
    if (hover !== undefined) hand.onHover(hover);
    hover = undefined;
  };
  const soon = () => (frame ||= requestAnimationFrame(flush));
  const pointOf = (/** @type {PointerEvent} */ event) => hand.toData(...pointIn(element, event));
  const place = (/** @type {Point} */ point) => {
    start = point;
    soon();
  };

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary || !hand.onStart) return;
    dragging = true;
    element.setPointerCapture(event.pointerId);
    // A finger may be about to scroll the page: it places the start when it moves across or lifts.
    if (event.pointerType !== 'touch') place(pointOf(event));
  }, { signal });
  element.addEventListener('pointermove', (event) => {
    const point = pointOf(event);
    hover = event.pointerType === 'touch' && !dragging ? undefined : point;
    if (dragging && event.isPrimary) start = point;
    soon();
  }, { signal });
  element.addEventListener('pointerup', (event) => {
    if (!dragging || !event.isPrimary) return;
    dragging = false;
    place(pointOf(event));
    if (event.pointerType === 'touch') hover = null;
  }, { signal });
  element.addEventListener('pointercancel', () => {
    dragging = false;
    start = null;
    hover = null;
    soon();
  }, { signal });
  element.addEventListener('pointerleave', () => {
    hover = null;
    soon();
  }, { signal });

  element.addEventListener('keydown', (event) => {
    const way = kArrows[event.key];
    const from = start ?? hand.start();
    if (!way || !from || !hand.onStart || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // Elsewhere in a lab the arrows step through time.
    event.stopPropagation();
    const [sx, sy] = hand.stride();
    const times = event.shiftKey ? 10 : 1;
    place([from[0] + way[0] * sx * times, from[1] + way[1] * sy * times]);
  }, { signal });

  return () => {
    abort.abort();
    cancelAnimationFrame(frame);
  };
}
