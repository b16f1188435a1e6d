import { describe, expect, it } from "vitest";
import { parseInline, placeholdersOf, plainText } from "../../../../src/components/exercises/inline.ts";

describe("small markup", () => {
  it("reads code, emphasis and placeholders", () => {
    expect(parseInline("Head {head} puts *much* on `{key}`.", { head: 2, key: "France" })).toEqual([
      { type: "text", text: "Head 2 puts " },
      { type: "emphasis", text: "much" },
      { type: "text", text: " on " },
      { type: "code", text: "France" },
      { type: "text", text: "." },
    ]);
  });

  it("leaves HTML and stray marks as text, also in what is filled in", () => {
    expect(parseInline("2 * 3 * 4 and <b>", {})).toEqual([{ type: "text", text: "2 * 3 * 4 and <b>" }]);
    const [, code] = parseInline("on `{key}`", { key: "<img onerror=x> `y` *z*" });
    expect(code).toEqual({ type: "code", text: "<img onerror=x> `y` *z*" });
  });

  it("shows dots for a number that is not there yet", () => {
    expect(plainText("It is {toString} and {best}.", {})).toBe("It is … and ….");
    expect(placeholdersOf("{a} and `{b}`")).toEqual(["a", "b"]);
  });

  it("rounds a measured number to what questions ask for", () => {
    expect(plainText("{value}, {answer}, {count}", { value: 1.5170395374298096, answer: -2.6449, count: 7 })).toBe(
      "1.52, −2.64, 7",
    );
  });

  it("writes weights with two digits, counts as they are", () => {
    const text = "{score} {best} {weight} {rank} {key}";
    expect(plainText(text, { score: 0.714, best: 1, weight: 0.001, rank: 1, key: "</s>" })).toBe(
      "0.71 1.00 <0.01 1 </s>",
    );
    expect(plainText("{playsChance} {least} {most}", { playsChance: 0.1, least: 0.6214, most: 0.4697 })).toBe(
      "0.10 0.62 0.47",
    );
  });
});
