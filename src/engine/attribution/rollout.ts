/** Where attention leads through all layers. */
import type { ByKind, Target } from "../gradient.ts";
import { ofPoint } from "./attentionXGradient.ts";
import { type Method, onePerRow, PLAIN } from "./method.ts";
import { bySide, type Subject } from "./subject.ts";

/** `[row][column]` */
type Matrix = readonly Float64Array[];

/**
 * Attention rollout (Abnar and Zuidema 2020, "Quantifying Attention Flow in Transformers"): every layer is taken as half what
 * stays in the residual stream and half the mean of its heads' attention, R ← ½ (I + A) · R, and the matrices of all layers are
 * multiplied. A row says which inputs a state is made of, if only attention mixed them; it sums to 1. No gradient
 * and no output token enter beyond the row; of a sentence's similarity it is the mean of all rows.
 *
 * The paper has one stack. For an encoder–decoder every block of the decoder is a layer of its own: D (over the tokens that it reads)
 * begins as I and C (over the source) as 0; self-attention takes both alike, D ← ½ (I + A) · D and C ← ½ (I + A) · C;
 * cross-attention X then reads the encoder's rollout E, D ← ½ D and C ← ½ C + ½ X · E. A row of D and C together sums to 1.
 */
export const rollout: Method = {
  runs: onePerRow,
  attribute: async (runner, subject, { targets }) => {
    const { values, attention } = await runner.evaluate({
      run: subject.run,
      points: targets.length,
      targets,
      include: ["attention"],
    });
    // Attention is that of the run, whatever is followed: all points have the same.
    const rolled = rolledOut(subject, attention);
    const rows = targets.map((target) => rowOf(rolled, target));
    return { ...PLAIN, values, scores: bySide(subject, targets, rows), signed: false };
  },
};

/** How much of each place is in each final state: `[row][place]`. */
function rolledOut({ sides, target }: Subject, attention: ByKind | undefined): Matrix {
  const [{ stack, tokens } = { stack: "encoder" as const, tokens: [] }] = sides;
  const alone = meansOf(attention, stack).reduce(mixed, identity(tokens.length));
  if (target === null) return alone;

  let own = identity(target.length);
  let source: Matrix = target.map(() => new Float64Array(tokens.length));
  const cross = meansOf(attention, "cross");
  for (const [layer, self] of meansOf(attention, "decoder").entries()) {
    own = scaled(mixed(own, self), 0.5);
    const read = product(cross[layer] ?? [], alone);
    source = mean(mixed(source, self), read);
  }
  return source.map((row, at) => Float64Array.of(...row, ...(own[at] ?? [])));
}

function rowOf(rolled: Matrix, target: Target): Float64Array {
  if (target.kind === "token") return rolled[target.row] ?? new Float64Array();
  const [first = new Float64Array()] = rolled;
  return first.map((_, place) => rolled.reduce((sum, row) => sum + (row[place] ?? 0), 0) / rolled.length);
}

/** Every layer's attention, the mean of its heads: `[layer][query][key]`. */
function meansOf(attention: ByKind | undefined, kind: "encoder" | "decoder" | "cross"): Matrix[] {
  const { data, shape } = ofPoint(attention, kind, 0);
  const [layers = 0, heads = 0, queries = 0, keys = 0] = shape;
  return Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: queries }, (_, query) => {
      const row = new Float64Array(keys);
      for (let head = 0; head < heads; head++) {
        const from = ((layer * heads + head) * queries + query) * keys;
        for (let key = 0; key < keys; key++) row[key] = (row[key] ?? 0) + (data[from + key] ?? 0) / heads;
      }
      return row;
    }),
  );
}

/** ½ (I + A) · R */
function mixed(rolled: Matrix, attention: Matrix): Matrix {
  return mean(rolled, product(attention, rolled));
}

function mean(a: Matrix, b: Matrix): Matrix {
  return a.map((row, at) => row.map((value, column) => (value + (b[at]?.[column] ?? 0)) / 2));
}

function scaled(matrix: Matrix, by: number): Matrix {
  return matrix.map((row) => row.map((value) => value * by));
}

function product(a: Matrix, b: Matrix): Matrix {
  const columns = b[0]?.length ?? 0;
  return a.map((weights) => {
    const row = new Float64Array(columns);
    for (const [at, weight] of weights.entries()) {
      for (let column = 0; column < columns; column++)
        row[column] = (row[column] ?? 0) + weight * (b[at]?.[column] ?? 0);
    }
    return row;
  });
}

function identity(size: number): Matrix {
  return Array.from({ length: size }, (_, row) =>
    Float64Array.from({ length: size }, (_, column) => Number(row === column)),
  );
}
