/** Runs in which tokens stand part of the way towards the baseline. */
import type { Evaluation, GradientKind, Shift, Target } from "../gradient.ts";
import type { Runner } from "./runner.ts";
import type { Side, Subject } from "./subject.ts";

/** How far every place stands from its own embedding (0) towards that of the baseline (1): `[place]`. */
export type Shares = ArrayLike<number>;

/** Variants of a run, one a point, and the number that is followed in all of them. */
export interface MovedRequest {
  readonly target: Target;
  readonly variants: readonly Shares[];
  readonly gradients?: readonly GradientKind[];
}

/** Most numbers that the shifts of one evaluation hold: 4 MB. */
const MOST_NUMBERS = 2 ** 20;

/**
 * The followed number of every variant: `[variant]`.
 *
 * @param take is handed each evaluation on the way, with the variant that its first point is; gradients are kept nowhere else
 */
export async function runMoved(
  runner: Runner,
  subject: Subject,
  { target, variants, gradients }: MovedRequest,
  take: (evaluation: Evaluation, first: number) => void = () => {},
): Promise<Float64Array> {
  const values = new Float64Array(variants.length);
  const together = Math.max(1, Math.floor(MOST_NUMBERS / (subject.places * subject.width)));
  for (let first = 0; first < variants.length; first += together) {
    const some = variants.slice(first, first + together);
    const evaluation = await runner.evaluate({
      run: subject.run,
      points: some.length,
      targets: [target],
      shifts: shiftsOf(subject, some),
      ...(gradients && { gradients }),
    });
    values.set(evaluation.values, first);
    take(evaluation, first);
  }
  return values;
}

/** The shifts that put places where the variants say; a side on which nothing moves has none. */
export function shiftsOf({ sides, width }: Pick<Subject, "sides" | "width">, variants: readonly Shares[]): Shift[] {
  return sides.flatMap((side) => {
    const moves = variants.some((shares) => side.tokens.some((_, at) => shares[side.start + at]));
    return moves ? [shiftOf(side, width, variants)] : [];
  });
}

function shiftOf(
  { stack, tokens, start, embeddings, baseline }: Side,
  width: number,
  variants: readonly Shares[],
): Shift {
  const size = tokens.length * width;
  const data = new Float32Array(variants.length * size);
  for (const [point, shares] of variants.entries()) {
    for (let i = 0; i < size; i++) {
      const share = shares[start + Math.floor(i / width)] ?? 0;
      data[point * size + i] = share * ((baseline.data[i] ?? 0) - (embeddings.data[i] ?? 0));
    }
  }
  return { stack, at: "embeddings", by: { data, shape: [variants.length, tokens.length, width] } };
}

/** Every place as far: `[place]`. */
export function allMoved({ places }: Subject, share: number): Float64Array {
  return new Float64Array(places).fill(share);
}

/** Only these places, all the way: `[place]`. */
export function onlyMoved({ places }: Subject, moved: Iterable<number>): Float64Array {
  const shares = new Float64Array(places);
  for (const place of moved) shares[place] = 1;
  return shares;
}
