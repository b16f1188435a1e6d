/** Deletion and insertion along given orders of a text's tokens. */
import { unfit } from "../../attention/studyTools.ts";
import type { Curve } from "../../attribute.ts";
import type { Target } from "../../gradient.ts";
import { onlyMoved, runMoved } from "../move.ts";
import type { Runner } from "../runner.ts";
import type { Subject } from "../subject.ts";

/**
 * The curves of some orders of the same places. Sets of tokens that come up again, on one curve or several, are run once.
 *
 * @throws FailureError ("bad-input") where taking all away changes nothing
 */
export async function curvesAlong(
  runner: Runner,
  subject: Subject,
  target: Target,
  orders: readonly (readonly number[])[],
): Promise<Curve[]> {
  const sets = orders.flatMap((order) => [...steps(order, "deletion"), ...steps(order, "insertion")]);
  const numberOf = await numbersWithout(runner, subject, target, sets);
  expectDifference(numberOf([]), numberOf(orders[0] ?? []));
  return orders.map((order) => curveOf(order, numberOf));
}

/** What is away after 0, 1, … tokens are taken away, or are put back. */
function steps(order: readonly number[], way: keyof Curve["areas"]): (readonly number[])[] {
  return Array.from({ length: order.length + 1 }, (_, count) =>
    way === "deletion" ? order.slice(0, count) : order.slice(count),
  );
}

/** The followed number without each set of places; sets that come up again are run once. */
async function numbersWithout(
  runner: Runner,
  subject: Subject,
  target: Target,
  sets: readonly (readonly number[])[],
): Promise<(gone: readonly number[]) => number> {
  const nameOf = (gone: readonly number[]): string => [...gone].sort((a, b) => a - b).join(" ");
  const distinct = [...new Map(sets.map((gone) => [nameOf(gone), gone] as const))];
  const variants = distinct.map(([, gone]) => onlyMoved(subject, gone));
  const values = await runMoved(runner, subject, { target, variants });
  const known = new Map(distinct.map(([name], at) => [name, values[at] ?? Number.NaN] as const));
  return (gone) => known.get(nameOf(gone)) ?? Number.NaN;
}

function curveOf(order: readonly number[], numberOf: (gone: readonly number[]) => number): Curve {
  const [deletion, insertion] = [steps(order, "deletion"), steps(order, "insertion")].map((sets) =>
    Float32Array.from(sets, numberOf),
  );
  if (!deletion || !insertion) throw new RangeError("expected two curves");
  const [whole, baseline] = [deletion[0] ?? Number.NaN, deletion.at(-1) ?? Number.NaN];
  const areaOf = (values: Float32Array): number => (meanHeight(values) - baseline) / (whole - baseline);
  return { order, deletion, insertion, areas: { deletion: areaOf(deletion), insertion: areaOf(insertion) } };
}

/** Mean height under a curve, by the trapezoidal rule. */
function meanHeight(values: Float32Array): number {
  const ends = ((values[0] ?? Number.NaN) + (values.at(-1) ?? Number.NaN)) / 2;
  return values.subarray(1, -1).reduce((sum, value) => sum + value, ends) / (values.length - 1);
}

/** Below this share of the number itself, two runs say the same. */
const ROUNDING = 1e-5;

function expectDifference(whole: number, baseline: number): void {
  if (Math.abs(whole - baseline) > ROUNDING * Math.max(1, Math.abs(whole))) return;
  throw unfit(
    "The baseline gives the same number as the text, so that there is nothing to take away: choose another one.",
  );
}
