import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TextTokenizer } from "../../../../src/engine/runtime/tokenizer.ts";
import { type FixtureTokens, fixtures } from "../../../helpers/fixtures.ts";
import { expectedSpan } from "../../../helpers/tokenSpans.ts";

const INSTRUCTION = "Translate to French: ";

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const open = (folder: string) =>
  new TextTokenizer(json(`${folder}/tokenizer.json`), json(`${folder}/tokenizer_config.json`));
const tokenizer = open("public/models/translator-en-fr");
const decoder = open("public/models/decoder-small");

/** The small decoder's texts; see the README beside them. */
const decoderTexts: readonly { readonly name: string; readonly text: string; readonly tokens: FixtureTokens }[] = json(
  "tests/fixtures/decoder-small/index.json",
).sentences;

function expectSame(tokenizer: TextTokenizer, text: string, expected: FixtureTokens): void {
  const tokens = tokenizer.encode(text);
  expect(tokens.map(({ id }) => id)).toEqual(expected.ids);
  expect(tokens.map(({ piece }) => piece)).toEqual(expected.pieces);
  const spans = expected.utf16Offsets.map((offsets, i) => expectedSpan(text, expected.pieces[i] ?? "", offsets));
  expect(tokens.map(({ start, end }) => [start, end])).toEqual(spans);
}

describe("the tokenizer agrees with Python", () => {
  it.each(fixtures.sentences.map((sentence) => [sentence.name, sentence] as const))("on %s", (_, sentence) => {
    expectSame(tokenizer, sentence.text, sentence.source);
    expectSame(tokenizer, sentence.target, sentence.labels);
  });

  it.each(decoderTexts.map((entry) => [entry.name, entry] as const))("on the small decoder's %s", (_, entry) => {
    expectSame(decoder, entry.text, entry.tokens);
  });
});

describe("a text that is too long", () => {
  const pieces = (tokens: readonly { piece: string }[]) => tokens.map(({ piece }) => piece);

  it("is cut at its end and keeps the token behind it", () => {
    const { tokens, cut } = tokenizer.within("The brown dog ran.", 4);
    expect(pieces(tokens)).toEqual(["▁The", "▁brown", "▁dog", "</s>"]);
    expect(cut).toBe(2);
  });

  it("keeps the token in front of it", () => {
    const { text, tokens, cut } = decoder.within("The man ran to the store", 3);
    expect(pieces(tokens)).toEqual(["<|endoftext|>", "▁The", "▁man"]);
    expect([text, cut]).toEqual(["The man ran to the store", 4]);
  });

  it("is whole where it fits", () => {
    expect(decoder.within("The man", 3)).toMatchObject({ cut: 0, tokens: { length: 3 } });
  });
});

describe("tokens", () => {
  const texts = (text: string) => tokenizer.encode(text, INSTRUCTION).map((token) => token.text);

  it("show the characters that they cover", () => {
    expect(texts("The brown dog ran.")).toEqual(["The", "brown", "dog", "ran", ".", ""]);
  });

  it("show a special token that someone typed as text", () => {
    const tokens = tokenizer.encode("Stop </s> here");
    expect(tokens.filter(({ piece }) => piece === "</s>")).toMatchObject([
      { text: "</s>", special: false, start: 5, end: 9 },
      { text: "", special: true, word: -1 },
    ]);
  });

  it("show an accent that was typed apart on its letter", () => {
    expect(texts("cafe\u0301 cafe\u0301").join(" ")).toBe("cafe\u0301 cafe\u0301 ");
  });

  it("mark the instruction and nothing else", () => {
    const marked = tokenizer.encode(`${INSTRUCTION}The dog ran.`, INSTRUCTION).filter((token) => token.instruction);
    expect(marked.map((token) => token.text)).toEqual(["Translate", "to", "French", ":"]);
    expect(tokenizer.encode("The dog ran.", INSTRUCTION).some((token) => token.instruction)).toBe(false);
  });

  it("count words as the gold alignment does", () => {
    const words = (text: string) => new Set(tokenizer.encode(text).map(({ word }) => word)).size - 1;
    expect(words("Le chien brun a couru.")).toBe(6);
    expect(words("L'école n'est-ce que j'ai, aujourd'hui ?")).toBe(10);
    expect(words("Why didn't Tom's dog run at 11 o'clock?")).toBe(9);
  });

  it.each([
    ["a lone surrogate", "a \ud83d b"],
    ["NUL", "a\0b"],
    ["zero width", "a\u200bb\ufeff"],
    ["Korean letters that melt", "\u1112\u1161\u11ab \u1100\u1161"],
    ["marks in another order", "q\u0307\u0323 a\u0301\u0323 \u0344"],
    ["spaces alone", "   "],
    ["the tokenizer's own space", "a▁b ▁"],
    ["nothing", ""],
  ])("cover %s without a gap in the wrong order", (_, text) => {
    const tokens = tokenizer.encode(text);
    let last = 0;
    for (const { start, end, special } of tokens) {
      if (special) continue;
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(text.length);
      last = start;
    }
    expect(tokens.at(-1)).toMatchObject({ piece: "</s>", special: true });
  });
});
