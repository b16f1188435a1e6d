import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { asideNumbers, crossings } from "../../../../src/components/views/attention/lineNumbers.ts";
import type { HeadRef } from "../../../../src/engine/model.ts";
import { decodeTrace } from "../../../../src/stored/format.ts";

const dog = decodeTrace(JSON.parse(readFileSync("src/stored/brown-dog.json", "utf8")));
const taught = JSON.parse(readFileSync("public/models/translator-en-fr/alignment.json", "utf8"));
const head: HeadRef = { kind: "cross", layer: taught.layer, head: taught.head };

/** A weight of the cross-attention, read without the code under test. */
function weight({ layer, head }: HeadRef, query: number, key: number): number {
  const { data, shape } = dog.attention.cross ?? { data: [], shape: [] };
  const [, heads = 0, queries = 0, keys = 0] = shape;
  return data[((layer * heads + head) * queries + query) * keys + key] ?? 0;
}

describe("the numbers of a head’s lines", () => {
  it("count the one crossing of “chien brun” with “brown dog”", () => {
    expect(crossings(dog, head)).toBe(1);
  });

  it("count no line that carries less than half, and none that leads out of the sentence", () => {
    expect(crossings(dog, { kind: "cross", layer: 0, head: 2 })).toBe(0);
  });

  it("part the weight of a word into special tokens, instruction, and both", () => {
    const other: HeadRef = { kind: "cross", layer: 0, head: 2 };
    const numbers = asideNumbers(dog, other);
    const row = dog.target?.written.findIndex(({ text }) => text.trim() === "chien") ?? -1;
    const sum = (holds: (at: number) => boolean): number =>
      dog.source.tokens.reduce((total, _, at) => total + (holds(at) ? weight(other, row, at) : 0), 0);
    const special = sum((at) => dog.source.tokens[at]?.special === true);
    const instruction = sum((at) => dog.source.tokens[at]?.instruction === true);
    expect(instruction).toBeGreaterThan(0.05);
    expect(numbers["special.chien"]).toBeCloseTo(special, 6);
    expect(numbers["instruction.chien"]).toBeCloseTo(instruction, 6);
    expect(numbers["aside.chien"]).toBeCloseTo(special + instruction, 6);
  });

  it("know the tokens of self-attention as well", () => {
    expect(asideNumbers(dog, { kind: "encoder", layer: 0, head: 0 })).toHaveProperty("aside.dog");
    expect(asideNumbers(dog, { kind: "decoder", layer: 0, head: 0 })).toHaveProperty("aside.chien");
  });
});
