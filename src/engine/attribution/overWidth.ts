/** From a number for every token and dimension to a number for every token. */
import type { ByStack } from "../gradient.ts";
import type { Side, Subject } from "./subject.ts";

/** Makes one number of a token's gradient; `from` is where the token's rows begin in the side's embeddings and baseline. */
export type Reduction = (gradient: Float32Array, side: Side, from: number) => number;

/** The reduced gradient of every place, for one point: `[place]`. */
export function overWidth(
  { sides, places, width }: Subject,
  gradients: ByStack | undefined,
  point: number,
  reduce: Reduction,
): Float64Array {
  const reduced = new Float64Array(places);
  for (const side of sides) {
    const { data } = gradients?.[side.stack] ?? {};
    if (!data) throw new RangeError(`expected a gradient of the rows of the ${side.stack}`);
    const first = point * side.tokens.length * width;
    for (let at = 0; at < side.tokens.length; at++) {
      const from = at * width;
      reduced[side.start + at] = reduce(data.subarray(first + from, first + from + width), side, from);
    }
  }
  return reduced;
}
