/** Places and weights for an integral from 0 to 1. */

/** Places in order, and weights that sum to 1: `[step]` both. */
export interface Steps {
  readonly places: Float64Array;
  readonly weights: Float64Array;
}

/** A way to place steps. */
export type Rule = "riemann" | "gauss-legendre";

/** So many steps between 0 and 1. */
export const RULES: Readonly<Record<Rule, (count: number) => Steps>> = {
  riemann: middles,
  "gauss-legendre": gaussLegendre,
};

/** The middles of equal parts (the midpoint rule), all of one weight. */
export function middles(count: number): Steps {
  return {
    places: Float64Array.from({ length: count }, (_, step) => (step + 0.5) / count),
    weights: new Float64Array(count).fill(1 / count),
  };
}

/** A Newton step below this is rounding. */
const SETTLED = 1e-15;
/** Newton's method takes four or five; more would mean that it circles within rounding. */
const MOST_ROUNDS = 20;

/**
 * Nodes and weights of Gauss and Legendre: exact for polynomials up to degree 2 · count − 1. The nodes are the roots of the
 * Legendre polynomial, found by Newton's method from Tricomi's estimate (Davis and Rabinowitz 1984, "Methods of Numerical
 * Integration", 2.7).
 */
export function gaussLegendre(count: number): Steps {
  const places = new Float64Array(count);
  const weights = new Float64Array(count);
  // The roots lie evenly around 0: half of them are found, the others are their mirror images.
  for (let i = 0; i < Math.ceil(count / 2); i++) {
    const root = rootNear(Math.cos((Math.PI * (i + 0.75)) / (count + 0.5)), count);
    const { slope } = legendre(root, count);
    const weight = 1 / ((1 - root ** 2) * slope ** 2); // half of that on [−1, 1]
    places[i] = (1 - root) / 2;
    places[count - 1 - i] = (1 + root) / 2;
    weights[i] = weights[count - 1 - i] = weight;
  }
  return { places, weights };
}

function rootNear(guess: number, count: number): number {
  let root = guess;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { value, slope } = legendre(root, count);
    root -= value / slope;
    if (Math.abs(value / slope) < SETTLED) break;
  }
  return root;
}

/** The Legendre polynomial of a degree and its derivative, inside (−1, 1): (k + 1) P(k+1) = (2k + 1) x P(k) − k P(k−1). */
function legendre(x: number, degree: number): { readonly value: number; readonly slope: number } {
  let [before, value] = [0, 1];
  for (let k = 0; k < degree; k++) [before, value] = [value, ((2 * k + 1) * x * value - k * before) / (k + 1)];
  return { value, slope: (degree * (x * value - before)) / (x ** 2 - 1) };
}
