/** Methods as a reader meets them: their names, what they need, and what they cost. */
import type { MethodId } from "../../../engine/attribute.ts";

export interface MethodWords {
  readonly name: string;
  /** Runs of the model for one output, in words. */
  readonly cost: string;
  /** Scores have a sign. */
  readonly signed: boolean;
  /** What can be chosen of it. */
  readonly takes: readonly ("norm" | "baseline" | "steps")[];
  /** Takes seconds on a slow machine: waits for the button instead of following each edit. */
  readonly slow: boolean;
}

/** One row a method. */
export const METHOD_WORDS: Readonly<Record<MethodId, MethodWords>> = {
  saliency: row("saliency (length of the gradient)", "one run back", false, ["norm"]),
  "input-x-gradient": row("input × gradient", "one run back", true),
  "integrated-gradients": row("integrated gradients", "one run back a step", true, ["baseline", "steps"], true),
  "layer-input-x-gradient": row("state × gradient, every layer", "one run back", true),
  "attention-x-gradient": row("attention × gradient", "one run back", false),
  rollout: row("attention rollout", "one run", false),
  occlusion: row("occlusion", "one run a token", true, ["baseline"]),
  shapley: row("Shapley values", "25 runs a token", true, ["baseline"], true),
  "head-gates": row("slope along each head’s switch", "one run back", true),
};

function row(name: string, cost: string, signed: boolean, takes: MethodWords["takes"] = [], slow = false): MethodWords {
  return { name, cost, signed, takes, slow };
}
