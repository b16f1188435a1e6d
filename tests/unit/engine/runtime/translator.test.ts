import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../scripts/local-model.ts";
import type { Translator } from "../../../../src/engine/runtime/translator.ts";
import { fixtures } from "../../../helpers/fixtures.ts";

const TOLERANCE = 1e-4;

let translator: Translator;
beforeAll(async () => {
  translator = await openLocal("translator-en-fr");
}, 120_000);

describe("a run agrees with PyTorch", () => {
  it.each(fixtures.sentences.map((sentence) => [sentence.name, sentence] as const))("on %s", async (_, sentence) => {
    const { text, target, tensors, loss, decoderInputIds } = sentence;
    const trace = await translator.trace({ source: text, target, include: ["hidden", "logits"] });

    expect(trace.target.read.map(({ id }) => id)).toEqual(decoderInputIds);
    const results = {
      encoderAttention: trace.attention.encoder,
      decoderAttention: trace.attention.decoder,
      crossAttention: trace.attention.cross,
      encoderHidden: trace.hidden?.encoder,
      decoderHidden: trace.hidden?.decoder,
      logits: trace.logits,
    };
    for (const [name, tensor] of Object.entries(results)) {
      const expected = tensors[name];
      if (!expected || !tensor) throw new Error(`no ${name}`);
      expect(tensor.shape, name).toEqual(expected.shape);
      expect(fixtures.difference(tensor.data, expected), name).toBeLessThan(TOLERANCE);
    }
    expect(Math.abs(trace.loss - loss)).toBeLessThan(TOLERANCE);
    expect(trace.tokenLoss.length).toBe(trace.target.written.length);
  });

  it.each(fixtures.sentences.map((sentence) => [sentence.name, sentence] as const))(
    "writing after %s",
    async (_, sentence) => {
      const { target } = await translator.trace({ source: sentence.text, target: null });
      expect(target.written.map(({ id }) => id)).toEqual(sentence.generatedIds);
      expect(target.text).toBe(sentence.generated);
      expect(target.origin).toBe("generated");
    },
  );

  it("does not depend on what was written before, and takes fewer runs than tokens after an edit", async () => {
    const runs = async (source: string) => {
      let steps = 0;
      const { target } = await translator.trace({ source, target: null }, () => {
        steps += 1;
      });
      return { steps, text: target.text, tokens: target.written.length };
    };
    const edited = "Translate to French: The brown dog slept in the garden.";
    await runs("What is the capital of Japan?");
    const after = await runs(edited);
    await runs("Translate to French: The brown dog slept in the house.");
    const again = await runs(edited);

    expect(again.text).toBe(after.text);
    expect(again.steps).toBeLessThan(again.tokens / 2);
    expect(after.steps).toBeLessThanOrEqual(after.tokens + 1);
  });
});
