/** The default export of js/labs/<lab>/lab.js: the folder has the core's name of the lab. */
import type { Channel, LabDescription, Numbers, Session, Subject } from '../types.js';
import type { Frame } from '../panels/channels.js';

/** What a lab draws into. */
export interface Parts {
  plot: HTMLElement;
  /** null where the curves are hidden. */
  curves: HTMLElement | null;
  /** The line above the curves, for what belongs beside their tabs. */
  curvesHead: HTMLElement;
  /** What the core has against it, which is shown; '' where it is taken. */
  setKnob(knob: string, value: string): string;
  seek(step: number): void;
  /** Another run beside the lab's; whoever opens it closes it. */
  open(spec: string): Session;
  /** By name, what a link carries of each. */
  setPins(pins: Map<string, string>): void;
}
/** How the result of a task is shown where it is not a line for each case. */
export interface TaskView {
  /** What draws it; null where the table says all. */
  makeChart: ((container: HTMLElement) => TaskPicture) | null;
}
/** What may be read of a task now. */
export interface TaskSource {
  channels: Channel[];
  read(channel: string): Numbers;
}
export interface TaskPicture {
  update(task: TaskSource, subjects: Subject[]): void;
  refreshTheme(): void;
  destroy(): void;
}
/** A choice of what stands in the curves' place. */
export interface Tab {
  id: string;
  label: string;
  log: boolean;
  /** Of the channels over steps that it shows; none where it shows something else. */
  quantities: string[];
  /** What each quantity is on, in full and short beside a runner's name; training and validation if left out. */
  parts?: string[][];
}
export interface Lab {
  /** Whether there is something to draw into `plot`; if not, the curves take its place. True if left out. */
  hasPlot?(description: LabDescription): boolean;
  tabs(description: LabDescription): Tab[];
  axes(description: LabDescription): { id: string; label: string; unit: string }[];
  /** Whether the curves stand on a logarithmic axis now. */
  isLog?(): boolean;
  update(frame: Frame): void;
  /** Of a task by its id; null where its result is lines over a number. */
  taskView?(id: string): TaskView | null;
  /** Where the runs begin, for the fields of a start given by name; null where there is none. */
  startPoint(): [number, number] | null;
  exportSeries(): { name: string; values: ArrayLike<number> }[];
  refreshTheme(): void;
  destroy(): void;
}
export interface LabModule {
  id: string;
  /** Of what the lab alone draws. */
  style?: string;
  /** The plot takes the whole width, and the curves stand below it. */
  isWide?: boolean;
  /** Steps only look at what is there as a whole: a turned knob leaves the look where it is. */
  keepsStep?: boolean;
  /** Runs can be pinned, and stand in the link. */
  hasPins?: boolean;
  /** Of the player's steps a second; 1 if left out. */
  pace?: number;
  create(parts: Parts, session: Session): Lab;
}
