import { describe, expect, it } from "vitest";
import { sourceAdvice, targetAdvice, toldText } from "../../../../src/components/views/figure/textAdvice.ts";
import { smallTrace } from "../../../helpers/traces.ts";

const INSTRUCTION = "Translate to French: ";

describe("sourceAdvice", () => {
  const bare = (text: string) => {
    const { source } = smallTrace();
    return smallTrace({ source: { text, tokens: source.tokens.map((token) => ({ ...token, instruction: false })) } });
  };

  it("misses the instruction in front of a sentence that was run without it", () => {
    expect(sourceAdvice("I like cats.", bare("I like cats."), INSTRUCTION)).toBe("untold");
  });

  it("says nothing of a text that has it, that is a question, or that is not yet run", () => {
    const { source } = smallTrace();
    expect(sourceAdvice(source.text, smallTrace(), INSTRUCTION)).toBeNull();
    const question = "What is the capital of France?";
    expect(sourceAdvice(question, bare(question), INSTRUCTION)).toBeNull();
    expect(sourceAdvice("I like", bare("I like cats."), INSTRUCTION)).toBeNull();
    expect(sourceAdvice("I like cats.", bare("I like cats."), "")).toBeNull();
  });

  it("says that there is nothing to translate", () => {
    for (const text of ["", "  ", "Translate to French:", INSTRUCTION]) {
      expect(sourceAdvice(text, smallTrace(), INSTRUCTION)).toBe("empty");
    }
  });
});

describe("toldText", () => {
  it("puts the instruction in front once", () => {
    expect(toldText(" I like cats.", INSTRUCTION)).toBe("Translate to French: I like cats.");
    expect(toldText("translate to french:cats", INSTRUCTION)).toBe("Translate to French: cats");
  });
});

describe("targetAdvice", () => {
  const { target } = smallTrace();
  const endless = target.written.map((token) => ({ ...token, special: false }));

  it("tells of a text that the model did not end", () => {
    const trace = smallTrace({ target: { ...target, origin: "generated", written: endless } });
    expect(targetAdvice(trace)).toBe(`Stopped at ${endless.length} tokens: the model did not come to an end.`);
  });

  it("says nothing of one that ends, or that the reader wrote", () => {
    expect(targetAdvice(smallTrace({ target: { ...target, origin: "generated" } }))).toBeNull();
    expect(targetAdvice(smallTrace({ target: { ...target, origin: "typed", written: endless } }))).toBeNull();
  });
});
