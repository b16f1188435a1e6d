/** What a reader asks of a walk: the question of every attribution, and how small its gap is to be. */
import type { Baseline } from "../../../engine/gradient.ts";
import { PLAIN, type Question, readQuestion } from "../../views/attribution/question.ts";

export interface IgQuestion extends Question {
  readonly method: "integrated-gradients";
  /** Adaptive steps end when the gap is below this share of the change; others are judged by it. */
  readonly bound: number;
}

export type Rule = Question["rule"];
export type Start = Baseline["kind"];

/** The fewest and the most steps of a walk. */
export const STEP_LIMITS = { least: 2, most: 256 } as const;
/** The shares that a gap can be held to. */
export const BOUNDS = [0.1, 0.05, 0.01, 0.001] as const;

/** Where a walk can begin, as the picture names it. */
export const START_NAMES: Readonly<Record<Start, string>> = {
  pad: "padding token",
  mean: "mean embedding",
  zero: "zeros",
  text: "other text",
};

/** Rules by the names that the picture gives them. */
export const RULE_NAMES: Readonly<Record<Rule, string>> = { riemann: "middles", "gauss-legendre": "Gauss–Legendre" };

/** How a walk is asked for at first: few steps, so that there is a gap to close. */
export const FIRST: IgQuestion = {
  ...PLAIN,
  method: "integrated-gradients",
  steps: 32,
  rule: "riemann",
  bound: 0.01,
};

/** A question from a link: each field taken where it is sound, else as in `base`. */
export function readIgQuestion(fields: ReadonlyMap<string, unknown>, base: IgQuestion): IgQuestion {
  const { steps, ...read } = readQuestion(fields, base);
  return {
    // Questions are known by their JSON: the order of the fields has to stay.
    ...base,
    ...read,
    method: "integrated-gradients",
    steps: steps === "adaptive" ? steps : Math.max(STEP_LIMITS.least, steps),
    bound: BOUNDS.find((bound) => bound === fields.get("bound")) ?? base.bound,
  };
}

/** Whether two walks lead from the same start to the same end, whatever their steps. */
export function sameWay(a: IgQuestion, b: IgQuestion): boolean {
  return sameEnd(a, b) && JSON.stringify(a.baseline) === JSON.stringify(b.baseline);
}

/** Whether two walks lead to the same text and follow the same number. */
export function sameEnd(a: IgQuestion, b: IgQuestion): boolean {
  return JSON.stringify(endOf(a)) === JSON.stringify(endOf(b));
}

function endOf({ source, target, place, follow, against, to, scale }: Question): unknown[] {
  return [source, target, place, follow, against, to, scale];
}
