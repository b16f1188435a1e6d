/** The gradient of each token along its own embedding. */
import { type Method, onePerRow, PLAIN } from "./method.ts";
import { overWidth, type Reduction } from "./overWidth.ts";
import { bySide } from "./subject.ts";

/**
 * Input × gradient: Σ over the width of embedding · gradient (Shrikumar et al. 2017, "Learning Important Features Through
 * Propagating Activation Differences", who set it beside their own): what the number would lose if it were linear and
 * the embedding were 0.
 */
export const inputXGradient: Method = {
  runs: onePerRow,
  attribute: async (runner, subject, { targets }) => {
    const points = targets.length;
    const { values, gradients } = await runner.evaluate({
      run: subject.run,
      points,
      targets,
      gradients: ["embeddings"],
    });
    const rows = targets.map((_, row) => overWidth(subject, gradients.embeddings, row, alongInput));
    return { ...PLAIN, values, scores: bySide(subject, targets, rows), signed: true };
  },
};

const alongInput: Reduction = (gradient, { embeddings }, from) => {
  let sum = 0;
  for (let i = 0; i < gradient.length; i++) sum += (gradient[i] ?? 0) * (embeddings.data[from + i] ?? 0);
  return sum;
};
