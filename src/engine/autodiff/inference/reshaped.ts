/** The shape that `Reshape` makes. */
import type { Fact } from "../shapes.ts";
import { outcome, product, quotient, type Shape, type Size } from "../sizes.ts";

/**
 * Sizes that a list asks for: 0 keeps the size of that axis (unless zeros are meant), −1 takes what is left.
 * Undefined where not even the rank can be told; a size that cannot gets a name of its own, made of `name`.
 */
export function reshaped(name: string, from: Shape | undefined, to: Fact, zeros: boolean): Shape | undefined {
  const own = (axis: number): Size => outcome("size", name, axis);
  const rank = to.shape?.[0];
  if (to.wholes === undefined) {
    return typeof rank === "number" ? Array.from({ length: rank }, (_, axis) => own(axis)) : undefined;
  }
  const asked = to.wholes.map((size, axis) => (size === 0 && !zeros ? (from?.[axis] ?? own(axis)) : size));
  const rest = product(asked.filter((size) => size !== -1));
  const left = from && quotient(product(from), rest);
  return asked.map((size, axis) => {
    if (size === -1) return left ?? own(axis);
    // The outcome of a subtraction may be −1 and would then mean what is left.
    return typeof size === "string" && size.includes("{-") ? own(axis) : size;
  });
}
