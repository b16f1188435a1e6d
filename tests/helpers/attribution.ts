/** Attributions in tests. */
import type { Attribution, AttributionRequest, TokenAttribution } from "../../src/engine/attribute.ts";
import { studyAttribution } from "../../src/engine/attribution/studyAttribution.ts";
import type { Target } from "../../src/engine/gradient.ts";
import type { Model, Tensor } from "../../src/engine/model.ts";

export const UNSTOPPED = { onProgress: async () => true };

/** The logit of a token at a row, less another one's where one is given. */
export function logit(row: number, id: number, against?: number): Target {
  return { kind: "token", row, id, scale: "logit", ...(against !== undefined && { against }) };
}

export function attribute(model: Model, request: AttributionRequest): Promise<Attribution> {
  return studyAttribution(model, request, UNSTOPPED);
}

/** The same by a method that scores tokens. */
export async function attributeTokens(model: Model, request: AttributionRequest): Promise<TokenAttribution> {
  const found = await attribute(model, request);
  if (found.of !== "tokens") throw new Error(`${request.method} scores ${found.of}`);
  return found;
}

/** The last axis as lists. */
export function rowsOf({ data, shape }: Tensor): number[][] {
  const width = shape.at(-1) ?? 1;
  return Array.from({ length: data.length / width }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width)),
  );
}

/** Largest difference, as a share of the largest number expected. */
export function relative(found: ArrayLike<number>, expected: readonly number[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  const most = Math.max(...expected.map(Math.abs), Number.MIN_VALUE);
  return Math.max(...expected.map((value, at) => Math.abs((found[at] ?? Number.NaN) - value))) / most;
}
