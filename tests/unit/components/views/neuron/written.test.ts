import { describe, expect, it } from "vitest";
import { querySteps } from "../../../../../src/components/views/neuron/querySteps.ts";
import {
  decimal,
  numberOf,
  SEEN,
  shorten,
  type WrittenKey,
  weightDecimals,
  writeKey,
  writeOutput,
} from "../../../../../src/components/views/neuron/written.ts";
import type { HeadInside } from "../../../../../src/engine/model.ts";
import { decodeInside } from "../../../../../src/stored/inside.ts";
import { smallHead, storedHead, storedInsides } from "../../../../helpers/insides.ts";

/** Decimals of a written number. */
const places = (text: string) => text.split(".")[1]?.length ?? 0;

/** A calculator's answer, to as many decimals as the written one has. */
const to = (value: number, like: string) => decimal(value, places(like));

/** Every line of the arithmetic, done once more with the numbers as they stand there. */
function expectToAddUp(written: WrittenKey, scale: number): void {
  for (const { left, right, product } of written.terms) {
    expect(to(numberOf(left) * numberOf(right), product)).toBe(product);
  }
  const sum = written.terms.reduce((total, { product }) => total + numberOf(product), 0);
  expect(to(sum, written.dot)).toBe(written.dot);
  expect(to(numberOf(written.dot) * scale, written.scaled)).toBe(written.scaled);
  expect(to(numberOf(written.scaled) + numberOf(written.bias), written.score)).toBe(written.score);
  expect(to(Math.exp(numberOf(written.score) - numberOf(written.top)), written.power)).toBe(written.power);
  expect(to(numberOf(written.power) / numberOf(written.total), written.weight)).toBe(written.weight);
}

function everyCell(inside: HeadInside): [query: number, key: number][] {
  return inside.queries.flatMap((_, query) => inside.keys.map((_, key): [number, number] => [query, key]));
}

describe("the arithmetic of a key", () => {
  it("is what a pencil gives", () => {
    const inside = smallHead();
    const written = writeKey(inside, querySteps(inside, 1), 0);
    expect(written).toMatchObject({ dot: "3.000", scaled: "1.500", score: "1.500", top: "3.500", power: "0.135" });
    expect(written.terms.map(({ left, right, product }) => [left, right, product])).toEqual([
      ["3.000", "1.000", "3.000"],
      ["−1.000", "0.000", "0.000"],
    ]);
  });

  it("writes out a forbidden key as forbidden", () => {
    const inside = smallHead();
    expect(writeKey(inside, querySteps(inside, 0), 2)).toMatchObject({ score: "−∞", power: "0.000", weight: "0.000" });
  });

  it.each([...storedInsides()])("adds up as it stands there, for every query and key of %s", (_, stored) => {
    const inside = decodeInside(stored);
    for (const [query, key] of everyCell(inside)) {
      const steps = querySteps(inside, query);
      const written = writeKey(inside, steps, key);
      expectToAddUp(written, inside.scale);
      expect(decimal(numberOf(written.dot), SEEN)).toBe(decimal(steps.dots[key] ?? 0, SEEN));
      expect(decimal(numberOf(written.score), SEEN)).toBe(decimal(steps.scores[key] ?? 0, SEEN));
      const weight = inside.attention.data[query * inside.keys.length + key] ?? Number.NaN;
      expect(Math.abs(numberOf(written.weight) - weight)).toBeLessThanOrEqual(
        0.5 * 10 ** -weightDecimals(weight) + 1e-6,
      );
    }
  });

  it("adds up the values too", () => {
    const inside = storedHead("decoder-small");
    const steps = querySteps(inside, 3);
    for (let dimension = 0; dimension < steps.q.length; dimension++) {
      const { terms, sum } = writeOutput(inside, steps, dimension);
      expect(
        to(
          terms.reduce((total, { product }) => total + numberOf(product), 0),
          sum,
        ),
      ).toBe(sum);
      expect(sum).toBe(decimal(steps.output[dimension] ?? 0, 3));
    }
  });
});

describe("a long sum made short", () => {
  it("keeps the largest and still adds up", () => {
    const inside = storedHead("encoder-minilm");
    const { terms, dot } = writeKey(inside, querySteps(inside, 3), 4);
    const { kept, others, rest } = shorten(terms, 3);
    expect(kept.length + others).toBe(terms.length);
    const least = Math.min(...kept.map(({ product }) => Math.abs(numberOf(product))));
    const size = ({ product }: { product: string }) => Math.abs(numberOf(product));
    expect(terms.filter((term) => !kept.includes(term)).every((term) => size(term) <= least)).toBe(true);
    expect(
      to(
        kept.reduce((sum, { product }) => sum + numberOf(product), numberOf(rest)),
        dot,
      ),
    ).toBe(dot);
  });
});

describe("a written number", () => {
  it("has a true minus sign and no negative zero", () => {
    expect([decimal(-1.25, 2), decimal(-0.0001, 2), decimal(-Infinity, 2)]).toEqual(["−1.25", "0.00", "−∞"]);
    expect([numberOf("−1.25"), numberOf("−∞"), numberOf("0.5")]).toEqual([-1.25, -Infinity, 0.5]);
  });
});
