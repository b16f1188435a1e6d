/** A few words of linear algebra. */

/** The mean of the rows of a matrix `[row, width]`. */
export function meanRow(matrix: Float32Array, width: number): Float64Array {
  const rows = Math.max(1, matrix.length / Math.max(1, width));
  const mean = new Float64Array(width);
  for (let at = 0; at < matrix.length; at++) mean[at % width] = (mean[at % width] ?? 0) + (matrix[at] ?? 0) / rows;
  return mean;
}

/** Cosine of the angle between two vectors of one length; NaN where one of them is all zeros. */
export function cosine(a: Float64Array, b: Float64Array): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}
