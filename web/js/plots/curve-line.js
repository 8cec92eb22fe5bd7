// What a line of a curve plot looks like.

import { dashOf, hueOf } from './marks.js';
import { kDashed } from './theme.js';

/** @import { CurveSeries } from './plots.js' */
/** @import { Theme } from './theme.js' */

/** @param {Theme} theme @param {CurveSeries} series */
export const lineColour = (theme, { line, style }) =>
  line === 'ghost' ? theme.outline : hueOf(theme, style);

/** @param {Theme} theme @param {CurveSeries} series @returns {number[]} */
export const lineDash = (theme, { line, style }) =>
  line === undefined || line === 'ghost' ? dashOf(theme, style)
    : line === 'solid' ? [] : theme.dashes[kDashed];
