import type { AnyTrace, AttentionKind, Family, HeadRef, Model, RunRequest, Tensor } from "../model.ts";
import type { HeadSweep, Prompt, StudyRequest } from "../study.ts";
import { bootstrapMean } from "./statistics.ts";
import { paceOf, type StudyTools, unfit } from "./studyTools.ts";

/** What is followed while heads are switched off. */
interface Metric {
  readonly name: HeadSweep["metric"];
  /** How a prompt is run; `target` is the text that an encoder–decoder is to write. */
  readonly request: (prompt: Prompt, target: string | null) => RunRequest;
  /** The number to follow; `whole` is the run with all heads. */
  readonly of: (trace: AnyTrace, whole: AnyTrace) => number;
}

const METRICS: Readonly<Record<Family, Metric>> = {
  decoder: {
    name: "logit-difference",
    request: ({ source, answer, other }) => {
      if (!answer || !other)
        throw unfit("A prompt for a decoder needs its answer and another word to compare it with.");
      return { source, target: null, watch: [answer, other] };
    },
    of: (trace) => {
      const [answer, other] = "watched" in trace ? trace.watched : [];
      return (answer?.logit ?? Number.NaN) - (other?.logit ?? Number.NaN);
    },
  },
  "encoder-decoder": {
    name: "log-probability",
    request: ({ source }, target) => ({ source, target }),
    of: ({ loss }) => -loss,
  },
  encoder: {
    name: "similarity",
    request: ({ source }) => ({ source, target: null, include: ["hidden"] }),
    of: (trace, whole) => cosine(meanState(trace), meanState(whole)),
  },
};

/**
 * Switches off every head by itself and says how far the metric moves, for every prompt. Where a prompt for an encoder–decoder
 * names no target, the one that the whole model writes is followed. The mean runs over prompts, the interval is by bootstrap
 * over prompts.
 */
export async function sweepHeads(
  model: Model,
  { prompts, fill }: Pick<Extract<StudyRequest, { job: "sweep" }>, "prompts" | "fill">,
  tools: StudyTools,
): Promise<HeadSweep> {
  const metric = METRICS[model.info.family];
  const heads = headsOf(model);
  const pace = paceOf(tools, prompts.length * (1 + heads.length));
  const wholes: number[] = [];
  const effects: Float64Array[] = []; // [prompt][head]

  for (const prompt of prompts) {
    const request = metric.request(prompt, await targetOf(model, prompt));
    const whole = await model.trace(request);
    const before = metric.of(whole, whole);
    await pace.ran();
    const moved = new Float64Array(heads.length);
    for (const [place, head] of heads.entries()) {
      moved[place] = metric.of(await model.trace({ ...request, off: [head], fill }), whole) - before;
      await pace.ran();
    }
    wholes.push(before);
    effects.push(moved);
  }

  return {
    model: model.info.id,
    metric: metric.name,
    whole: wholes.reduce((sum, value) => sum + value, 0) / prompts.length,
    effects: byKind(model, heads, bootstrapMean(effects)),
    prompts: prompts.length,
  };
}

/** The text whose probability is followed; null for a model with one stack. */
export async function targetOf(model: Model, { source, target }: Prompt): Promise<string | null> {
  if (target !== null || model.info.family !== "encoder-decoder") return target;
  return (await model.trace({ source, target })).target?.text ?? "";
}

/** Every head of a model, kind by kind. */
function headsOf({ info }: Model): HeadRef[] {
  return kindsOf(info.family).flatMap((kind) =>
    Array.from({ length: layersOf(info, kind) * info.heads }, (_, place) => ({
      kind,
      layer: Math.floor(place / info.heads),
      head: place % info.heads,
    })),
  );
}

function kindsOf(family: Family): readonly AttentionKind[] {
  return family === "encoder-decoder" ? ["encoder", "decoder", "cross"] : [family];
}

/** Layers that have a kind of attention; cross-attention stands in the decoder's. */
function layersOf({ layers }: Model["info"], kind: AttentionKind): number {
  return layers[kind === "cross" ? "decoder" : kind];
}

/** Values of all heads, parted into their kinds. */
function byKind(
  { info }: Model,
  heads: readonly HeadRef[],
  values: Readonly<Record<"mean" | "low" | "high", Float64Array>>,
): HeadSweep["effects"] {
  return kindsOf(info.family).map((kind) => {
    const start = heads.findIndex((head) => head.kind === kind);
    const layers = layersOf(info, kind);
    const part = (all: Float64Array): Tensor => ({
      data: Float32Array.from(all.subarray(start, start + layers * info.heads)),
      shape: [layers, info.heads],
    });
    return { kind, mean: part(values.mean), low: part(values.low), high: part(values.high) };
  });
}

/** The mean over tokens of the encoder's last states: `[width]`. */
function meanState({ hidden }: AnyTrace): Float64Array {
  const states = hidden?.encoder;
  const [layers = 0, tokens = 0, width = 0] = states?.shape ?? [];
  const mean = new Float64Array(width);
  for (let token = 0; token < tokens; token++) {
    const from = ((layers - 1) * tokens + token) * width;
    for (let at = 0; at < width; at++) mean[at] = (mean[at] ?? 0) + (states?.data[from + at] ?? 0) / tokens;
  }
  return mean;
}

function cosine(a: Float64Array, b: Float64Array): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}
