import type { MethodId } from "../../../engine/attribute.ts";
import { Choice } from "../../controls/Choice.tsx";
import { METHOD_WORDS } from "./methodWords.ts";

interface MethodPickerProps {
  /** Those offered, in this order. */
  readonly methods: readonly MethodId[];
  readonly value: MethodId;
  readonly onChange: (method: MethodId) => void;
}

/** Which method, each with its cost. */
export function MethodPicker({ methods, value, onChange }: MethodPickerProps) {
  const options = methods.map((method) => {
    const { name, cost } = METHOD_WORDS[method];
    return { value: method, label: `${name} · ${cost}` };
  });
  return <Choice label="Method" options={options} value={value} onChange={onChange} />;
}
