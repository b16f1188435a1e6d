import { describe, expect, it } from "vitest";
import { architectureWord, madeText, placeText } from "../../../../src/components/controls/modelOffer.ts";
import { rove } from "../../../../src/components/controls/roving.ts";
import { boundText, countText, MAX_CHARACTERS } from "../../../../src/components/controls/textBounds.ts";
import { aboutModel } from "../../../../src/stored/models.ts";

describe("rove", () => {
  it("moves within a grid of 2 rows and 3 columns and stops at its edges", () => {
    expect(rove("ArrowRight", 0, 6, 3)).toBe(1);
    expect(rove("ArrowRight", 2, 6, 3)).toBeNull();
    expect(rove("ArrowDown", 1, 6, 3)).toBe(4);
    expect(rove("ArrowDown", 4, 6, 3)).toBeNull();
    expect(rove("ArrowLeft", 3, 6, 3)).toBeNull();
    expect(rove("Home", 4, 6, 3)).toBe(0);
    expect(rove("End", 0, 6, 3)).toBe(5);
    expect(rove("a", 0, 6, 3)).toBeNull();
  });
});

describe("boundText", () => {
  it("keeps a text that fits, cuts one that does not, never inside a character", () => {
    expect(boundText("abc")).toEqual({ text: "abc", cut: false });
    expect(boundText("x".repeat(1_000_000)).text).toHaveLength(MAX_CHARACTERS);
    const emoji = boundText(`x${"\u{1f600}".repeat(MAX_CHARACTERS)}`);
    expect(emoji.cut).toBe(true);
    expect(emoji.text.isWellFormed()).toBe(true);
  });

  it("counts", () => {
    expect(countText({ count: 12, limit: 512, cut: 0 })).toBe("12 of 512 tokens");
    expect(countText({ count: null, limit: 512, cut: 0 })).toBe("… of 512 tokens");
  });
});

describe("a model on offer", () => {
  it("has its architecture in a word, and unknown ones by their own name", () => {
    const words = ["T5ForConditionalGeneration", "GPT2LMHeadModel", "LlamaForCausalLM", "BertModel", "MambaModel"];
    expect(words.map(architectureWord)).toEqual(["T5", "GPT-2", "Llama", "BERT", "MambaModel"]);
  });

  it("says what it is made of, both stacks where it has both", () => {
    const { info } = aboutModel("translator-en-fr");
    expect(madeText(info)).toBe("T5, 3 + 3 layers × 4 heads");
    expect(madeText({ ...info, layers: { encoder: 0, decoder: 30 }, heads: 9 })).toBe("T5, 30 layers × 9 heads");
  });

  it("says its size before it is fetched, and where it is", () => {
    const model = { bytes: 22_900_000 };
    expect(placeText(model, "away")).toBe("22.9 MB, not loaded yet");
    expect(placeText(model, "coming")).toBe("22.9 MB, loading");
    expect(placeText(model, "here")).toBe("loaded");
    expect(placeText(model, "absent")).toBe("22.9 MB, not part of this copy");
  });
});
