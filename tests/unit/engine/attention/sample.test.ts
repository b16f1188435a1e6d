import { describe, expect, it } from "vitest";
import { sampleDistinct, sampleEvenly } from "../../../../src/engine/attention/sample.ts";
import { seeded } from "../../../../src/lib/random.ts";

describe("sampleEvenly", () => {
  it("draws one place from each stretch", () => {
    const places = sampleEvenly(500, 50, 1);
    expect(places.map((place) => Math.floor(place / 10))).toEqual(Array.from({ length: 50 }, (_, stretch) => stretch));
  });

  it("draws each place about as often", () => {
    const counts = new Array<number>(7).fill(0);
    for (let seed = 0; seed < 7000; seed++) {
      for (const place of sampleEvenly(7, 3, seed)) counts[place] = (counts[place] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(250);
  });

  it("takes all where there are no more, and the same for a seed", () => {
    expect(sampleEvenly(3, 5, 1)).toEqual([0, 1, 2]);
    expect(sampleEvenly(90, 7, 4)).toEqual(sampleEvenly(90, 7, 4));
    expect(sampleEvenly(90, 7, 4)).not.toEqual(sampleEvenly(90, 7, 5));
  });
});

describe("sampleDistinct", () => {
  it("draws different members, each about as often at each place", () => {
    const random = seeded(1);
    const counts = new Map<string, number>();
    for (let round = 0; round < 6000; round++) {
      const drawn = sampleDistinct(["a", "b", "c"], 2, random).join("");
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["ab", "ac", "ba", "bc", "ca", "cb"]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it("takes all where there are no more", () => {
    expect(sampleDistinct([1, 2], 5, seeded(1)).sort()).toEqual([1, 2]);
  });
});
