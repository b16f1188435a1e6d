import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TextTokenizer } from "../../../../src/engine/runtime/tokenizer.ts";
import { wordsOf } from "../../../../src/engine/runtime/words.ts";

const words = (text: string) => wordsOf(text).map(({ start, end }) => text.slice(start, end));

function tokenizerOf(kind: string): TextTokenizer {
  const { tokenizer, config } = JSON.parse(readFileSync(`tests/fixtures/tokenizers/${kind}.json`, "utf8"));
  return new TextTokenizer(tokenizer, config);
}

/** The tokens of each word, as pieces. */
function grouped(kind: string, text: string): string[][] {
  const tokens = tokenizerOf(kind).encode(text);
  return wordsOf(text).map((_, i) => tokens.filter(({ word }) => word === i).map(({ piece }) => piece));
}

describe("words", () => {
  it("are runs between spaces, punctuation apart", () => {
    expect(words("The dog, it's said (aloud), didn't run.")).toEqual([
      "The",
      "dog",
      ",",
      "it's",
      "said",
      "(",
      "aloud",
      ")",
      ",",
      "didn't",
      "run",
      ".",
    ]);
  });

  it("are the same however a tokenizer splits them", () => {
    const text = "I don't know 2 cafés, 你好!";
    const count = wordsOf(text).length;
    for (const kind of ["bert-uncased", "bert-cased", "smollm", "roberta", "llama3", "llama2", "unigram"]) {
      expect(grouped(kind, text).map((pieces) => pieces.length > 0)).toEqual(Array.from({ length: count }, () => true));
    }
  });

  it("gather the pieces that WordPiece takes apart at an apostrophe", () => {
    const [first] = grouped("bert-uncased", "don't");
    expect(first?.join(" ").replaceAll(" ##", "")).toBe("don ' t");
    expect(grouped("bert-uncased", "don't")).toHaveLength(1);
  });

  it("count a space to the word behind it, as byte-level pieces do", () => {
    const [, second] = grouped("smollm", "The dog");
    expect(second?.[0]).toMatch(/^Ġ/);
  });

  it("hold all bytes of a character", () => {
    const [, emoji] = grouped("smollm", "The 🦊 ran");
    expect(emoji?.length).toBeGreaterThan(1);
  });
});
