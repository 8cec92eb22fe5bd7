const gap = 32;
const margin = 24;
const lineHeight = 20;

/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

/**
 * Parts of the page as one picture: what their canvases show and the words beside them, each where
 * it stands on the screen; above, a title and lines of text.
 * @param {{ title: string, notes: string[], parts: HTMLElement[] }} what notes: kept whole, in as
 *   many lines as they need
 * @returns {Promise<Blob | null>}
 */
export function composePng({ title, notes, parts }) {
  const shown = parts.filter(({ offsetWidth, offsetHeight }) => offsetWidth > 0 && offsetHeight > 0);
  const sheet = document.createElement('canvas');
  const context = sheet.getContext('2d');
  if (!context || shown.length === 0) return Promise.resolve(null);
  const style = getComputedStyle(shown[0]);
  const font = style.getPropertyValue('--descent-font-ui') || 'sans-serif';
  const boxes = shown.map((part) => part.getBoundingClientRect());
  const isRow = boxes.every(({ left }, k) => k === 0 || left >= boxes[k - 1].right);
  const widths = shown.map(({ offsetWidth }) => offsetWidth);
  const heights = shown.map(({ offsetHeight }) => offsetHeight);
  const width = isRow ? sum(widths) + gap * (shown.length - 1) : Math.max(...widths);
  context.font = `13px ${font}`;
  const lines = inLines(context, notes, width);
  const head = 36 + lineHeight * lines.length;
  const below = isRow ? Math.max(...heights) : sum(heights) + gap * (shown.length - 1);

  const scale = Math.max(2, window.devicePixelRatio);
  sheet.width = Math.round((width + 2 * margin) * scale);
  sheet.height = Math.round((head + below + 2 * margin) * scale);
  context.scale(scale, scale);
  context.fillStyle = style.getPropertyValue('--descent-surface') || 'white';
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.fillStyle = style.getPropertyValue('--descent-ink') || 'black';
  context.font = `600 16px ${font}`;
  context.fillText(title, margin, margin + 16, width);
  context.font = `13px ${font}`;
  lines.forEach((line, k) => context.fillText(line, margin, margin + 36 + lineHeight * k));
  let [x, y] = [margin, margin + head];
  shown.forEach((part, k) => {
    drawPart(context, part, x, y);
    if (isRow) x += widths[k] + gap;
    else y += heights[k] + gap;
  });
  return new Promise((resolve) => {
    sheet.toBlob(resolve, 'image/png');
  });
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** @param {CanvasRenderingContext2D} context @param {string[]} notes @param {number} width */
function inLines(context, notes, width) {
  /** @type {string[]} */
  const lines = [];
  for (const note of notes) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]}   ${note}` : note;
    if (lines.length > 0 && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(note);
  }
  return lines;
}

/** What only a screen reader hears, what hangs on the pointer, and what is there to be pressed. */
const leftOut =
  '.visually-hidden, .descent-plot-numbers, .descent-plot-tip, .descent-plot-readout, .menu-anchor, input, select, ' +
  'button:not([aria-pressed]):not([role=tab]), [role=tab]:not([aria-selected=true])';

/** A choice that is not chosen, and the name of a control. @param {Node} node */
const isLeftOut = (node) =>
  node instanceof HTMLLabelElement
    ? !(node.control instanceof HTMLInputElement && node.control.checked)
    : node instanceof Element && node.matches(leftOut);

/** @param {CanvasRenderingContext2D} context @param {HTMLElement} part @param {number} x @param {number} y */
function drawPart(context, part, x, y) {
  const from = part.getBoundingClientRect();
  // The host may show it at another scale than the one it is laid out at.
  const scale = part.offsetWidth / from.width;
  const boxOf = (/** @type {Element | Range} */ item) => {
    const { left, top, width, height } = item.getBoundingClientRect();
    return {
      left: x + scale * (left - from.left),
      top: y + scale * (top - from.top),
      width: scale * width,
      height: scale * height,
    };
  };
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    isLeftOut(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  context.save();
  context.beginPath();
  context.rect(x, y, part.offsetWidth, part.offsetHeight);
  context.clip();
  for (let node = /** @type {Node | null} */ (part); node; node = walker.nextNode()) {
    if (node instanceof Text) drawWords(context, node, boxOf);
    else if (node instanceof SVGSVGElement) drawMark(context, node, boxOf(node));
    else if (node instanceof HTMLElement) drawElement(context, node, boxOf(node));
  }
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {HTMLElement} element @param {Box} box */
function drawElement(context, element, { left, top, width, height }) {
  if (width < 1 || height < 1) return;
  if (element instanceof HTMLCanvasElement) {
    context.drawImage(element, left, top, width, height);
    return;
  }
  const { backgroundColor, borderRadius } = getComputedStyle(element);
  context.fillStyle = backgroundColor;
  context.beginPath();
  context.roundRect(left, top, width, height, parseFloat(borderRadius) || 0);
  context.fill();
}

/** A mark of a legend: its paths and circles. @param {CanvasRenderingContext2D} context @param {SVGSVGElement} mark @param {Box} box */
function drawMark(context, mark, { left, top, width, height }) {
  const view = mark.viewBox.baseVal;
  if (width < 1 || !view?.width) return;
  for (const shape of mark.querySelectorAll('path, circle')) {
    const path = new Path2D(shape.getAttribute('d') ?? '');
    if (shape instanceof SVGCircleElement) {
      const [x, y, r] = ['cx', 'cy', 'r'].map((name) => Number(shape.getAttribute(name)));
      path.arc(x, y, r, 0, 2 * Math.PI);
    }
    const matrix = /** @type {SVGGraphicsElement} */ (shape).transform.baseVal.consolidate()?.matrix;
    const { fill, stroke, strokeWidth, strokeDasharray } = getComputedStyle(shape);
    context.save();
    context.translate(left, top);
    context.scale(width / view.width, height / view.height);
    context.translate(-view.x, -view.y);
    if (matrix) context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
    context.fillStyle = fill;
    if (fill !== 'none') context.fill(path);
    context.strokeStyle = stroke;
    context.lineWidth = parseFloat(strokeWidth);
    context.setLineDash(strokeDasharray.split(/[\s,]+/).map(parseFloat).filter(Number.isFinite));
    if (stroke !== 'none') context.stroke(path);
    context.restore();
  }
}

/** Word by word, since a text may go over several lines. @param {CanvasRenderingContext2D} context @param {Text} text @param {(range: Range) => Box} boxOf */
function drawWords(context, text, boxOf) {
  const parent = text.parentElement;
  if (!parent || !text.data.trim()) return;
  const { fontStyle, fontWeight, fontSize, fontFamily, color, visibility } = getComputedStyle(parent);
  if (visibility !== 'visible') return;
  context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  context.fillStyle = color;
  const range = document.createRange();
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const { left, top, width, height } = boxOf(range);
    if (width === 0) continue;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = context.measureText(word);
    context.fillText(word, left, top + (height - up - down) / 2 + up);
  }
}
