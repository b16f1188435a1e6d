import { describe, expect, it } from "vitest";
import { entropy } from "../../../../src/engine/attention/entropy.ts";
import { evenRun } from "../../../../src/engine/attention/even.ts";
import { scoreRoles } from "../../../../src/engine/attention/roles.ts";
import type { Token } from "../../../../src/engine/model.ts";

const tokens = [5, 6, 5, 7].map(
  (id, at): Token => ({
    id,
    piece: `t${id}`,
    text: `t${id}`,
    start: 0,
    end: 0,
    word: at,
    special: false,
    instruction: false,
  }),
);
const source = { text: "", tokens };
const none = { data: new Float32Array(), shape: [0, 0, 4, 4] };

function only(kind: "encoder" | "decoder") {
  const even = evenRun({ kind, source, target: null, attention: { [kind]: none } });
  const attention = even.attention[kind];
  if (!attention) throw new Error("no attention");
  const roles = new Map(scoreRoles(even).map(({ role, values }) => [role, values.data[0]]));
  return { attention, roles };
}

describe("evenRun", () => {
  it("spreads a decoder's rows over what they may see", () => {
    const { attention, roles } = only("decoder");
    expect(attention.shape).toEqual([1, 1, 4, 4]);
    expect([...attention.data.subarray(4, 8)]).toEqual([0.5, 0.5, 0, 0]);
    // Rows 1, 2 and 3 have a token before; each sees one more than the last.
    expect(roles.get("previous")).toBeCloseTo((1 / 2 + 1 / 3 + 1 / 4) / 3, 6);
    expect(roles.get("induction")).toBeCloseTo(1 / 3, 6);
    expect([...entropy(attention).data].map((value) => Math.exp(value))).toEqual(
      [1, 2, 3, 4].map((seen) => expect.closeTo(seen, 5)),
    );
  });

  it("spreads an encoder's rows over all tokens", () => {
    const { attention, roles } = only("encoder");
    expect([...attention.data]).toEqual(Array.from({ length: 16 }, () => 0.25));
    expect(roles.get("next")).toBeCloseTo(0.25, 6);
  });
});
