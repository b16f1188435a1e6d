/** Input × gradient within the model: at every token of every layer. */
import type { Evaluation } from "../gradient.ts";
import type { Tensor } from "../model.ts";
import { type Method, onePerRow } from "./method.ts";
import { l2 } from "./saliency.ts";
import { type Side, sidesTogether } from "./subject.ts";

/**
 * Layer input × gradient: hidden state · gradient, summed over the width, at every token of every hidden state from the embeddings
 * to the last norm (input × gradient, Shrikumar et al. 2017, with a layer's states as the input; Captum's
 * `LayerGradientXActivation`); and beside it the length of the gradient.
 */
export const layerInputXGradient: Method = {
  runs: onePerRow,
  attribute: async (runner, { run, sides }, { targets }) => {
    const evaluation = await runner.evaluate({
      run,
      points: targets.length,
      targets,
      gradients: ["hidden"],
      include: ["hidden"],
    });
    const found = sides.map((side) => layersOf(evaluation, side));
    return {
      of: "layers",
      values: evaluation.values,
      scores: sidesTogether(found.map(({ scores }) => scores)),
      norms: sidesTogether(found.map(({ norms }) => norms)),
    };
  },
};

/** Scores and lengths of one side: `[row, layer + 1, token]` both. */
function layersOf({ gradients, hidden }: Evaluation, { stack }: Side): { scores: Tensor; norms: Tensor } {
  const slopes = gradients.hidden?.[stack];
  const states = hidden?.[stack];
  if (!slopes || !states) throw new RangeError(`expected the hidden states of the ${stack} and their gradients`);
  const width = slopes.shape.at(-1) ?? 0;
  const shape = slopes.shape.slice(0, -1);
  const scores = new Float32Array(slopes.data.length / width);
  const norms = new Float32Array(scores.length);
  for (let at = 0; at < scores.length; at++) {
    const gradient = slopes.data.subarray(at * width, (at + 1) * width);
    scores[at] = gradient.reduce((sum, slope, i) => sum + slope * (states.data[at * width + i] ?? 0), 0);
    norms[at] = l2(gradient);
  }
  return { scores: { data: scores, shape }, norms: { data: norms, shape } };
}
