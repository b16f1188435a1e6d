import { describe, expect, it } from "vitest";
import { walkOf } from "../../../../../src/components/widgets/ig-path/walk.ts";
import { placeText, readingOf, shareText, signed } from "../../../../../src/components/widgets/ig-path/words.ts";
import { attributionOver } from "./walks.ts";

const read = (steps: number, step: number | null = null, bound = 0.01) =>
  readingOf({
    walk: walkOf(attributionOver("riemann", steps)),
    choice: { from: "pad", bound },
    followed: "logit of “Mary”",
    step,
  });

describe("readingOf", () => {
  it("says what changed and what the steps add up to", () => {
    expect(read(32)).toBe(
      "From the padding token to the text, the logit of “Mary” goes from 1.00 to 9.00: +8.00. 32 steps add up to +8.00, with a gap of less than 0.01 %.",
    );
  });

  it("says that a gap is too large, and when it is hopeless", () => {
    expect(read(4)).toContain("More steps would close it.");
    expect(read(3)).toContain("do not explain that change");
    expect(read(4, null, 1)).not.toContain("More steps");
  });

  it("says of a step its slope, through which token, and how far the sum is", () => {
    expect(read(4, 1)).toContain(
      "At α = 0.38 the slope is +11.22, most of it through “Mary” (+8.41); up to here the steps add up to +2.83.",
    );
  });
});

describe("shareText", () => {
  it("keeps two figures and never claims nothing", () => {
    expect([0.00001, 0.001, 0.0054, 0.054, 0.54, 29.6, Number.POSITIVE_INFINITY].map(shareText)).toEqual([
      "less than 0.01 %",
      "0.1 %",
      "0.54 %",
      "5.4 %",
      "54 %",
      "2960 %",
      "beyond all measure",
    ]);
  });
});

describe("signed", () => {
  it("writes a real minus", () => {
    expect([-1.5, 0, 0.01234, 1234.5].map(signed)).toEqual(["−1.50", "0.000", "+0.012", "+1235"]);
  });
});

describe("placeText", () => {
  it("is finer near the ends", () => {
    expect([0.003, 0.5, 0.9985].map(placeText)).toEqual(["0.0030", "0.50", "0.9985"]);
  });
});
