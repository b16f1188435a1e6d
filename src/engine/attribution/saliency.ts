/** How long the gradient of each token is. */
import type { Method } from "./method.ts";
import { onePerRow, PLAIN } from "./method.ts";
import { overWidth } from "./overWidth.ts";
import { bySide } from "./subject.ts";

/**
 * Saliency: the length of the gradient of the followed number by a token's embedding, L2 unless L1 is asked for (Simonyan,
 * Vedaldi and Zisserman 2014, "Deep Inside Convolutional Networks", who take the largest entry; over words a norm is usual: Li
 * et al. 2016, "Visualizing and Understanding Neural Models in NLP"). It has no sign: how much the number can move, not where to.
 */
export const saliency: Method = {
  runs: onePerRow,
  attribute: async (runner, subject, { targets, norm = 2 }) => {
    const points = targets.length;
    const { values, gradients } = await runner.evaluate({
      run: subject.run,
      points,
      targets,
      gradients: ["embeddings"],
    });
    const length = norm === 1 ? l1 : l2;
    const rows = targets.map((_, row) => overWidth(subject, gradients.embeddings, row, length));
    return { ...PLAIN, values, scores: bySide(subject, targets, rows), signed: false };
  },
};

/** The sum of absolute entries. */
function l1(vector: Float32Array): number {
  return vector.reduce((sum, entry) => sum + Math.abs(entry), 0);
}

/** The length of a vector, `√(Σ entry²)`. */
export function l2(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, entry) => sum + entry ** 2, 0));
}
