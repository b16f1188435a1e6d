import { describe, expect, it } from "vitest";
import { rove } from "../../../../src/components/controls/roving.ts";
import { boundText, countText, MAX_CHARACTERS } from "../../../../src/components/controls/textBounds.ts";

describe("rove", () => {
  it("moves within a grid of 2 rows and 3 columns and stops at its edges", () => {
    expect(rove("ArrowRight", 0, 6, 3)).toBe(1);
    expect(rove("ArrowRight", 2, 6, 3)).toBeNull();
    expect(rove("ArrowDown", 1, 6, 3)).toBe(4);
    expect(rove("ArrowDown", 4, 6, 3)).toBeNull();
    expect(rove("ArrowLeft", 3, 6, 3)).toBeNull();
    expect(rove("Home", 4, 6, 3)).toBe(0);
    expect(rove("End", 0, 6, 3)).toBe(5);
    expect(rove("a", 0, 6, 3)).toBeNull();
  });
});

describe("boundText", () => {
  it("keeps a text that fits, cuts one that does not, never inside a character", () => {
    expect(boundText("abc")).toEqual({ text: "abc", cut: false });
    expect(boundText("x".repeat(1_000_000)).text).toHaveLength(MAX_CHARACTERS);
    const emoji = boundText(`x${"\u{1f600}".repeat(MAX_CHARACTERS)}`);
    expect(emoji.cut).toBe(true);
    expect(emoji.text.isWellFormed()).toBe(true);
  });

  it("counts", () => {
    expect(countText({ count: 12, limit: 512, cut: 0 })).toBe("12 of 512 tokens");
    expect(countText({ count: null, limit: 512, cut: 0 })).toBe("… of 512 tokens");
  });
});
