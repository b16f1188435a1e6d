/** What tasks on attributions expect: the engine's numbers, and those of known mix-ups. */
import type { GradientStudy } from "../../../engine/attribute.ts";
import type { Tensor } from "../../../engine/model.ts";
import type { MethodRequest, Named } from "../evidence.ts";
import { scoresOf } from "../tracing/attributed.ts";
import type { ModelSaid } from "./said.ts";

/** One number of each token from its embedding and its gradient. */
type PerToken = (embedding: readonly number[], gradient: readonly number[]) => number;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const products: PerToken = (embedding, gradient) => sum(gradient.map((slope, at) => slope * (embedding[at] ?? 0)));
const sizes: PerToken = (embedding, gradient) =>
  sum(gradient.map((slope, at) => Math.abs(slope * (embedding[at] ?? 0))));
const length: PerToken = (_, gradient) => Math.sqrt(sum(gradient.map((slope) => slope ** 2)));
const slopes: PerToken = (_, gradient) => sum(gradient);
const states: PerToken = (embedding) => sum(embedding);

/** Input × gradient of the source tokens; null where the model said nothing of the run. */
export function productsOf(said: ModelSaid | null): readonly Named[] | null {
  if (!said?.gradient) return null;
  const { gradient, attribution } = said;
  const one = gradient.target === null;
  const of = (perToken: PerToken): number[] => byToken(gradient, one ? "decoder" : "encoder", perToken);
  const { source, target } =
    attribution?.of === "tokens"
      ? scoresOf(attribution.scores)
      : { source: of(products), target: byToken(gradient, "decoder", products) };
  return [
    { name: "right", value: source },
    { name: "sizes", value: of(sizes) },
    { name: "norm", value: of(length) },
    { name: "slopes", value: of(slopes) },
    { name: "states", value: of(states) },
    ...(one ? [] : [{ name: "target", value: target }]),
  ];
}

function byToken(study: GradientStudy, stack: "encoder" | "decoder", perToken: PerToken): number[] {
  const rows = rowsOf(study.embeddings[stack]);
  return rowsOf(study.gradients[stack]).map((gradient, token) => perToken(rows[token] ?? [], gradient));
}

function rowsOf(tensor: Tensor | undefined): number[][] {
  const [tokens = 0, width = 0] = tensor?.shape ?? [];
  return Array.from({ length: tokens }, (_, token) =>
    Array.from(tensor?.data.subarray(token * width, (token + 1) * width) ?? []),
  );
}

/** Integrated gradients with so few steps that there is a gap to find. */
export function gapRequest(steps: number): MethodRequest {
  return { method: "integrated-gradients", steps, rule: "riemann" };
}

/** How much the scores add up to beyond the difference to the baseline. */
export function gapOf(said: ModelSaid | null): readonly Named[] | null {
  if (said?.attribution?.of !== "tokens" || !said.attribution.completeness) return null;
  const { scores, completeness, values } = said.attribution;
  const { source, target } = scoresOf(scores);
  const [value = 0, baseline = 0, gap = 0] = [values[0], completeness.baseline[0], completeness.gap[0]];
  const all = sum(source) + sum(target);
  return [
    { name: "right", value: gap },
    { name: "neither", value: sum(source) - value },
    { name: "total", value: all },
    { name: "difference", value: value - baseline },
    { name: "noBaseline", value: all - value },
    { name: "turned", value: -gap },
    { name: "share", value: gap / (value - baseline) },
    ...(target.length === 0 ? [] : [{ name: "sourceOnly", value: sum(source) - (value - baseline) }]),
  ];
}
