import { describe, expect, it } from "vitest";
import { storedAnswers } from "../../../../../src/components/widgets/layer-trace/askLayers.ts";
import { numbersOf } from "../../../../../src/components/widgets/layer-trace/numbers.ts";
import {
  gridOf,
  layersOf,
  linesOf,
  longestAt,
  mapsOf,
  rowAt,
  shareAt,
} from "../../../../../src/components/widgets/layer-trace/row.ts";
import { storedNumbers } from "../../../../../src/components/widgets/layer-trace/storedNumbers.ts";
import { readingOf, strongest } from "../../../../../src/components/widgets/layer-trace/words.ts";
import { sample, stored } from "./sample.ts";

const names = sample("decoder");
const dog = sample("french");
const pair = sample("pair");

describe("stored answers", () => {
  it("are found by the question alone, whatever row is looked at", () => {
    expect(dog.ask({ place: 3 })).toBe(dog.answer);
    expect(names.ask({ follow: " John " })).not.toBeNull();
    expect(names.ask({ follow: "Kate" })).toBeNull();
  });

  it("of another format are refused", () => {
    expect(() => storedAnswers({ ...stored.decoder, version: 0 }, "decoder")).toThrow("store:layers");
  });
});

describe("a row", () => {
  it("names its output and its number", () => {
    expect(rowAt(names.answer, 0)).toMatchObject({ row: 0, place: null, output: "Mary" });
    expect(rowAt(dog.answer, 1)).toMatchObject({ row: 1, place: 1, output: "chien" });
    expect(rowAt(dog.answer, 99)).toMatchObject({ row: 6 });
    expect(rowAt(pair.answer, 0)).toMatchObject({ place: null, output: null });
    const john = names.ask({ follow: "John" });
    expect(john && rowAt(john, 0).output).toBe("John");
  });

  it("has a map for each stack, up to what the decoder has read", () => {
    const maps = mapsOf(dog.answer, rowAt(dog.answer, 1));
    expect(maps.map(({ label, tokens }) => [label, tokens.length])).toEqual([
      ["Encoder", 10],
      ["Decoder", 2],
    ]);
    const [encoder, decoder] = maps;
    if (!encoder || !decoder) throw new Error("a map is missing");
    expect(layersOf(encoder)).toBe(3);
    expect(encoder.norms.data[6]).toBeCloseTo(3.34, 2);
    expect(decoder.scores.data.at(-1)).toBeCloseTo(12.545, 2);
    const { rows, columns, scores } = gridOf(decoder, "score", false);
    expect([rows[0]?.name, columns.length]).toEqual(["layer 3", 2]);
    expect(scores[1]).toBeCloseTo(12.545, 2);
  });

  it("knows where the gradient is longest", () => {
    const [map] = mapsOf(names.answer, rowAt(names.answer, 0));
    if (!map) throw new Error("the map is missing");
    expect([0, 1, 2, 4].map((layer) => longestAt(map, layer))).toEqual([2, 3, 14, 14]);
    expect(shareAt(map, 4, 14)).toBe(1);
    const shares = map.tokens.map((_, token) => shareAt(map, 1, token));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  it("has texts whose scores are percent of the row", () => {
    const lines = linesOf(dog.answer.rollout, rowAt(dog.answer, 1), false);
    const all = lines.flatMap(({ items }) => items.map(({ score }) => score));
    expect(all).toHaveLength(12);
    expect(all.reduce((sum, score) => sum + score, 0)).toBeCloseTo(100, 3);
    expect(strongest(lines)?.item.piece).toContain("dog");
  });
});

it("numbers are those of the row, and say where one token is left alone", () => {
  const numbers = numbersOf(names.answer, rowAt(names.answer, 0));
  expect(numbers).toEqual(storedNumbers(stored.decoder));
  expect(numbers.alone).toBe(3);
  expect(numbers.top).toBeCloseTo(numbers.value ?? 0, 2);
  expect(numbers["norm.1.3"]).toBeCloseTo(1.75, 2);
  expect(numbersOf(dog.answer, rowAt(dog.answer, 1))["target.score.3.1"]).toBeCloseTo(12.545, 2);
  expect(numbersOf(pair.answer, rowAt(pair.answer, 0)).alone).toBeUndefined();
});

it("the reading goes from the bottom to the top, and sets both methods side by side", () => {
  const of = ({ answer }: typeof names, place: number) => {
    const row = rowAt(answer, place);
    return readingOf(
      row,
      mapsOf(answer, row),
      linesOf(answer.attention, row, false),
      linesOf(answer.rollout, row, false),
    );
  };
  expect(of(names, 0)).toBe(
    "The logit of “Mary” is 20.78. The gradient is longest in the embeddings at “Mary” (22 % of all length), after layer 2 at “to” (40 %) and after layer 4 at “to” (100 %). Attention × gradient is strongest at “and”, rollout at “to”.",
  );
  expect(of(dog, 1)).toContain("Decoder: the gradient is longest");
  expect(of(pair, 0)).toContain("The similarity of the two sentences is 0.61.");
});
