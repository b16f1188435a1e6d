import { describe, expect, it } from "vitest";
import { type PlotName, pairAt, placeOfPair } from "../../../../../src/components/plots/data.ts";
import { stepFrom } from "../../../../../src/components/widgets/numbers/steps.ts";
import {
  countOf,
  headAt,
  offsetText,
  readingOf,
  tableOf,
} from "../../../../../src/components/widgets/numbers/words.ts";
import { storedViews } from "../../../../helpers/headStudies.ts";

const PLOTS: readonly PlotName[] = ["spread", "special", "alike", "map", "alignment", "relations"];

function dataOf(plot: PlotName) {
  const [view] = storedViews(plot);
  if (!view) throw new Error("nothing is stored");
  return view.data;
}

describe("pairs of a triangle", () => {
  it("are numbered row by row, there and back", () => {
    expect([0, 1, 2, 3].map(pairAt)).toEqual([
      { row: 1, column: 0 },
      { row: 2, column: 0 },
      { row: 2, column: 1 },
      { row: 3, column: 0 },
    ]);
    for (let at = 0; at < 40_000; at++) expect(placeOfPair(pairAt(at))).toBe(at);
  });
});

describe.each(PLOTS)("the words on the plot %s", (plot) => {
  const data = dataOf(plot);

  it("follow what is chosen, and speak of the whole before", () => {
    const whole = readingOf(data, 200, null);
    const readings = [0, countOf(data) - 1].map((at) => readingOf(data, 200, at));
    expect(new Set([whole, ...readings]).size).toBe(3);
    for (const reading of [whole, ...readings]) expect(reading).not.toMatch(/NaN|undefined|null/);
    expect(readingOf(data, 200, countOf(data))).toBe(whole);
  });

  it("have a table with a row for each thing, as wide as its head", () => {
    const table = tableOf(data, "A title");
    expect(table.rows).toBe(countOf(data));
    for (const at of [0, table.rows - 1]) expect(table.row(at)).toHaveLength(table.columns.length);
    expect(table.row(0).slice(0, 2)).toEqual([(headAt(data, 0)?.layer ?? 0) + 1, (headAt(data, 0)?.head ?? 0) + 1]);
  });

  it("can be walked through with arrow keys, and never leave it", () => {
    const last = countOf(data) - 1;
    expect(stepFrom(data, null, 1, 0)).toBe(0);
    for (const at of [0, 7, last]) {
      for (const [right, down] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const to = stepFrom(data, at, right, down);
        expect(to).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(last);
      }
    }
  });
});

describe("readings", () => {
  it("set a score beside what it has to beat", () => {
    expect(readingOf(dataOf("alignment"), 200, null)).toMatch(/^2 of 12 heads point at a right word more often/);
    const relations = dataOf("relations");
    if (relations.plot !== "relations") throw new Error("not the plot that was asked for");
    const at = relations.rows.findIndex(({ relation }) => relation === "det");
    expect(readingOf(relations, 200, at)).toMatch(
      /^det: layer 4, head 2 is right on 89\u00a0% \(.+\) of \d+ words, always looking one word ahead on 68\u00a0%: the head is better\.$/,
    );
    const obl = relations.rows.findIndex(({ relation }) => relation === "obl");
    expect(readingOf(relations, 200, obl)).toMatch(/the head is worse/);
    const compound = relations.rows.findIndex(({ relation }) => relation === "compound");
    expect(readingOf(relations, 200, compound)).toMatch(/no sure lead/);
  });

  it("say in words how far a rule looks", () => {
    expect([1, -1, 3, -2].map(offsetText)).toEqual([
      "one word ahead",
      "one word back",
      "3 words ahead",
      "2 words back",
    ]);
  });

  it("step to the same head of the next layer, and within the triangle", () => {
    expect(stepFrom(dataOf("spread"), 5, 0, 1)).toBe(17);
    expect(stepFrom(dataOf("spread"), 5, 0, -1)).toBe(5);
    const from = placeOfPair({ row: 3, column: 2 });
    expect(stepFrom(dataOf("alike"), from, 1, 0)).toBe(from);
    expect(stepFrom(dataOf("alike"), from, 0, 1)).toBe(placeOfPair({ row: 4, column: 2 }));
    expect(stepFrom(dataOf("relations"), 2, 0, 1)).toBe(3);
  });
});
