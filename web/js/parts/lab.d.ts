/** The default export of a file in js/labs: its name is the core's name of the lab. */
import type { LabDescription, Session } from '../types.js';
import type { Frame } from './channels.js';

/** What a lab draws into. */
export interface Parts {
  plot: HTMLElement;
  /** null where the curves are hidden. */
  curves: HTMLElement | null;
  setKnob(knob: string, value: string): void;
}
export interface Lab {
  /** Whether there is something to draw into `plot`; if not, the curves take its place. True if left out. */
  hasPlot?(description: LabDescription): boolean;
  tabs(description: LabDescription): { id: string; label: string; log: boolean }[];
  axes(description: LabDescription): { id: string; label: string; unit: string }[];
  /** Whether the curves stand on a logarithmic axis now. */
  isLog?(): boolean;
  update(frame: Frame): void;
  /** Where the runs begin, for the fields of a start given by name; null where there is none. */
  startPoint(): [number, number] | null;
  exportSeries(): { name: string; values: ArrayLike<number> }[];
  canvases(): HTMLCanvasElement[];
  refreshTheme(): void;
  destroy(): void;
}
export interface LabModule {
  id: string;
  create(parts: Parts, session: Session): Lab;
}
