import { Choice } from "../../controls/Choice.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import type { Question } from "./question.ts";

interface StepsPickerProps {
  /** Unique on the page. */
  readonly id: string;
  readonly steps: Question["steps"];
  readonly rule: Question["rule"];
  readonly onChange: (change: Partial<Pick<Question, "steps" | "rule">>) => void;
}

const STEPS = [2, 4, 8, 16, 32, 64, 128, 256];

/** How many steps the path has, and where on their stretch they stand. */
export function StepsPicker({ id, steps, rule, onChange }: StepsPickerProps) {
  const counts = typeof steps === "number" && !STEPS.includes(steps) ? [...STEPS, steps].sort((a, b) => a - b) : STEPS;
  const options = [
    { value: "adaptive", label: "as many as it takes" },
    ...counts.map((count) => ({ value: String(count), label: String(count) })),
  ];
  return (
    <>
      <Choice
        label="Steps"
        options={options}
        value={String(steps)}
        onChange={(text) => onChange({ steps: text === "adaptive" ? "adaptive" : Number(text) })}
      />
      <Segmented
        name={`${id}-rule`}
        label="Steps stand at"
        value={rule}
        options={[
          { value: "gauss-legendre", label: "Gauss–Legendre" },
          { value: "riemann", label: "middles" },
        ]}
        onChange={(next) => onChange({ rule: next })}
      />
    </>
  );
}
