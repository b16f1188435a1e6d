/**
 * Does the slope along a head's switch foretell what happens without the head? The gradient of a switch gives every head's
 * importance in one run backward (Michel et al. 2019, "Are Sixteen Heads Really Better than One?", section 4.1, who take its
 * size); the truth costs a run for each head.
 */
import { pearson, spearman } from "../../attention/statistics.ts";
import { type StudyTools, unfit } from "../../attention/studyTools.ts";
import type { GateCheckRequest, GateCheckStudy } from "../../attribute.ts";
import type { Evaluation } from "../../gradient.ts";
import type { AttentionKind, Family, HeadRef, Model, Tensor } from "../../model.ts";
import { runnerOf } from "../runner.ts";
import { subjectOf } from "../subject.ts";

const KINDS: Readonly<Record<Family, readonly AttentionKind[]>> = {
  encoder: ["encoder"],
  decoder: ["decoder"],
  "encoder-decoder": ["encoder", "decoder", "cross"],
};

/**
 * The change that a straight line foretells when a switch goes from 1 to 0, beside the change when the head is really off (its
 * output is zero). Heads that the run switches off stay off, and show 0 for both. One run with gradient, and one for each head.
 */
export async function studyGateCheck(
  model: Model,
  { run, target }: GateCheckRequest,
  tools: StudyTools,
): Promise<GateCheckStudy> {
  const kinds = KINDS[model.info.family].map((kind) => ({ kind, layers: layersOf(model, kind) }));
  const total = kinds.reduce((count, { layers }) => count + layers * model.info.heads, 1);
  const { evaluate, takeCost } = runnerOf(model, tools, total);
  const { run: fixed } = await subjectOf(model, { run });
  const whole = await evaluate({ run: fixed, points: 1, targets: [target], gradients: ["gates"] });
  const value = whole.values[0] ?? Number.NaN;

  const found: GateCheckStudy["kinds"][number][] = [];
  for (const { kind, layers } of kinds) {
    const changes = new Float32Array(layers * model.info.heads);
    for (const [place] of changes.entries()) {
      const head: HeadRef = { kind, layer: Math.floor(place / model.info.heads), head: place % model.info.heads };
      const off = [...(fixed.off ?? []), head];
      const { values } = await evaluate({ run: { ...fixed, off }, points: 1, targets: [target] });
      changes[place] = (values[0] ?? Number.NaN) - value;
    }
    const foretold = foretoldBy(whole, kind, fixed.off ?? []);
    found.push({ kind, foretold, true: { data: changes, shape: foretold.shape } });
  }
  return { model: model.info.id, value, kinds: found, correlation: correlationOf(found), cost: takeCost() };
}

/** Layers that have a kind of attention; cross-attention stands in the decoder's. */
function layersOf({ info }: Model, kind: AttentionKind): number {
  return info.layers[kind === "cross" ? "decoder" : kind];
}

/** −(slope along the switch), 0 for heads that are off: `[layer, head]`. */
function foretoldBy({ gradients }: Evaluation, kind: AttentionKind, off: readonly HeadRef[]): Tensor {
  const slopes = gradients.gates?.[kind];
  if (!slopes) throw unfit("The model gave no gradient of its heads’ switches.");
  const [layers = 0, heads = 0] = slopes.shape.slice(1);
  const data = slopes.data.map((slope) => -slope);
  for (const each of off) if (each.kind === kind) data[each.layer * heads + each.head] = 0;
  return { data, shape: [layers, heads] };
}

function correlationOf(kinds: GateCheckStudy["kinds"]): GateCheckStudy["correlation"] {
  const foretold = kinds.flatMap((each) => [...each.foretold.data]);
  const truth = kinds.flatMap((each) => [...each.true.data]);
  return { pearson: pearson(foretold, truth), spearman: spearman(foretold, truth) };
}
