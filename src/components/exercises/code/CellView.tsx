import "../../../styles/code-cell.css";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { progress } from "../progress/store.ts";
import { useHydrated } from "../useKept.ts";
import { CODE_WORDS } from "../words.ts";
import { textOf } from "./textOf.ts";
import type { SleepingCell } from "./useCell.ts";

/** Where the caret goes when the editor opens; null leaves the focus where it is. */
export type Caret = { readonly x: number; readonly y: number } | "end" | null;

interface CellViewProps {
  readonly id: string;
  readonly sleeping: SleepingCell;
  readonly run: () => void;
  /** The start text as highlighted, static HTML. */
  readonly children?: ComponentChildren;
}

/** Code to read, run and change: text until it is reached for, then an editor with results under it. */
export function CellView({ id, sleeping, run, children }: CellViewProps) {
  const hydrated = useHydrated();
  const caret = useSignal<Caret>(null);
  const live = sleeping.live.value;
  const kept = hydrated.value ? textOf(progress.entries.value, id) : null;
  const open = (at: Caret): void => {
    caret.value = at;
    void sleeping.wake();
  };

  return (
    <div class="uh-cell">
      {live ? (
        <live.parts.Editor cell={live.cell} caret={caret.value} run={run} />
      ) : (
        <div class="uh-cell-text" onPointerDown={(event) => open({ x: event.clientX, y: event.clientY })}>
          {kept === null ? children : <pre>{kept}</pre>}
        </div>
      )}
      <div class="uh-cell-buttons">
        <button type="button" class="uh-cell-run" disabled={!hydrated.value} onClick={run}>
          Run
        </button>
        {!live && (
          <button type="button" disabled={!hydrated.value} onClick={() => open("end")}>
            Edit
          </button>
        )}
        {live && <live.parts.CellButtons cell={live.cell} />}
      </div>
      {sleeping.failed.value && <p role="alert">{CODE_WORDS.failed}</p>}
      {live && <live.parts.Results cell={live.cell} />}
    </div>
  );
}
