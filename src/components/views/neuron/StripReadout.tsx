import type { ReadonlySignal } from "@preact/signals";
import type { HeadInside } from "../../../engine/model.ts";
import { quoted } from "../tokens/face.ts";
import { type QuerySteps, rowOf } from "./querySteps.ts";
import type { StripCell } from "./Strips.tsx";
import { decimal } from "./written.ts";

interface StripReadoutProps {
  readonly inside: HeadInside;
  readonly steps: QuerySteps;
  readonly shown: readonly number[];
  readonly open: number;
  readonly cell: ReadonlySignal<StripCell | null>;
}

const HINT = "Point at a strip, or move in it with the arrow keys: its numbers stand here.";

/** The numbers of the cell that is pointed at. */
export function StripReadout(props: StripReadoutProps) {
  const cell = props.cell.value;
  return (
    <p class="uh-readout" role="status" data-empty={cell === null || undefined}>
      {cell === null ? HINT : <Numbers {...props} at={cell} />}
    </p>
  );
}

function Numbers(props: StripReadoutProps & { at: StripCell }) {
  const { inside, steps, open, at } = props;
  const { dimension } = at;
  const key = props.shown[at.row];
  const q = steps.q[dimension] ?? 0;
  return (
    <>
      <b>Dimension {dimension + 1}</b> <span data-kind="query">q {decimal(q, 3)}</span>
      {key !== undefined && <KeyNumbers {...props} keyAt={key} q={q} />}
      {key === undefined && open >= 6 && (
        <span data-kind="value"> output {decimal(steps.output[dimension] ?? 0, 3)}</span>
      )}
      <span class="uh-unseen"> of {quoted(inside.queries[steps.query]?.piece ?? "")}</span>
    </>
  );
}

function KeyNumbers(props: StripReadoutProps & { at: StripCell; keyAt: number; q: number }) {
  const { inside, open, keyAt, q } = props;
  const { dimension } = props.at;
  const k = rowOf(inside.key, keyAt)[dimension] ?? 0;
  return (
    <>
      {" "}
      <span data-kind="key">
        k of {quoted(inside.keys[keyAt]?.piece ?? "")} {decimal(k, 3)}
      </span>
      {open >= 2 && <span data-kind={q * k < 0 ? "negative" : "positive"}> q × k {decimal(q * k, 3)}</span>}
      {open >= 6 && <span data-kind="value"> v {decimal(rowOf(inside.value, keyAt)[dimension] ?? 0, 3)}</span>}
    </>
  );
}
