import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { type CodeProps, keyOf } from "./authoring.ts";
import { CellView } from "./code/CellView.tsx";
import { useCell } from "./code/useCell.ts";
import { Exercise } from "./Exercise.tsx";
import type { Evidence } from "./evidence.ts";
import { useSession } from "./useSession.ts";
import { CODE_WORDS } from "./words.ts";

interface WriteCodeProps extends CodeProps {
  /** The start as static HTML: `<CellText code={start} />`. */
  readonly children?: ComponentChildren;
}

/** Complete a function; the page calls it on the run shown and on others, and compares the numbers. */
export function WriteCode(props: WriteCodeProps) {
  const measured: Signal<Evidence | null> = useSignal(null);
  const session = useSession("code", { ...props, evidence: measured }, keyOf.code(props));
  const sleeping = useCell(props.id, props.start);
  const { live } = sleeping;

  // What was checked last is another text as soon as the reader goes on.
  useEffect(() => {
    const stop = live.value?.cell.text.subscribe((text) => {
      if (session.draft.peek() !== null) session.draft.value = text;
    });
    return stop;
  }, [live.value]);

  const run = async (): Promise<void> => {
    const awake = await sleeping.wake();
    if (awake) await awake.parts.runOn(awake.cell, props.evidence?.peek() ?? null, props.cases[0]?.run ?? null);
  };
  const prepare = async (): Promise<string | null> => {
    const awake = await sleeping.wake();
    if (!awake) return null;
    session.draft.value = awake.cell.text.peek();
    measured.value = await awake.parts.tryOut(awake.cell, props, props.evidence?.peek() ?? null);
    return null;
  };

  return (
    <Exercise
      kind="code"
      props={props}
      explain={props.explain}
      session={session}
      prepare={prepare}
      action={CODE_WORDS.check}
    >
      <CellView id={props.id} sleeping={sleeping} run={() => void run()}>
        {props.children}
      </CellView>
      {session.entry.value.solutionSeen && (
        <div class="uh-cell-text uh-cell-answer">
          <p>{CODE_WORDS.solution}</p>
          <pre>{props.answer.trimEnd()}</pre>
        </div>
      )}
    </Exercise>
  );
}
