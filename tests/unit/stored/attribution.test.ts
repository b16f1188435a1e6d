import { describe, expect, it } from "vitest";
import type { AttributionRequest, MethodId } from "../../../src/engine/attribute.ts";
import { METHODS } from "../../../src/engine/attribution/methods.ts";
import { decodeAttribution, encodeAttribution, VERSION } from "../../../src/stored/attribution.ts";
import { AnalyticModel } from "../../helpers/analyticModel.ts";
import { attribute, logit } from "../../helpers/attribution.ts";

const methods = Object.keys(METHODS) as MethodId[];
const twoStacks = { run: { source: "the dog", target: "le chien" }, targets: [logit(1, 2), logit(2, 3, 1)] };
const oneStack = {
  run: { source: "the dog ran", target: null },
  targets: [{ kind: "similarity", to: "a cat" } as const],
};

/** Typed arrays as lists, and what is no number as a word. */
function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isNaN(value) ? "NaN" : value;
  if (value instanceof Float32Array) return Array.from(value, plain);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

describe.each(methods)("a stored attribution by %s", (method) => {
  it.each([
    ["encoder-decoder", twoStacks],
    ["encoder", oneStack],
  ] as const)("comes back to five digits, of an %s", async (family, request) => {
    const options: Partial<AttributionRequest> = method === "shapley" ? { samples: 2 } : { steps: 4 };
    const found = await attribute(new AnalyticModel(family, 0.02), { method, ...request, ...options });
    const back = decodeAttribution(JSON.parse(JSON.stringify(encodeAttribution(found))));
    expectClose(plain(back), plain(found));
  });
});

/** The same structure, with numbers as close as sums of rounded ones can be. */
function expectClose(found: unknown, expected: unknown): void {
  if (typeof expected === "number" && typeof found === "number") {
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-3 * Math.max(1, Math.abs(expected)));
  } else if (expected !== null && typeof expected === "object") {
    expect(Object.keys(Object(found)).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected)) expectClose(Object(found)[name], value);
  } else {
    expect(found).toEqual(expected);
  }
}

describe("a stored attribution", () => {
  it("keeps an error that is not a number", async () => {
    const request = { ...oneStack, method: "shapley", samples: 2 } as const;
    const stored = encodeAttribution(await attribute(new AnalyticModel("encoder"), request));
    expect(stored.error?.source.data).toContain(null);
    const back = decodeAttribution(stored);
    expect(back.of === "tokens" && back.error?.source.data[0]).toBeNaN();
  });

  it("refuses another format", async () => {
    const stored = encodeAttribution(
      await attribute(new AnalyticModel("encoder"), { ...oneStack, method: "saliency" }),
    );
    expect(() => decodeAttribution({ ...stored, version: VERSION + 1 })).toThrow(/store it again/);
  });
});
