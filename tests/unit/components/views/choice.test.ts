import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DEFAULT_CHOICE,
  fitChoice,
  kindsOf,
  readChoice,
  rowNames,
  soloHead,
  startKind,
  toggleHead,
} from "../../../../src/components/views/attention/choice.ts";
import { smallTextTrace, smallTrace } from "../../../helpers/traces.ts";

const read = (fields: Record<string, unknown>) => readChoice(new Map(Object.entries(fields)), DEFAULT_CHOICE);

describe("readChoice", () => {
  it("takes what is good", () => {
    const { choice, bad } = read({
      kind: "encoder",
      layer: 2,
      heads: [3, 1, 1],
      words: true,
      floor: 0.1,
      names: "read",
    });
    expect(bad).toBe(0);
    expect(choice).toEqual({
      ...DEFAULT_CHOICE,
      kind: "encoder",
      layer: 2,
      heads: [1, 3],
      words: true,
      floor: 0.1,
      names: "read",
    });
  });

  it.each([
    ["an unknown kind", { kind: "<img>" }],
    ["a layer that is no number", { layer: "3" }],
    ["NaN", { layer: Number.NaN }],
    ["infinity", { floor: Number.POSITIVE_INFINITY }],
    ["heads that are no list", { heads: 3 }],
    ["a list too long", { heads: new Array(5000).fill(1) }],
    ["an unknown key", { colour: "red" }],
    ["a prototype", Object.fromEntries([["__proto__x", 1]])],
  ])("keeps the default for %s, and counts it", (_, fields) => {
    expect(read(fields)).toEqual({ choice: DEFAULT_CHOICE, bad: 1 });
  });

  it("clamps 1e308, -1 and 999, later to what the trace has", () => {
    expect(read({ layer: 1e308 }).choice.layer).toBe(256);
    expect(read({ layer: -1, floor: -1 }).choice).toMatchObject({ layer: 0, floor: 0 });
    const fitted = fitChoice(read({ layer: 999, heads: [0, 2, 77] }).choice, smallTrace());
    expect(fitted).toMatchObject({ layer: 1, heads: [0, 2] });
  });

  it("never throws, and always gives a choice that fits", () => {
    const trace = smallTrace();
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("kind", "layer", "heads", "floor", "words", "__proto__", "x"), fc.anything()),
        (fields) => {
          const { choice } = readChoice(new Map(Object.entries(fields)), DEFAULT_CHOICE);
          const fitted = fitChoice(choice, trace);
          expect(fitted.layer).toBeLessThan(2);
          expect(fitted.heads.every((head) => head >= 0 && head < 3)).toBe(true);
        },
      ),
    );
  });
});

describe("choice", () => {
  it("names cross rows by the token written, the decoder's own by the token read, unless told otherwise", () => {
    expect(rowNames({ ...DEFAULT_CHOICE, kind: "cross" })).toBe("written");
    expect(rowNames({ ...DEFAULT_CHOICE, kind: "decoder" })).toBe("read");
    expect(rowNames({ ...DEFAULT_CHOICE, kind: "decoder", names: "written" })).toBe("written");
    expect(rowNames({ ...DEFAULT_CHOICE, kind: "encoder", names: "written" })).toBe("read");
  });

  it("toggles heads and shows one alone, then all again", () => {
    const two = toggleHead({ ...DEFAULT_CHOICE, heads: [2] }, 0);
    expect(two.heads).toEqual([0, 2]);
    expect(toggleHead(two, 2).heads).toEqual([0]);
    expect(soloHead(two, 1, 4).heads).toEqual([1]);
    expect(soloHead({ ...two, heads: [1] }, 1, 4).heads).toEqual([0, 1, 2, 3]);
  });
});

describe("a model with one stack", () => {
  it.each(["encoder", "decoder"] as const)("has one kind of attention, the %s’s, and starts with it", (kind) => {
    const trace = smallTextTrace(kind);
    expect(kindsOf(trace)).toEqual([kind]);
    expect(startKind(trace)).toBe(kind);
    expect(startKind(trace, "cross")).toBe(kind);
    expect(fitChoice({ ...DEFAULT_CHOICE, layer: 9, heads: [0, 7] }, trace)).toMatchObject({
      kind,
      layer: 1,
      heads: [0],
    });
  });

  it("does not change where a translator’s figure starts", () => {
    expect(startKind(smallTrace())).toBe("cross");
    expect(startKind(smallTrace(), "decoder")).toBe("decoder");
  });
});
