import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { progress } from "../progress/store.ts";
import type { Cell } from "./cell.ts";

/** The heavy part: editor, results, the cell's own logic. */
type Live = typeof import("./live.ts");

/** A cell with the modules that draw it. */
export interface LiveCell {
  readonly parts: Live;
  readonly cell: Cell;
}

/** A cell that is only a text until it is reached for. */
export interface SleepingCell {
  readonly live: ReadonlySignal<LiveCell | null>;
  /** Its modules could not be fetched. */
  readonly failed: ReadonlySignal<boolean>;
  /** Fetches what it needs, once. Null where that fails; then it can be tried again. */
  wake(): Promise<LiveCell | null>;
}

/** The cell of an island. A file ends with a line break, its text in an editor does not. */
export function useCell(id: string, start: string): SleepingCell {
  return useMemo(() => sleepingCell(id, start.trimEnd()), []);
}

function sleepingCell(id: string, start: string): SleepingCell {
  const live: Signal<LiveCell | null> = signal(null);
  const failed = signal(false);
  let waking: Promise<LiveCell | null> | null = null;

  const fetchParts = async (): Promise<LiveCell | null> => {
    const parts = await import("./live.ts").catch(() => null);
    failed.value = parts === null;
    if (parts === null) {
      waking = null;
      return null;
    }
    const sandbox = async () => (await import("./sandbox.ts")).runCode;
    const cell = parts.createCell({ start, kept: parts.keptText(id, start, progress), sandbox });
    live.value = { parts, cell };
    return live.value;
  };
  return {
    live,
    failed,
    wake() {
      waking ??= fetchParts();
      return waking;
    },
  };
}
