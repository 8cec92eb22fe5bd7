/** Short path data: points that the eye would not miss are left out, steps are relative. */

/** @typedef {[number, number]} Point */

/**
 * @param {Point[]} points
 * @param {number} tolerance how far a point may lie from the line that replaces it
 */
export function pathData(points, tolerance) {
  const kept = simplified(points, tolerance);
  let [x, y] = kept[0].map(tenths);
  let data = `M${x / 10} ${y / 10}`;
  let separator = 'l';
  for (const point of kept.slice(1)) {
    const [nx, ny] = point.map(tenths);
    if (nx === x && ny === y) continue;
    data += separator + joined(step(nx - x), step(ny - y));
    [x, y, separator] = [nx, ny, ' '];
  }
  return data.replace(/ -/g, '-');
}

/** @param {number} value */
const tenths = (value) => Math.round(value * 10);

/** @param {number} tenthsOfIt */
const step = (tenthsOfIt) => String(tenthsOfIt / 10).replace(/^(-?)0\./, '$1.');

/** @param {string} a @param {string} b */
const joined = (a, b) => (b.startsWith('-') ? a + b : `${a} ${b}`);

/**
 * Douglas and Peucker.
 * @param {Point[]} points
 * @param {number} tolerance
 * @returns {Point[]}
 */
function simplified(points, tolerance) {
  if (points.length < 3) return points;
  const last = points.length - 1;
  let [far, at] = [0, 0];
  for (let i = 1; i < last; i++) {
    const distance = fromSegment(points[i], points[0], points[last]);
    if (distance > far) [far, at] = [distance, i];
  }
  if (far <= tolerance) return [points[0], points[last]];
  return [...simplified(points.slice(0, at + 1), tolerance), ...simplified(points.slice(at), tolerance).slice(1)];
}

/** @param {Point} p @param {Point} a @param {Point} b */
function fromSegment([px, py], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}
