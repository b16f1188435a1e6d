import { beforeAll, describe, expect, it } from "vitest";
import {
  against,
  baselineOf,
  bestOf,
  headsOf,
  measuresOf,
  scoresOf,
  topOf,
} from "../../../../../src/components/widgets/head-jobs/scores.ts";
import { sorted } from "../../../../../src/components/widgets/head-jobs/sorting.ts";
import type { HeadScores, HeadStudy } from "../../../../../src/engine/study.ts";
import { storedStudy } from "../../../../../src/stored/studies.ts";
import { decodeStudy } from "../../../../../src/stored/study.ts";

function scores(measure: HeadScores["measure"], mean: number[], more: Partial<HeadScores> = {}): HeadScores {
  const tensor = (values: number[]) => ({ data: Float32Array.from(values), shape: [2, 2] });
  const spread = (by: number) => tensor(mean.map((value) => value + by));
  return {
    measure,
    kind: "encoder",
    mean: tensor(mean),
    low: spread(-0.125),
    high: spread(0.125),
    sentences: 9,
    rows: 30,
    offset: null,
    even: 0.25,
    ...more,
  };
}

const study: HeadStudy = {
  model: "m",
  corpus: "treebank",
  sentences: 9,
  scores: [
    scores("head:det", [0.5, 0.25, 0.5, 0.75], { even: null, offset: { score: 0.5, by: 1 } }),
    scores("same", [0.25, 0.5, 0, 0.125]),
    scores("previous", [0.5, 0.25, 0.75, 0.25]),
    scores("special", [0, 0, 0, 0], { even: 0 }),
    scores("entropy", [1, 2, 0.5, 0.25], { even: 3 }),
  ],
};

function heads(measure: HeadScores["measure"]) {
  const found = scoresOf(study, "encoder", measure);
  if (!found) throw new Error(`no ${measure}`);
  return headsOf(study, found);
}

describe("scores of heads", () => {
  it("lists patterns before relations, and leaves out what no head does", () => {
    expect(measuresOf(study, "encoder")).toEqual(["previous", "same", "entropy", "head:det"]);
    expect(measuresOf(study, "cross")).toEqual([]);
  });

  it("finds the best head, of equals the first, and the pattern that stands out in each", () => {
    const found = heads("head:det");
    expect(bestOf(found)?.ref).toEqual({ kind: "encoder", layer: 1, head: 1 });
    expect(bestOf([])).toBeUndefined();
    // Twice what even attention gives is the least.
    expect(found.map(({ most }) => most?.measure ?? null)).toEqual(["previous", "same", "previous", null]);
  });

  it("sets relations beside the fixed offset, alignment beside the diagonal, the rest beside even attention", () => {
    const baseline = (measure: HeadScores["measure"], diagonal: number | null = null) =>
      baselineOf(
        { ...scores(measure, [0, 0, 0, 0]), offset: measure === "head:det" ? { score: 0.5, by: 1 } : null },
        diagonal,
      );
    expect(baseline("head:det")).toEqual({ kind: "offset", score: 0.5, by: 1 });
    expect(baseline("same")).toEqual({ kind: "even", score: 0.25, by: 0 });
    expect(baseline("alignment", 0.75)).toEqual({ kind: "diagonal", score: 0.75, by: 0 });
    expect(baseline("alignment")).toBeNull();
  });

  it("lets the whole interval decide", () => {
    const baseline = { kind: "offset", score: 0.5, by: 1 } as const;
    expect(heads("head:det").map((head) => against(head, baseline))).toEqual(["level", "below", "level", "above"]);
  });

  it("draws shares up to 1, other figures up to the largest number", () => {
    expect(topOf("previous", heads("previous"), null)).toBe(1);
    expect(topOf("entropy", heads("entropy"), { kind: "even", score: 3, by: 0 })).toBe(3);
    expect(topOf("entropy", heads("entropy"), null)).toBe(2.125);
  });

  it("sorts by every column, both ways, equals by layer and head", () => {
    const order = (column: "place" | "score" | "low" | "most", down: boolean) =>
      sorted(heads("head:det"), { column, down }).map(({ ref }) => ref.layer * 2 + ref.head);
    expect(order("score", true)).toEqual([3, 0, 2, 1]);
    expect(order("score", false)).toEqual([1, 0, 2, 3]);
    expect(order("low", true)).toEqual([3, 0, 2, 1]);
    expect(order("place", true)).toEqual([3, 2, 1, 0]);
    // By name, then by weight; heads without a pattern last.
    expect(order("most", true)).toEqual([2, 0, 1, 3]);
  });
});

describe("the stored scores", () => {
  let minilm: HeadStudy;
  beforeAll(async () => {
    minilm = decodeStudy(await storedStudy("encoder-minilm", "treebank"));
  });

  it("show one head of MiniLM that beats the best fixed offset from a determiner to its head", () => {
    const found = scoresOf(minilm, "encoder", "head:det");
    const best = found && bestOf(headsOf(minilm, found));
    const baseline = found && baselineOf(found, null);
    expect(baseline).toMatchObject({ kind: "offset", by: 1 });
    expect(best && baseline && against(best, baseline)).toBe("above");
  });
});
