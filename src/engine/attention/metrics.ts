/** What is followed while heads are switched off, for each family of models. */
import { cosine, meanRow } from "../../lib/vectors.ts";
import type { AnyTrace, Family, Model, RunRequest } from "../model.ts";
import type { HeadOrders, HeadSweep, Prompt } from "../study.ts";
import { unfit } from "./studyTools.ts";

/** A model's answer as two numbers. */
export interface Metric {
  readonly name: HeadSweep["metric"];
  readonly shareName: HeadOrders["share"];
  /** How a prompt is run; `target` is the text that an encoder–decoder is to write. */
  readonly request: (prompt: Prompt, target: string | null) => RunRequest;
  /** The number that a head's effect is measured in; `whole` is the run with all heads. */
  readonly of: (trace: AnyTrace, whole: AnyTrace) => number;
  /** How far the answer still stands, at most 1. */
  readonly share: (trace: AnyTrace, whole: AnyTrace) => number;
}

export const METRICS: Readonly<Record<Family, Metric>> = {
  decoder: {
    name: "logit-difference",
    shareName: "answer",
    request: ({ source, answer, other }) => {
      if (!answer || !other)
        throw unfit("A prompt for a decoder needs its answer and another word to compare it with.");
      return { source, target: null, watch: [answer, other] };
    },
    of: (trace) => {
      const [answer, other] = watchedOf(trace);
      return (answer?.logit ?? Number.NaN) - (other?.logit ?? Number.NaN);
    },
    share: (trace) => watchedOf(trace)[0]?.probability ?? Number.NaN,
  },
  "encoder-decoder": {
    name: "log-probability",
    shareName: "target",
    request: ({ source }, target) => ({ source, target }),
    of: ({ loss }) => -loss,
    share: ({ loss }) => Math.exp(-loss),
  },
  encoder: {
    name: "similarity",
    shareName: "similarity",
    request: ({ source }) => ({ source, target: null, include: ["hidden"] }),
    of: similarity,
    share: similarity,
  },
};

/** The text whose probability is followed; null for a model with one stack. */
export async function targetOf(model: Model, { source, target }: Prompt): Promise<string | null> {
  if (target !== null || model.info.family !== "encoder-decoder") return target;
  return (await model.trace({ source, target })).target?.text ?? "";
}

function watchedOf(trace: AnyTrace) {
  return "watched" in trace ? trace.watched : [];
}

function similarity(trace: AnyTrace, whole: AnyTrace): number {
  return cosine(meanState(trace), meanState(whole));
}

/** The mean over tokens of the encoder's last states: `[width]`. */
function meanState({ hidden }: AnyTrace): Float64Array {
  const states = hidden?.encoder;
  const [, tokens = 0, width = 0] = states?.shape ?? [];
  return meanRow(states?.data.subarray(-tokens * width) ?? new Float32Array(), width);
}
