import { describe, expect, it } from "vitest";
import { framingOf } from "../../../../../src/engine/runtime/text/framing.ts";

const template = (single: object[], specials: object) => ({
  type: "TemplateProcessing",
  single,
  pair: [],
  special_tokens: specials,
});
const text = { Sequence: { id: "A", type_id: 0 } };
const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });

describe("the tokens around a text", () => {
  it("are none where there is no post-processor, or one that only trims offsets", () => {
    expect(framingOf(null)).toEqual({ front: [], behind: [] });
    expect(framingOf({ type: "ByteLevel", trim_offsets: true })).toEqual({ front: [], behind: [] });
  });

  it("stand where a template puts them, with all the ids of each", () => {
    const json = template([special("<s>"), special("[en]"), text, special("</s>")], {
      "<s>": { id: "<s>", ids: [1], tokens: ["<s>"] },
      "[en]": { id: "[en]", ids: [7, 8], tokens: ["[", "en]"] },
      "</s>": { id: "</s>", ids: [2], tokens: ["</s>"] },
    });
    expect(framingOf(json)).toEqual({ front: [1, 7, 8], behind: [2] });
  });

  it.each(["BertProcessing", "RobertaProcessing"])("are the two of %s", (type) => {
    expect(framingOf({ type, sep: ["[SEP]", 102], cls: ["[CLS]", 101] })).toEqual({ front: [101], behind: [102] });
  });

  it("lie around one another in a sequence", () => {
    const inner = { type: "BertProcessing", sep: ["[SEP]", 2], cls: ["[CLS]", 1] };
    const outer = template([special("<s>"), text, special("</s>")], { "<s>": { ids: [3] }, "</s>": { ids: [4] } });
    const json = { type: "Sequence", processors: [{ type: "ByteLevel" }, inner, outer] };
    expect(framingOf(json)).toEqual({ front: [3, 1], behind: [2, 4] });
  });

  it.each([
    ["of a kind that is not known", { type: "NoneSuch" }],
    ["without a place for the text", template([special("<s>")], { "<s>": { ids: [3] } })],
    ["with a token that has no ids", template([special("<s>"), text], {})],
  ])("are refused in a post-processor %s", (_, json) => {
    expect(() => framingOf(json)).toThrow("cannot follow");
  });
});
