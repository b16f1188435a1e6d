import type { Baseline } from "../../../engine/gradient.ts";
import { Choice } from "../../controls/Choice.tsx";
import { WordField } from "./WordField.tsx";

interface BaselinePickerProps {
  /** Unique on the page. */
  readonly id: string;
  readonly value: Baseline;
  readonly onChange: (baseline: Baseline) => void;
}

const KINDS: readonly { readonly value: Baseline["kind"]; readonly label: string }[] = [
  { value: "pad", label: "padding token" },
  { value: "mean", label: "mean of all embeddings" },
  { value: "zero", label: "zeros" },
  { value: "text", label: "another text" },
];

/** What stands in for "no word". */
export function BaselinePicker({ id, value, onChange }: BaselinePickerProps) {
  const choose = (kind: Baseline["kind"]) => onChange(kind === "text" ? { kind, text: "" } : { kind });
  return (
    <>
      <Choice label="Compared with" options={KINDS} value={value.kind} onChange={choose} />
      {value.kind === "text" && (
        <WordField
          id={`${id}-baseline`}
          label="Text to compare with"
          value={value.text}
          onChange={(text) => onChange({ kind: "text", text })}
          wide
        />
      )}
    </>
  );
}
