import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TextTokenizer } from "../../../../../src/engine/runtime/tokenizer.ts";
import { FailureError } from "../../../../../src/lib/failure.ts";

const { tokenizer, config } = JSON.parse(readFileSync("tests/fixtures/tokenizers/smollm.json", "utf8"));

function failureOf(change: object): string {
  try {
    new TextTokenizer({ ...tokenizer, ...change }, config);
  } catch (error) {
    return error instanceof FailureError ? error.failure.code : String(error);
  }
  return "none";
}

describe("a tokenizer that cannot be followed is refused", () => {
  it.each([
    ["an unknown normaliser", { normalizer: { type: "Nmt" } }],
    ["an unknown normaliser within a sequence", { normalizer: { type: "Sequence", normalizers: [{ type: "Nmt" }] } }],
    ["a damaged table of characters", { normalizer: { type: "Precompiled", precompiled_charsmap: "AAAAAAAA" } }],
    ["an unknown pre-tokenizer", { pre_tokenizer: { type: "UnicodeScripts" } }],
    ["a pre-tokenizer that only transformers.js knows", { pre_tokenizer: { type: "FixedLength", length: 3 } }],
    ["a way of splitting that is none", { pre_tokenizer: { type: "Split", pattern: { String: "a" }, behavior: "No" } }],
    ["an unknown decoder", { decoder: { type: "CTC" } }],
    ["an unknown post-processor", { post_processor: { type: "Nope" } }],
    ["pieces marked within a word", { model: { ...tokenizer.model, continuing_subword_prefix: "@@" } }],
    ["an unknown model", { model: { type: "WordLevel", vocab: { a: 0 }, unk_token: "a" } }],
    ["a name that every object has", { decoder: { type: "constructor" } }],
  ])("with %s", (_, change) => {
    expect(failureOf(change)).toBe("graph");
  });

  it("and any other is not", () => {
    expect(failureOf({})).toBe("none");
  });
});
