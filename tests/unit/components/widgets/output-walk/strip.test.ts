import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  linked,
  placeText,
  stretches,
  stretchesWithin,
  stripTokens,
} from "../../../../../src/components/widgets/output-walk/strip.ts";
import { SAMPLE, token } from "./sample.ts";

test("a text is cut at its tokens", () => {
  expect(stretches("Un chien", SAMPLE.target.written)).toEqual([
    { text: "Un", token: 0 },
    { text: " ", token: -1 },
    { text: "chi", token: 1 },
    { text: "en", token: 2 },
  ]);
});

test("every character stands in exactly one stretch, whatever the offsets", () => {
  const offsets = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 6 });
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), offsets, (text, pairs) => {
      const tokens = pairs.map(([a, b], index) => token(index, "x", Math.min(a, b), Math.max(a, b), index));
      const inside = tokens.filter(({ end }) => end <= text.length);
      expect(
        stretches(text, inside)
          .map((stretch) => stretch.text)
          .join(""),
      ).toBe(text);
    }),
  );
});

test("sub-words are joined, special tokens cover no text", () => {
  const strip = stripTokens(SAMPLE.target.written);
  expect(strip.map((one) => one.joined)).toEqual([false, false, true, false]);
  expect(strip[3]?.offsets).toBe("no text");
  expect(strip[2]?.offsets).toBe("6–8");
});

test("what is written at t is read at t + 1", () => {
  expect(linked({ line: "written", index: 0 }, SAMPLE)).toContainEqual({ line: "read", index: 1 });
  expect(linked({ line: "read", index: 2 }, SAMPLE)).toContainEqual({ line: "written", index: 1 });
  expect(linked({ line: "written", index: 3 }, SAMPLE)).toHaveLength(1);
  expect(linked({ line: "read", index: 0 }, SAMPLE)).toHaveLength(1);
});

test("a place is said with its three faces", () => {
  expect(placeText({ line: "source", index: 1 }, SAMPLE)).toContain("id 4, piece ▁dog; it covers “dog”");
});

test("of a long text only the part whose tokens are shown is kept", () => {
  const all = stretches("Un chien", SAMPLE.target.written);
  const text = (from: number, to: number) =>
    stretchesWithin(all, from, to)
      .map((stretch) => stretch.text)
      .join("");
  expect(text(0, 4)).toBe("Un chien");
  expect(text(0, 1)).toBe("Un…");
  expect(text(1, 2)).toBe("…chi…");
  expect(text(2, 4)).toBe("…en");
});
