import type { AttentionKind, Family, HeadRef, Model, Tensor } from "../model.ts";
import type { HeadSweep, StudyRequest } from "../study.ts";
import { METRICS, targetOf } from "./metrics.ts";
import { bootstrapMean } from "./statistics.ts";
import { paceOf, type StudyTools } from "./studyTools.ts";

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
