import type { MethodId } from "../../../engine/attribute.ts";
import { Choice } from "../../controls/Choice.tsx";
import { METHOD_WORDS } from "./methodWords.ts";

interface MethodPickerProps {
  /** Those offered, in this order. */
  readonly methods: readonly MethodId[];
  readonly value: MethodId;
  readonly onChange: (method: MethodId) => void;
  /** Default: "Method". */
  readonly label?: string;
}

/** Which method, each with its cost. */
export function MethodPicker({ methods, value, onChange, label = "Method" }: MethodPickerProps) {
  const options = methods.map((method) => {
    const { name, cost } = METHOD_WORDS[method];
    return { value: method, label: `${name} · ${cost}` };
  });
  return <Choice label={label} options={options} value={value} onChange={onChange} />;
}
