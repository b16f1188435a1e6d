import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chanceOf } from "../../../../src/components/exercises/chance.ts";
import { scoreRoles } from "../../../../src/engine/attention/roles.ts";
import type { AttentionKind, Tensor, Trace } from "../../../../src/engine/model.ts";
import { decodeTrace } from "../../../../src/stored/format.ts";

/** A run whose heads look everywhere alike, as far as the mask lets them. */
function even(trace: Trace): Trace {
  const spread = (kind: AttentionKind): Tensor => {
    const [, , queries = 0, keys = 0] = trace.attention[kind].shape;
    const weight = (query: number, key: number) => {
      if (kind !== "decoder") return 1 / keys;
      return key <= query ? 1 / (query + 1) : 0;
    };
    const cells = Array.from({ length: queries * keys }, (_, at) => weight(Math.floor(at / keys), at % keys));
    return { shape: [1, 1, queries, keys], data: Float32Array.from(cells) };
  };
  return {
    ...trace,
    attention: { encoder: spread("encoder"), decoder: spread("decoder"), cross: spread("cross") },
  };
}

describe("chanceOf", () => {
  it.each(["brown-dog", "capital"])("is what the engine scores for even attention: %s", (name) => {
    const trace = even(decodeTrace(JSON.parse(readFileSync(`src/stored/${name}.json`, "utf8"))));
    const scores = scoreRoles(trace);
    expect(scores.length).toBeGreaterThan(5);
    for (const { role, kind, values } of scores) {
      expect(chanceOf(trace, kind, role), `${kind} ${role}`).toBeCloseTo(values.data[0] ?? Number.NaN, 5);
    }
  });
});
