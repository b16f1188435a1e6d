import { describe, expect, it } from "vitest";
import { blocksOf, ordinaryRows } from "../../../../src/engine/attention/blocks.ts";
import { oneHead, special, token } from "../../../helpers/tokens.ts";
import { smallTrace } from "../../../helpers/traces.ts";

describe("blocksOf", () => {
  it("gives an encoder–decoder's three kinds with their tokens", () => {
    const trace = smallTrace();
    const { read, written } = trace.target;
    const { tokens } = trace.source;
    expect(blocksOf(trace)).toEqual([
      { kind: "encoder", queries: tokens, keys: tokens, attention: trace.attention.encoder },
      { kind: "decoder", queries: read, keys: read, attention: trace.attention.decoder },
      { kind: "cross", queries: written, keys: tokens, attention: trace.attention.cross },
    ]);
  });

  it("gives a model with one stack its own kind alone", () => {
    const tokens = [special("[CLS]"), token("dog", 0)];
    const encoder = oneHead([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    const source = { text: "dog", tokens };
    const blocks = blocksOf({ kind: "encoder", source, target: null, attention: { encoder } });
    expect(blocks).toEqual([{ kind: "encoder", queries: tokens, keys: tokens, attention: encoder }]);
  });
});

it("ordinaryRows leaves out the instruction and special tokens", () => {
  const queries = [token("To:", 0, { instruction: true }), token("dog", 1), token("cat", 2), special("</s>")];
  expect(ordinaryRows({ queries })).toEqual([1, 2]);
});
