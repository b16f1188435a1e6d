import { describe, expect, it } from "vitest";
import {
  cellOf,
  mapsOf,
  mostAt,
  recoveredAt,
  scaleOfMaps,
  spotOf,
} from "../../../../../src/components/widgets/patching/maps.ts";
import { numbersOf } from "../../../../../src/components/widgets/patching/numbers.ts";
import { patchedValue, readingOf } from "../../../../../src/components/widgets/patching/words.ts";
import { decoder, french, patchedOf } from "./sample.ts";

const names = patchedOf(decoder);
const dog = patchedOf(french);

describe("maps", () => {
  it("have the last layer on top, in percent", () => {
    const [map, ...others] = mapsOf(names);
    expect(others).toEqual([]);
    expect(map?.grid.rows.map(({ name }) => name)).toEqual(["layer 4", "layer 3", "layer 2", "layer 1", "embedding"]);
    expect(map?.grid.scores[14]).toBeCloseTo(100, 3);
    expect(map?.grid.scores[3 * 15 + 10]).toBeCloseTo(33.7, 1);
  });

  it("leave out what a decoder reads after the followed token", () => {
    const maps = mapsOf(dog);
    expect(maps.map(({ label }) => label)).toEqual(["Encoder", "Decoder"]);
    expect(maps[1]?.tokens.map(({ text }) => text)).toEqual(["", "Le"]);
    expect(maps[1]?.grid.columns).toHaveLength(2);
    expect(maps[1]?.grid.scores).toHaveLength(8);
    expect(maps[1]?.grid.scores[1]).toBeCloseTo(100, 1);
  });

  it("share one scale that never shrinks below the clean run", () => {
    expect(scaleOfMaps([])).toEqual({ signed: true, extreme: 100 });
    const maps = mapsOf(names);
    expect(scaleOfMaps(maps).extreme).toBeGreaterThanOrEqual(100);
  });

  it("find a spot's cell and a cell's spot", () => {
    const [encoder, target] = mapsOf(dog);
    if (!encoder || !target) throw new Error("a map is missing");
    const spot = { side: "target", layer: 2, token: 1 } as const;
    expect(cellOf(target, spot)).toEqual({ row: 1, column: 1 });
    expect(spotOf(target, { row: 1, column: 1 })).toEqual(spot);
    expect(cellOf(encoder, spot)).toBeNull();
    expect(cellOf(target, { ...spot, token: 9 })).toBeNull();
    expect(cellOf(target, { ...spot, layer: 9 })).toBeNull();
    expect(recoveredAt(dog.study, { ...spot, token: 99 })).toBeNaN();
  });

  it("say where most comes back", () => {
    expect(mostAt(names, "source", 1)).toMatchObject({ token: 14 });
    expect(mostAt(names, "source", 0)).toMatchObject({ token: 10 });
    expect(mostAt(names, "target", 0)).toBeNull();
  });
});

it("numbers are in percent, by layer and place", () => {
  expect(numbersOf(names)["recovered.1.14"]).toBeCloseTo(80.7, 1);
  expect(numbersOf(dog)["recovered.target.2.1"]).toBeCloseTo(46, 0);
  expect(numbersOf(dog)["recovered.target.2.2"]).toBeUndefined();
});

describe("the reading", () => {
  const spot = { side: "source", layer: 1, token: 14 } as const;

  it("tells a cell's run", () => {
    expect(patchedValue(names, spot)).toBeCloseTo(-8.7994 + 0.80672 * (15.261 + 8.7994), 2);
    expect(readingOf(names, "John", spot)).toBe(
      "With the output of layer 1 at “to” (token 15) put back, “Mary” leads “John” by 10.6: 81 % of the difference comes back.",
    );
    expect(readingOf(names, "John", { ...spot, layer: 1, token: 11 })).toContain("Below 0");
    expect(readingOf(names, "John", { ...spot, layer: 0, token: 10 })).toContain("in the place of “Mary”");
  });

  it("tells the whole of each stack", () => {
    expect(readingOf(names, "John", null)).toBe(
      "Most comes back at “John” in the embeddings (100 %) and at “to” after layers 1 to 4 (81 % to 100 %).",
    );
    expect(readingOf(dog, "chat", null)).toBe(
      "Encoder: most comes back at “dog” in the embeddings (100 %) and at “dog” after layers 1 to 3 (100 %). Decoder: most comes back at “Le” after layers 1 to 3 (2 % to 100 %).",
    );
  });
});
