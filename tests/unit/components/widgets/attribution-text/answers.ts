import type { Answered } from "../../../../../src/components/views/attribution/askAttribution.ts";
import type { TokenAttribution } from "../../../../../src/engine/attribute.ts";
import { smallTrace } from "../../../../helpers/traces.ts";

/** An answer of an encoder–decoder: every row has source scores 1, −2, 0, 0, `dog`, 0, 0 and half a point on its first read token. */
export function smallAnswer(dog: readonly number[], change: Partial<TokenAttribution> = {}): Answered {
  const trace = smallTrace();
  const source = Float32Array.from(dog.flatMap((score) => [1, -2, 0, 0, score, 0, 0]));
  const target = Float32Array.from(dog.flatMap(() => [0.5, 0, 0, 0]));
  const attribution: TokenAttribution = {
    model: "translator-en-fr",
    method: "input-x-gradient",
    of: "tokens",
    source: trace.source.tokens,
    target: trace.target.read,
    targets: dog.map((_, row) => ({ kind: "token", row, id: trace.target.written[row]?.id ?? -1, scale: "logit" })),
    values: Float32Array.from(dog, (_, row) => 10 + row),
    scores: { source: { shape: [dog.length, 7], data: source }, target: { shape: [dog.length, 4], data: target } },
    signed: true,
    completeness: null,
    error: null,
    paths: null,
    cost: { forward: dog.length, backward: dog.length, milliseconds: 12 },
    ...change,
  };
  return { attribution, trace };
}
