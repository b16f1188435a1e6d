import { describe, expect, it } from "vitest";
import { numbersOf, partsOf } from "../../../../../src/components/widgets/numbers/numbersOf.ts";
import type { HeadStudy } from "../../../../../src/engine/study.ts";
import { BESIDE, numbersOfModel, storedViews } from "../../../../helpers/headStudies.ts";

const minilm = { ...numbersOfModel("encoder-minilm").study, pairs: numbersOfModel("encoder-minilm").pairs };
const translator = { ...numbersOfModel("translator-en-fr").study, pairs: numbersOfModel("translator-en-fr").pairs };

/** Made up: two layers of two heads, one relation that is measured often enough and one that is not. */
function relationStudy(): HeadStudy {
  const tensor = (...values: number[]) => ({ data: Float32Array.from(values), shape: [2, 2] });
  const scores = {
    kind: "encoder",
    mean: tensor(0.1, 0.5, 0.75, 0.2),
    low: tensor(0, 0.4, 0.5, 0.1),
    high: tensor(0.2, 0.6, 1, 0.3),
    rows: 40,
    offset: { score: 0.6, by: -1 },
    even: null,
  } as const;
  const often = { ...scores, measure: "head:nmod:poss", sentences: 20 } as const;
  const seldom = { ...scores, measure: "head:obj", sentences: 19 } as const;
  const back = { ...scores, measure: "dependant:det", sentences: 30, offset: { score: 0.2, by: 1 } } as const;
  return { model: "made-up", corpus: "treebank", sentences: 30, scores: [often, seldom, back] };
}

describe("numbersOf", () => {
  it("takes entropy and distance, head by head", () => {
    const data = numbersOf("spread", minilm, "encoder");
    if (data.plot !== "spread") throw new Error("not the plot that was asked for");
    expect(data.rows).toHaveLength(72);
    expect(data.rows[26]).toMatchObject({ layer: 2, head: 2 });
    const entropy = minilm.scores.find(({ measure }) => measure === "entropy");
    expect(data.rows[26]?.entropy[0]).toBeCloseTo(entropy?.mean.data[26] ?? 0, 5);
    expect(data.rows[26]?.entropy[1]).toBeCloseTo(entropy?.low.data[26] ?? 0, 5);
    expect(data.even?.entropy).toBeCloseTo(2.474, 3);
  });

  it("knows what a plot can show of a model", () => {
    expect(partsOf("spread", translator)).toEqual(["encoder", "decoder"]);
    expect(partsOf("special", translator)).toEqual(["encoder", "decoder", "cross"]);
    expect(partsOf("map", translator)).toEqual(["encoder", "decoder", "cross"]);
    expect(partsOf("map", numbersOfModel("translator-en-fr").study)).toEqual([]);
    expect(partsOf("relations", translator)).toEqual(["head", "dependant"]);
    expect(() => numbersOf("spread", minilm, "decoder")).toThrow(RangeError);
    expect(() => numbersOf("alike", numbersOfModel("encoder-minilm").study, "encoder")).toThrow(RangeError);
  });

  it("lists distances below the diagonal, row by row", () => {
    const data = numbersOf("alike", minilm, "encoder");
    if (data.plot !== "alike") throw new Error("not the plot that was asked for");
    expect(data.below).toHaveLength((72 * 71) / 2);
    const distance = (one: number, other: number) => minilm.pairs[0]?.distances.data[one * 72 + other] ?? Number.NaN;
    expect(data.below.slice(0, 3)).toEqual(
      [distance(1, 0), distance(2, 0), distance(2, 1)].map((d) => expect.closeTo(d, 5)),
    );
  });

  it("takes the best head of each relation that is measured often enough", () => {
    const data = numbersOf("relations", relationStudy(), "head");
    expect(data).toEqual({
      plot: "relations",
      rows: [{ relation: "nmod:poss", layer: 1, head: 0, share: [0.75, 0.5, 1], offset: 0.6, by: -1, words: 40 }],
    });
    const back = numbersOf("relations", relationStudy(), "dependant");
    expect(back.plot === "relations" && back.rows.map(({ relation, by }) => [relation, by])).toEqual([["det", 1]]);
  });

  it("puts the largest lead over the rule first, and the best aligner", () => {
    const [relations] = storedViews("relations");
    if (relations?.data.plot !== "relations") throw new Error("nothing is stored");
    const leads = relations.data.rows.map(({ share, offset }) => share[0] - offset);
    expect(leads).toEqual([...leads].sort((a, b) => b - a));
    const [alignment] = storedViews("alignment");
    if (alignment?.data.plot !== "alignment") throw new Error("nothing is stored");
    expect(alignment.data.rows[0]).toMatchObject({ ...BESIDE.taught, taught: true });
    expect(alignment.data.rows.filter(({ taught }) => taught)).toHaveLength(1);
    expect(alignment.data.diagonal).toBeCloseTo(BESIDE.diagonal, 3);
  });
});
