import { unfit } from "../attention/studyTools.ts";
import type { GradientRequest, GradientStudy } from "../attribute.ts";
import type { ByStack } from "../gradient.ts";
import type { Model, Stack, Tensor } from "../model.ts";

const STACKS: readonly Stack[] = ["encoder", "decoder"];

/**
 * The gradient of one number with respect to the embeddings, and the embeddings themselves: what saliency and input × gradient
 * are computed from. One run forward and one backward.
 *
 * @throws FailureError ("bad-input") where the model gives no gradient
 */
export async function gradientOf(model: Model, { run, target }: GradientRequest): Promise<GradientStudy> {
  const inputs = await model.inputs(run);
  const { values, gradients, cost } = await model.evaluate({
    run,
    points: 1,
    targets: [target],
    gradients: ["embeddings"],
  });
  if (!gradients.embeddings) throw unfit("The model gave no gradient.");
  return {
    model: model.info.id,
    source: inputs.source,
    target: inputs.target?.read ?? null,
    value: values[0] ?? Number.NaN,
    embeddings: inputs.embeddings,
    gradients: firstOf(gradients.embeddings),
    cost,
  };
}

/** Of `[point, token, width]`, the first point. */
function firstOf(gradients: ByStack): ByStack {
  const found: Partial<Record<Stack, Tensor>> = {};
  for (const stack of STACKS) {
    const tensor = gradients[stack];
    if (!tensor) continue;
    const [, tokens = 0, width = 0] = tensor.shape;
    found[stack] = { data: tensor.data.slice(0, tokens * width), shape: [tokens, width] };
  }
  return found;
}
