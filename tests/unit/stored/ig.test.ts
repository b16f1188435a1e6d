import { describe, expect, it } from "vitest";
import { checkedIg, decodeWalk, encodeWalk } from "../../../src/stored/ig.ts";
import { attributionOver, storedOver } from "../components/widgets/ig-path/walks.ts";

describe("a stored walk", () => {
  it("comes back to five figures", () => {
    const stored = storedOver("decoder-small");
    const before = attributionOver("riemann", 8);
    const after = decodeWalk(stored, encodeWalk(before, "pad", "riemann"));
    const [one, other] = [before, after].map(({ values, scores, completeness, paths }) => [
      ...values,
      ...scores.source.data,
      ...(completeness?.baseline ?? []),
      ...(paths?.[0]?.places ?? []),
      ...(paths?.[0]?.weights ?? []),
      ...(paths?.[0]?.values ?? []),
      ...(paths?.[0]?.slopes ?? []),
      ...(paths?.[0]?.tokenSlopes.data ?? []),
    ]);
    expect(other).toHaveLength(one?.length ?? 0);
    for (const [at, value] of (one ?? []).entries()) {
      expect(Math.abs((other?.[at] ?? Number.NaN) - value)).toBeLessThanOrEqual(6e-5 * Math.abs(value));
    }
    expect(after.paths?.[0]?.tokenSlopes.shape).toEqual([8, 3]);
    expect([after.source, after.target, after.cost]).toEqual([before.source, before.target, before.cost]);
  });

  it("parts the scores of both sides of an encoder–decoder", () => {
    const { source, ...one } = attributionOver("riemann", 2);
    const [first, second, third] = source;
    if (!first || !second || !third) throw new Error("three tokens are wanted");
    const stored = { model: one.model, source: [first, second], target: { read: [third], written: [third] } };
    const { scores } = decodeWalk(stored, encodeWalk({ ...one, source }, "pad", "riemann"));
    expect([scores.source.shape, scores.target?.shape]).toEqual([
      [1, 2],
      [1, 1],
    ]);
    expect(scores.target?.data[0]).toBeCloseTo(one.scores.source.data[2] ?? 0, 3);
  });

  it("is refused in another format, and for a method without a path", () => {
    expect(() => checkedIg({ ...storedOver("decoder-small"), version: 0 })).toThrow("npm run store:ig");
    expect(() => encodeWalk({ ...attributionOver("riemann", 2), paths: null }, "pad", "riemann")).toThrow(
      "walks no path",
    );
  });
});
