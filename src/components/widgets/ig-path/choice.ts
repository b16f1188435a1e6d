/** What a reader can choose of a walk, what is allowed, and what is asked of the model. */
import type { AttributionRequest } from "../../../engine/attribute.ts";
import type { Baseline, Target } from "../../../engine/gradient.ts";
import type { RunRequest } from "../../../engine/model.ts";
import { clamp } from "../../../lib/format.ts";

/** Where a walk begins and how its steps stand. */
export interface Choice {
  readonly from: Baseline["kind"];
  /** The text to begin at, where that is one. */
  readonly text: string;
  readonly rule: Rule;
  readonly steps: Steps;
  /** Adaptive steps end when the gap is below this share of the change. */
  readonly bound: number;
}

export type Rule = NonNullable<AttributionRequest["rule"]>;
export type Steps = number | "adaptive";

/** The numbers of steps that are measured for the stored text. */
export const MEASURED_STEPS = [2, 4, 8, 16, 32, 64, 128, 256] as const;
/** The fewest and the most steps of a walk. */
export const STEP_LIMITS = { least: 2, most: 256 } as const;
/** The shares that adaptive steps can be held to. */
export const BOUNDS = [0.1, 0.05, 0.01, 0.001] as const;
/** The longest text that a walk may begin at, in characters. */
const LONGEST_TEXT = 2_000;

/** Baselines by the names that the figure gives them. */
export const BASELINE_NAMES: Readonly<Record<Baseline["kind"], string>> = {
  pad: "padding token",
  mean: "mean embedding",
  zero: "zeros",
  text: "another text",
};

/** Rules by the names that the figure gives them. */
export const RULE_NAMES: Readonly<Record<Rule, string>> = {
  riemann: "even steps",
  "gauss-legendre": "Gauss–Legendre",
};

/** The baseline that is chosen; an empty text is one of padding. */
export function baselineOf({ from, text }: Choice): Baseline {
  if (from !== "text") return { kind: from };
  return text.trim() === "" ? { kind: "pad" } : { kind: "text", text: text.trim() };
}

/** What is asked of the model for a run and what is followed in it. */
export function requestOf(choice: Choice, run: RunRequest, target: Target): AttributionRequest {
  const { rule, steps, bound } = choice;
  return {
    method: "integrated-gradients",
    run,
    targets: [target],
    baseline: baselineOf(choice),
    rule,
    steps,
    ...(steps === "adaptive" && { bound }),
  };
}

/** Whether two choices ask for the same walk. */
export function sameWalk(a: Choice, b: Choice): boolean {
  return JSON.stringify(keyOf(a)) === JSON.stringify(keyOf(b));
}

function keyOf(choice: Choice): unknown[] {
  const { rule, steps, bound } = choice;
  return [baselineOf(choice), rule, steps, steps === "adaptive" ? bound : null];
}

/** Steps as a number within the limits. */
export function clampSteps(steps: number): number {
  return Math.round(clamp(steps, STEP_LIMITS.least, STEP_LIMITS.most, STEP_LIMITS.least));
}

/** A choice from the fields of a link; each that is none of those allowed stays as it is. */
export function readChoice(fields: ReadonlyMap<string, unknown>, start: Choice): Choice {
  const [from, rule, steps, bound, text] = ["from", "rule", "steps", "bound", "text"].map((name) => fields.get(name));
  return {
    from: isKey(from, BASELINE_NAMES) ? from : start.from,
    text: typeof text === "string" ? text.slice(0, LONGEST_TEXT) : start.text,
    rule: isKey(rule, RULE_NAMES) ? rule : start.rule,
    steps: steps === "adaptive" ? steps : typeof steps === "number" ? clampSteps(steps) : start.steps,
    bound: BOUNDS.find((allowed) => allowed === bound) ?? start.bound,
  };
}

function isKey<K extends string>(value: unknown, names: Readonly<Record<K, string>>): value is K {
  return typeof value === "string" && Object.hasOwn(names, value);
}
