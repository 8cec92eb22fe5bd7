/** What the plots that several share are given to draw. */
import type { Style } from '../types.js';

export interface MapPath { label: string; style: Style; /** [N+1, 2] row-major, NaN once it has stopped. */ points: Float64Array; }
export interface MapArrow { style: Style; label: string; from: [number, number]; /** Direction and length in data units. */ vector: [number, number]; kind: 'gradient' | 'probe'; }
export interface MapPoints { style: Style; label: string; points: Float64Array; }
/** Level set of a quadratic: { c + u : uᵀ H u = level }, drawn dashed. H is [a, b, d] = H11, H12, H22. */
export interface MapEllipse { style: Style; label: string; centre: [number, number]; hessian: [number, number, number]; level: number; }
export interface Window2 { x0: number; x1: number; y0: number; y1: number; }
/** Points of the plane with their class or target, a column each; `held` is above 0 where they are held back from training. */
export interface Examples { x: Float64Array; y: Float64Array; target: Float64Array; held: Float64Array; }
export interface MapData {
  /** Changes when the ground must be drawn anew. */
  groundKey: string;
  window: Window2;
  /** Values on nx × ny grid points covering w, row 0 at y0, row-major; asked for tiny windows too. */
  field(w: Window2, nx: number, ny: number): Float64Array;
  /** Ascending thresholds of the fills, at most eight; chosen from the field where they are left out. */
  levels?: number[];
  minima: [number, number][];
  start: [number, number] | null;
  /** Rows of the paths up to this step are the past. */
  step: number;
  paths: MapPath[]; arrows: MapArrow[]; points: MapPoints[]; ellipses: MapEllipse[];
}
export interface CurveSeries { label: string; style: Style; /** In place of the style's dash; a ghost is of an earlier run: thin, grey, without a marker. */ line?: 'solid' | 'dashed' | 'ghost'; /** Ascending. */ x: Float64Array; y: Float64Array; /** Index of the last point that is past; the rest is known future. */ now: number; /** Index of the point with the marker; `now` if left out. */ marked?: number; /** Where there should be a value and is none: crosses above the plot. */ lost?: Float64Array; /** Its name does not stand at its end: another line's, which it follows, does. */ isNameless?: boolean; }
export interface CurveData { title: string; series: CurveSeries[]; xLabel: string; /** '' where it is named elsewhere. */ yLabel: string; logX: boolean; logY: boolean; /** Planned end of the x-axis, or null. */ xEnd: number | null; /** Where the cursor's rule stands, or null. */ cursor: number | null; /** Few values, each a measurement: a dot for each, and no names at the ends, since another part names the lines. */ sampled?: boolean; }
