import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Evidence } from "../evidence.ts";
import { progress } from "../progress/store.ts";
import { CellView } from "./CellView.tsx";
import { useCell } from "./useCell.ts";

export interface CodeCellProps {
  /** Unique in the course: the reader's text is kept under it. */
  readonly id: string;
  readonly title: string;
  /** What the cell starts with: a file of `src/content/cells`, imported with `?raw`. */
  readonly start: string;
  /** What the figure beside it shows; the code runs on it. */
  readonly evidence?: Signal<Evidence | null>;
  /** A stored run to work on where there is no figure: its name in `stored/load.ts`. */
  readonly run?: string;
  /** The start as static HTML: `<CellText code={start} />`. */
  readonly children?: ComponentChildren;
}

/** A cell in which the reader works with the numbers of a run; nothing is checked. */
export function CodeCell({ id, title, start, evidence, run: stored, children }: CodeCellProps) {
  const sleeping = useCell(id, start);
  useEffect(() => progress.open(), []);
  const run = async (): Promise<void> => {
    const live = await sleeping.wake();
    if (live) await live.parts.runOn(live.cell, evidence?.peek() ?? null, stored ?? null);
  };
  return (
    <section id={id} class="uh-code not-content" aria-label={title}>
      <p class="uh-code-title">{title}</p>
      <CellView id={id} sleeping={sleeping} run={() => void run()}>
        {children}
      </CellView>
    </section>
  );
}
