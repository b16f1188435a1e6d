/** Operators that work number by number, their inputs spread over each other. */
import { difference, isCount, outcome, plus, quotient, type Size, times } from "../sizes.ts";
import { at, fact, type Inference, shapeOfAll } from "./common.ts";

/** The first output is like the first input. */
export const same: Inference = (node, known) => [fact(at(node, known, 0).type, at(node, known, 0).shape)];

/** −a, of sizes too. */
export const negative: Inference = (node, known) => {
  const { type, shape, wholes } = at(node, known, 0);
  return [
    fact(
      type,
      shape,
      wholes?.map((size) => subtracted(0, size)),
    ),
  ];
};

/** The first output is the first input. */
export const identity: Inference = (node, known) => [at(node, known, 0)];

/** Codes turned into numbers: the scale tells their type. */
export const dequantize: Inference = (node, known) => [fact(at(node, known, 1).type, at(node, known, 0).shape)];

/** Operators that spread their inputs over each other; on sizes, `combine` says what comes out. */
export function spreading(combine?: (a: Size, b: Size) => Size, type?: number): Inference {
  return (node, known) => {
    const [a, b] = [at(node, known, 0), at(node, known, 1)];
    const wholes = combine && a.wholes && b.wholes && pairwise(a.wholes, b.wholes, combine);
    return [fact(type ?? a.type ?? b.type, shapeOfAll(node, known), wholes)];
  };
}

function pairwise(a: readonly Size[], b: readonly Size[], combine: (a: Size, b: Size) => Size): Size[] | undefined {
  if (a.length !== b.length && a.length !== 1 && b.length !== 1) return undefined;
  const length = a.length === 1 ? b.length : a.length;
  return Array.from({ length }, (_, i) => combine(a[a.length === 1 ? 0 : i] ?? 0, b[b.length === 1 ? 0 : i] ?? 0));
}

/** a + b, of sizes that may be negative. */
export function summed(a: Size, b: Size): Size {
  if (typeof a === "number" && typeof b === "number") return a + b;
  return isCount(a) && isCount(b) ? plus(a, b) : outcome("+", a, b);
}

/** a − b. */
export function subtracted(a: Size, b: Size): Size {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return difference(a, b) ?? outcome("-", a, b);
}

/** a × b, of sizes that may be negative. */
export function multiplied(a: Size, b: Size): Size {
  if (typeof a === "number" && typeof b === "number") return a * b;
  return isCount(a) && isCount(b) ? times(a, b) : outcome("*", a, b);
}

/** a ÷ b, cut to a whole number. */
export function divided(a: Size, b: Size): Size {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return Math.trunc(a / b);
  return (isCount(a) && isCount(b) && quotient(a, b)) || outcome("/", a, b);
}

/** 1 or 0 where it is sure, else a name. */
export function equal(a: Size, b: Size): Size {
  if (a === b) return 1;
  if (typeof a === "number" && typeof b === "number") return 0;
  const negative = [a, b].some((size) => typeof size === "number" && size < 0);
  return negative && [a, b].some(isCount) ? 0 : outcome("=", a, b);
}

export const where: Inference = (node, known) => {
  const [condition, a, b] = [at(node, known, 0), at(node, known, 1), at(node, known, 2)];
  const choose = condition.wholes?.map((choice, i) => (choice === 1 ? a : choice === 0 ? b : undefined)?.wholes?.[i]);
  const wholes = choose?.every((chosen) => chosen !== undefined) ? choose.flatMap((chosen) => chosen ?? []) : undefined;
  const alike = a.wholes?.length === choose?.length && b.wholes?.length === choose?.length;
  return [fact(a.type ?? b.type, shapeOfAll(node, known), alike ? wholes : undefined)];
};
