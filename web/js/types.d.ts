/**
 * What crosses from the C++ core to JavaScript. The C++ side is `fields(...)` in
 * cpp/include/descent/describe.h; a test compares the two with what the module really returns.
 */

export type KnobType =
  | 'number' | 'integer' | 'choice' | 'flag'
  | 'text'     // any text; inside a recipe it stands in quotes
  | 'point'    // "x,y", or one of `choices` ("auto", "random")
  | 'recipe'   // one recipe of `kind`, e.g. "bowl(kappa=25)"
  | 'recipes'; // a comma-separated list of them

/** A value is always text, as it stands in the spec: "0.01", "on", "ema", "-1.5,2", "adam(lr=0.02)". */
export interface Knob {
  id: string; label: string;
  /** The paper's letter, "η" or "β_1": what follows the underscore is a subscript; "" if it has none. */
  symbol: string;
  help: string; type: KnobType;
  /** Allowed range, inclusive (number, integer); a slider spans the usual range inside it. */
  low: number; high: number; usualLow: number; usualHigh: number;
  /** log: log10 x; complement: log10(1 - x), for rates of forgetting near 1. */
  scale: 'linear' | 'log' | 'complement';
  choices: string[]; unit: string;
  /** Of a recipe: what it may name. */
  kind: '' | 'optimizer' | 'schedule' | 'landscape' | 'problem' | 'dataset';
  default: string;
  /** The value now (in a catalogue entry: the default). */
  value: string;
  /** Of a recipe: the id of what it names, and the knobs of that with their values; "" and none where it names nothing. */
  entry: string; knobs: Knob[];
  /** What the core understood of the value, where that is not plain to see; else "". */
  note: string;
  /** Of a text: it may have several lines. */
  lines: boolean;
  /** May be turned while running; turning any other starts the run anew. */
  live: boolean;
}

/** Hue says the family, slot (dash and marker) the member; a decorator adds a ring, a second copy is hollow. */
export interface Style { hue: number; slot: number; ring: boolean; hollow: boolean; }

export interface Entry {
  kind: 'optimizer' | 'schedule' | 'landscape' | 'problem' | 'dataset';
  id: string; title: string; sentence: string;
  family: string; style: Style;
  /** '' for a plain entry; else what a decorator changes: 'gradient' or 'iterate'. */
  decorates: '' | 'gradient' | 'iterate';
  knobs: Knob[];
}
export interface Catalogue { optimizers: Entry[]; schedules: Entry[]; landscapes: Entry[]; problems: Entry[]; datasets: Entry[]; labs: LabSummary[]; version: string; }
export interface LabSummary { id: string; title: string; sentence: string; knobs: Knob[]; presets: Preset[]; }
export interface Preset { id: string; title: string; sentence: string; spec: string; }

/** Something that is compared in a lab: a runner, a schedule, a pinned run. */
export interface Subject { label: string; recipe: string; style: Style; }

export interface Channel {
  /** "loss/0": quantity, then the subject's index. */
  name: string;
  kind: 'series' | 'path' | 'arrow' | 'points' | 'ellipse' | 'field' | 'row' | 'rows' | 'matrix'
    | 'trace'    // a series of the main chart
    | 'curve'    // of the whole run, known before it
    | 'weights'; // of past steps, at the step now
  quantity: string; label: string; unit: string;
  /** Index into subjects, -1 where it belongs to none. */
  subject: number;
  /** A logarithmic axis is the sensible default. */
  log: boolean;
  /** Names of the numbers in a row; none where a row is one number, or its numbers have no names. */
  columns: string[];
  /** What it takes: it is then read as a call, "maps(1, 0)". */
  arguments: ChannelArgument[];
}
export interface ChannelArgument { name: string; low: number; high: number; isWhole: boolean; }
export interface LabDescription {
  id: string; title: string; sentence: string; subtitle: string;
  /** What a step is called where the length of the run is counted: "step", "epoch". */
  unit: string;
  knobs: Knob[]; presets: Preset[]; subjects: Subject[]; channels: Channel[]; tasks: TaskDescription[];
}
/** Work longer than a frame that a lab offers. */
export interface TaskDescription { id: string; title: string; help: string; setsKnobs: boolean; }
/** How a task stands; once done, the knobs that it would have set. */
export interface TaskState { total: number; done: number; result: Table; channels: Channel[]; settings: Setting[]; }
/** `knob` is its id or a path, "runners/1/lr". */
export interface Setting { knob: string; value: string; }
/** What was turned during a run: "step 30: rate of sgd 0.05 → 0.15". */
export interface Turn { step: number; text: string; }
/** Where theory puts a mark on a subject's slider: at `value` of knob `knob`; beyond it the track turns warm. */
export interface Mark { subject: number; knob: string; value: number; label: string; help: string; }
export interface LabState extends Position {
  subjects: { status: 'running' | 'converged' | 'stopped' | 'diverged'; step: number; text: string }[];
  marks: Mark[];
}
/** Where a run stands. */
export interface Position {
  step: number;
  /** Steps that are known: after a scrub back the future stays known until a knob is turned. */
  known: number;
  /** The step that the spec asked for (`t`). */
  target: number;
  /** The run's planned length: the schedules' horizon and the scrubber's end. */
  total: number;
  status: 'running' | 'done';
}
/** One row of "theory beside measurement"; predicted and measured are NaN where there is none. */
export interface Reading {
  subject: number; quantity: string;
  /** How the two are related: an equation, a bound, or what guessing gives. */
  relation: 'equals' | 'at most' | 'at least' | 'baseline';
  predicted: number; measured: number;
  /** measured − predicted; NaN where it is no equation. */
  residual: number;
  tolerance: number;
  /** The share of a bound that is used; NaN where it is none. */
  used: number;
  verdict: 'holds' | 'broken' | 'not judged' | 'baseline';
  /** The verdict in words. */
  judged: string;
  /** Of a baseline: "by chance". */
  source: string;
  assumption: string;
  /** Why it is not judged; "" where it is. */
  pending: string;
}
/** Something that a preset says of its run. */
export interface Shown { text: string; holds: boolean; }
/** A text to take away; `name` is the file's. */
export interface Document { name: string; title: string; text: string; }
/** A table; a cell is a number or text; `subject` colours the row. */
export interface Table { title: string; columns: { label: string; help: string }[]; rows: { subject: number; cells: (number | string)[] }[]; }

/** A channel's numbers: row-major, a copy that may be kept. */
export interface Numbers { shape: number[]; data: Float64Array; }

/** js/engine/engine.js. Every method throws an Error whose text names the knob, the value and the range. */
export interface Session {
  describe(): LabDescription;
  state(): LabState;
  spec(): string;
  /** Take n steps. */
  step(n: number): void;
  /** Go towards step t; false while a slice remains (call again in the next frame). */
  seek(t: number): boolean;
  /** A path is a knob's id, and goes on through what it holds: "runners/1" is the second runner, "runners/1/schedule/steps" a knob in it. */
  set(path: string, value: string): void;
  /** Recipes at the end of a list ("runners"), or at a place in it ("runners/0"). */
  add(path: string, recipes: string): void;
  /** Takes a recipe out of a list, any other knob back to its default. */
  remove(path: string): void;
  /** Puts the recipe there into a decorator. */
  wrap(path: string, decorator: string): void;
  /** As it stands, with all that stands within it. */
  knob(path: string): Knob;
  /** Back to step 0, with the knobs as they stand now: what was turned on the way is no longer turned. */
  reset(): void;
  /** What was turned on the way, in the order of the steps; changes when a knob is set or the run reset. */
  turns(): Turn[];
  read(channel: string): Numbers;
  readings(): Reading[];
  tables(): Table[];
  documents(): Document[];
  /** What a preset's finished run was to show, and whether it does; nothing for any other run. */
  shown(): Shown[];
  /** Where the run stands, which costs nothing else. */
  position(): Position;
  /** Begin a task of the description's `tasks`; another one is cancelled. */
  startTask(id: string): void;
  /** Do up to `units` more of it; null where none is under way (setting a knob ends it). */
  advanceTask(units: number): TaskState | null;
  cancelTask(): void;
  /** A channel of the task. */
  readTask(channel: string): Numbers;
  close(): void;
}
export interface Engine {
  catalogue(): Catalogue;
  open(spec: string): Session;
  /** C++ labs alive now. */
  live(): number;
}
