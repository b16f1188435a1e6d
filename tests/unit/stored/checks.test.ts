import { describe, expect, it } from "vitest";
import type { GateCheckStudy } from "../../../src/engine/attribute.ts";
import { decodeChecks, encodeChecks, VERSION } from "../../../src/stored/checks.ts";
import { tokensOf } from "../../helpers/traces.ts";

const study: GateCheckStudy = {
  model: "m",
  value: 12.3456789,
  kinds: [
    {
      kind: "cross",
      foretold: { data: Float32Array.of(0.123456789, -1e-7, 3, Number.NaN), shape: [2, 2] },
      true: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] },
    },
  ],
  correlation: { pearson: -0.1, spearman: 1 },
  cost: { forward: 123_456, backward: 1, milliseconds: 1234.5678 },
};

describe("stored checks", () => {
  const stored = JSON.parse(JSON.stringify(encodeChecks("gate-check", "m", [study])));

  it("come back as they were, to five digits", () => {
    const [back] = decodeChecks("gate-check", stored);
    expect(back?.value).toBe(12.346);
    expect(back?.kinds[0]?.kind).toBe("cross");
    expect(back?.kinds[0]?.foretold.data).toEqual(Float32Array.of(0.12346, -1e-7, 3, Number.NaN));
    expect(back?.kinds[0]?.true).toEqual(study.kinds[0]?.true);
    expect(back?.correlation).toEqual(study.correlation);
    expect(back?.cost).toEqual({ forward: 123_456, backward: 1, milliseconds: 1234.6 });
  });

  it("keep tokens and what is missing", () => {
    const source = tokensOf(["▁a", "</s>"]);
    const scores = { source: { data: Float32Array.of(1, 2), shape: [1, 2] }, target: null };
    const cost = { forward: 1, backward: 1, milliseconds: 1 };
    const attributions = [{ depth: 0, scores, rho: 1 }];
    const random = { model: "m", method: "saliency", attributions, source, target: null, cost } as const;
    const kept = JSON.parse(JSON.stringify(encodeChecks("randomised", "m", [random])));
    expect(decodeChecks("randomised", kept)).toEqual([random]);
  });

  it("of another format or check are refused", () => {
    expect(() => decodeChecks("gate-check", { ...stored, version: VERSION + 1 })).toThrow(/npm run store:checks/);
    expect(() => decodeChecks("gate-check", { ...stored, check: "curves" })).toThrow(/found curves/);
  });
});
