/** Attention weighed by what the followed number gains from it. */
import type { ByKind } from "../gradient.ts";
import type { AttentionKind, Tensor } from "../model.ts";
import { type Method, onePerRow, PLAIN } from "./method.ts";
import { bySide, type Side, type Subject } from "./subject.ts";

/**
 * Attention × gradient as Grad-SAM defines it (Barkan et al. 2021, "Grad-SAM: Explaining Transformers via Gradient Self-Attention
 * Maps"): a token's score is the mean over layers, heads and query rows of A ⊙ max(0, ∂/∂A), for the attention A that it
 * gets as a key. It has no sign: what speaks against the number is cut off.
 *
 * The paper has one stack. Of an encoder–decoder, a source token is scored by the cross-attention that its encoded state gets, and
 * a token of the target by the decoder's own; the encoder's attention, which mixes source tokens among themselves, is left out.
 */
export const attentionXGradient: Method = {
  runs: onePerRow,
  attribute: async (runner, subject, { targets }) => {
    const { values, gradients, attention } = await runner.evaluate({
      run: subject.run,
      points: targets.length,
      targets,
      gradients: ["attention"],
      include: ["attention"],
    });
    const rows = targets.map((_, row) => {
      const scores = new Float64Array(subject.places);
      for (const side of subject.sides) {
        const kind = kindFor(subject, side);
        scores.set(keysOf(ofPoint(attention, kind, row), ofPoint(gradients.attention, kind, row)), side.start);
      }
      return scores;
    });
    return { ...PLAIN, values, scores: bySide(subject, targets, rows), signed: false };
  },
};

/** The attention in which a side's tokens are the keys. */
function kindFor({ target }: Subject, { stack }: Side): AttentionKind {
  return target !== null && stack === "encoder" ? "cross" : stack;
}

/** One point's matrices: `[layer, head, query, key]`. */
export function ofPoint(attention: ByKind | undefined, kind: AttentionKind, point: number): Tensor {
  const tensor = attention?.[kind];
  if (!tensor) throw new RangeError(`expected attention of the kind ${kind}`);
  const shape = tensor.shape.slice(1);
  const size = shape.reduce((product, length) => product * length, 1);
  return { data: tensor.data.subarray(point * size, (point + 1) * size), shape };
}

/** Mean over layers, heads and queries of weight · max(0, slope): `[key]`. */
function keysOf(weights: Tensor, slopes: Tensor): Float64Array {
  const keys = weights.shape[3] ?? 0;
  const sums = new Float64Array(keys);
  for (const [at, weight] of weights.data.entries()) {
    const key = at % keys;
    sums[key] = (sums[key] ?? 0) + weight * Math.max(0, slopes.data[at] ?? 0);
  }
  return sums.map((sum) => sum / (weights.data.length / keys));
}
