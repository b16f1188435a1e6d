import { describe, expect, it } from "vitest";
import { querySteps } from "../../../../../src/components/views/neuron/querySteps.ts";
import {
  beforeText,
  leftOutText,
  mannerOf,
  mannerText,
  neuronReading,
  smallText,
  stepFormula,
} from "../../../../../src/components/views/neuron/words.ts";
import { smallHead, storedHead } from "../../../../helpers/insides.ts";

describe("how a head scores", () => {
  it.each([
    ["decoder-small", { scaled: true, biased: false, masked: true }, "÷ √48", /√48 = 6\.93; later keys are struck out/],
    ["encoder-minilm", { scaled: true, biased: false, masked: false }, "÷ √32", /√32 = 5\.66; no key is struck out/],
    ["translator-encoder", { scaled: false, biased: true, masked: false }, "+ bias", /not scaled, but a learned bias/],
    ["translator-decoder", { scaled: false, biased: true, masked: true }, "+ bias", /bias .* added; later keys/],
    ["translator-cross", { scaled: false, biased: false, masked: false }, "as it is", /not scaled; no key/],
    ["smollm2", { scaled: true, biased: false, masked: true }, "÷ √64", /√64 = 8\.00; later keys/],
  ])("is read from the numbers of %s", (name, manner, formula, text) => {
    const inside = storedHead(name);
    expect(mannerOf(inside)).toEqual(manner);
    expect(stepFormula(4, inside)).toBe(formula);
    expect(mannerText(inside)).toMatch(text);
  });
});

describe("what came before the score", () => {
  it("is said of a model that turns its queries and keys, and of no other", () => {
    expect(beforeText("LlamaForCausalLM")).toContain("turned by an angle");
    for (const other of ["GPT2LMHeadModel", "BertModel", "T5ForConditionalGeneration"])
      expect(beforeText(other)).toBeNull();
  });
});

describe("the reading", () => {
  it("names head, tokens, numbers and rank", () => {
    const inside = smallHead();
    expect(neuronReading(inside, querySteps(inside, 1), 0, 6)).toBe(
      "Layer 1, head 2: from “b” to “a”, q · k is 3.00, the score 1.50, the weight 0.12: rank 2 of 3 keys.",
    );
    expect(neuronReading(inside, querySteps(inside, 1), 2, 6)).toContain("the largest of 3 keys");
  });

  it("keeps to itself what is still folded", () => {
    const inside = smallHead();
    const said = (open: number) => neuronReading(inside, querySteps(inside, 1), 0, open);
    expect(said(2)).toBe("Layer 1, head 2: from “b” to “a”.");
    expect(said(3)).toBe("Layer 1, head 2: from “b” to “a”, q · k is 3.00.");
    expect(said(4)).toBe("Layer 1, head 2: from “b” to “a”, q · k is 3.00, the score 1.50.");
    expect(said(5)).toBe(said(6));
  });

  it("says that a key is forbidden", () => {
    const inside = smallHead();
    expect(neuronReading(inside, querySteps(inside, 0), 2, 6)).toContain("the weight is 0, because the mask forbids");
  });

  it("says what is not drawn", () => {
    const steps = querySteps(smallHead(), 1);
    expect(leftOutText(steps, [0, 1, 2])).toBeNull();
    expect(leftOutText(steps, [2])).toMatch(/1 of 3 keys .* others hold 13 %/);
  });

  it("writes what is nothing but rounding in powers of ten", () => {
    expect([smallText(0), smallText(2.96e-7), smallText(0.04)]).toEqual(["0", "3.0 × 10⁻⁷", "4.0 × 10⁻²"]);
  });
});
