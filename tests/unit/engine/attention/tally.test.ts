import { describe, expect, it } from "vitest";
import { Tally } from "../../../../src/engine/attention/tally.ts";

const breathe = async () => {};

describe("Tally", () => {
  it("takes the mean of what even attention scores, where that is given", async () => {
    const tally = new Tally(1);
    tally.add({ measure: "same", kind: "encoder", values: [1], rows: 1, even: 0.25 });
    tally.add({ measure: "same", kind: "encoder", values: [1], rows: 1, even: 0.75 });
    tally.add({ measure: "head:det", kind: "encoder", values: [1], rows: 1 });
    expect((await tally.scores(breathe)).map(({ even }) => even)).toEqual([0.5, null]);
  });

  it("takes the mean over the sentences that have a measure, by kind", async () => {
    const tally = new Tally(2);
    tally.add({ measure: "same", kind: "encoder", values: [0, 1, 0, 0.5], rows: 3 });
    tally.add({ measure: "same", kind: "decoder", values: [1, 1], rows: 1 });
    tally.add({ measure: "same", kind: "encoder", values: [1, 1, 0, 0], rows: 9 });
    const [encoder, decoder, ...rest] = await tally.scores(breathe);
    expect(rest).toEqual([]);
    expect(encoder).toMatchObject({ measure: "same", kind: "encoder", sentences: 2, rows: 12, offset: null });
    expect(encoder?.mean).toEqual({ data: Float32Array.from([0.5, 1, 0, 0.25]), shape: [2, 2] });
    expect(decoder?.mean.shape).toEqual([1, 2]);
    // Two sentences drawn from two: the ends are the sentences themselves.
    expect([...(encoder?.low.data ?? [])]).toEqual([0, 1, 0, 0]);
    expect([...(encoder?.high.data ?? [])]).toEqual([1, 1, 0, 0.5]);
  });

  it("finds a relation's best fixed offset over all its sentences", async () => {
    const tally = new Tally(1);
    const add = (...offsets: [number, number][]) =>
      tally.add({ measure: "head:det", kind: "encoder", values: [1], rows: 1, offsets: new Map(offsets) });
    add([1, 0.5], [-2, 0.5]);
    add([-2, 1]);
    add([1, 1]);
    add([3, 0.25]);
    // −2 and +1 are both right in 1.5 of 4 sentences; +1 is nearer.
    expect((await tally.scores(breathe))[0]?.offset).toEqual({ by: 1, score: 1.5 / 4 });
  });
});
