import { describe, expect, it } from "vitest";
import { axisTokens, itemAt, layAxis } from "../../../../src/components/views/tokens/axis.ts";
import { smallTextTrace, smallTrace } from "../../../helpers/traces.ts";

const NOTHING = { words: false, hideSpecial: false, hideInstruction: false };
const trace = smallTrace();

describe("axisTokens", () => {
  it("names cross rows by the token written or read, and columns by the source", () => {
    const written = axisTokens(trace, "cross", "written");
    expect(written.rows.map((token) => token.piece)).toEqual(["▁Le", "▁chi", "en", "</s>"]);
    expect(written.columns).toBe(trace.source.tokens);
    expect(axisTokens(trace, "cross", "read").rows[0]?.piece).toBe("<pad>");
  });

  it("names decoder columns by the token read, whatever names the rows", () => {
    const { rows, columns } = axisTokens(trace, "decoder", "written");
    expect(rows).toBe(trace.target.written);
    expect(columns).toBe(trace.target.read);
  });

  it("reads the source on both sides of the encoder", () => {
    const { rows, columns } = axisTokens(trace, "encoder", "written");
    expect([rows, columns]).toEqual([trace.source.tokens, trace.source.tokens]);
  });

  it("reads the only text of a model with one stack on both sides, whatever names the rows", () => {
    const alone = smallTextTrace("decoder");
    const { rows, columns } = axisTokens(alone, "decoder", "written");
    expect(rows).toBe(alone.source.tokens);
    expect(columns).toBe(alone.source.tokens);
  });
});

describe("layAxis", () => {
  it("keeps every token and shows the joints of sub-words", () => {
    const items = layAxis(trace.target.written, NOTHING);
    expect(items.map(({ joinsBefore, joinsAfter }) => [joinsBefore, joinsAfter])).toEqual([
      [false, false],
      [false, true],
      [true, false],
      [false, false],
    ]);
  });

  it("merges sub-words into words over a run of positions", () => {
    const items = layAxis(trace.target.written, { ...NOTHING, words: true });
    expect(items.map(({ piece, start, end }) => [piece, start, end])).toEqual([
      ["▁Le", 0, 1],
      ["▁chien", 1, 3],
      ["</s>", 3, 4],
    ]);
  });

  it("hides special tokens and the instruction, and keeps positions", () => {
    const items = layAxis(trace.source.tokens, { ...NOTHING, hideSpecial: true, hideInstruction: true });
    expect(items.map((item) => item.piece)).toEqual(["▁The", "▁brown", "▁dog", "▁ran"]);
    expect(items[0]?.start).toBe(2);
    expect(itemAt(items, 3)).toBe(1);
    expect(itemAt(items, 0)).toBe(-1);
  });
});

describe("pieces of other tokenizers", () => {
  const token = (piece: string, text: string, start: number, word = 0) => ({
    ...{ id: 0, piece, text, start, end: start + text.length, word },
    ...{ special: false, instruction: false },
  });
  const words = (tokens: Parameters<typeof layAxis>[0]) => layAxis(tokens, { ...NOTHING, words: true });

  it("are merged without the mark of the joint", () => {
    expect(words([token("un", "un", 0), token("##believ", "believ", 2), token("##able", "able", 8)])).toMatchObject([
      { piece: "unbelievable" },
    ]);
  });

  it("are merged as text where they are bytes", () => {
    const [item] = words([token("ĠcafÃ©", "café", 1), token("ĠðŁĴķ", "💕", 5)]);
    expect(item?.piece).toBe(" café💕");
  });

  it("show a character that lies across tokens once in a word, and in each of the tokens", () => {
    const tokens = [token("ĠðŁ", "🐕", 1), token("Ĳ", "🐕", 1), token("ķ", "🐕", 1)];
    expect(words(tokens)).toMatchObject([{ piece: "🐕", start: 0, end: 3 }]);
    expect(layAxis(tokens, NOTHING).map(({ piece }) => piece)).toEqual(["🐕", "🐕", "🐕"]);
  });
});
