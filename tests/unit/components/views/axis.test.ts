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
