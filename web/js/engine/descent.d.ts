/**
 * The WebAssembly module as embind shows it: cpp/bindings/descent_js.cpp, by hand, because the
 * oldest supported emscripten cannot write it. A test compares it with the module's real exports.
 * Only engine.js sees these types.
 */

import type { Catalogue, Document, Knob, LabDescription, LabState, Position, Reading, Shown, Table, TaskState, Turn } from '../types.js';

/** What was wrong comes back as text; no exception crosses the boundary. */
export type Result<T> = { value: T } | { error: string };

/** A C++ lab. It lives until delete() is called. */
export interface Handle {
  describe(): LabDescription;
  state(): LabState;
  spec(): string;
  readings(): Reading[];
  tables(): Table[];
  documents(): Document[];
  position(): Position;
  shown(): Shown[];
  step(n: number): Result<unknown>;
  /** True when step t has been reached. */
  seek(t: number): Result<boolean>;
  set(path: string, value: string): Result<unknown>;
  add(path: string, recipes: string): Result<unknown>;
  remove(path: string): Result<unknown>;
  wrap(path: string, decorator: string): Result<unknown>;
  knob(path: string): Result<Knob>;
  reset(): Result<unknown>;
  turns(): Turn[];
  startTask(id: string): Result<unknown>;
  advanceTask(units: number): TaskState | undefined;
  cancelTask(): void;
  /** `data` is a view into the heap, and dies when the memory grows. */
  read(channel: string): Result<{ shape: number[]; data: Float64Array }>;
  readTask(channel: string): Result<{ shape: number[]; data: Float64Array }>;
  delete(): void;
}

export interface DescentModule {
  catalogue(): Catalogue;
  /** C++ labs alive now. */
  live(): number;
  open(spec: string): Result<Handle>;
}

export default function createDescent(options: { wasmBinary: ArrayBuffer | Uint8Array }): Promise<DescentModule>;
