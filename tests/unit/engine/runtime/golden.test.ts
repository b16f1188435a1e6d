import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../scripts/local-model.ts";
import { selfTest } from "../../../../src/engine/runtime/golden.ts";
import type { Translator } from "../../../../src/engine/runtime/translator.ts";

const golden = JSON.parse(readFileSync("public/models/translator-en-fr/golden.json", "utf8"));

let translator: Translator;
beforeAll(async () => {
  translator = await openLocal("translator-en-fr");
}, 120_000);

/** The golden run with its first sample of a tensor moved. */
function withWrong(name: string, by: number): unknown {
  const [first, ...rest] = golden[name];
  return { ...golden, [name]: [{ ...first, value: first.value + by }, ...rest] };
}

describe("the self-test", () => {
  it("passes on the processor", async () => {
    await expect(selfTest(translator, golden)).resolves.toBeUndefined();
  });

  it.each(["lastHiddenState", "logits", "encoderAttention", "decoderAttention", "crossAttention"])(
    "notices a wrong number in %s, and no rounding",
    async (name) => {
      await expect(selfTest(translator, withWrong(name, 0.002))).rejects.toMatchObject({
        failure: { code: "self-test" },
      });
      await expect(selfTest(translator, withWrong(name, 0.0005))).resolves.toBeUndefined();
    },
  );

  it("notices a wrong loss, and numbers that are none", async () => {
    await expect(selfTest(translator, { ...golden, loss: golden.loss + 0.01 })).rejects.toThrow();
    await expect(selfTest(translator, withWrong("logits", Number.NaN))).rejects.toThrow();
  });

  it("refuses a file that is no golden run", async () => {
    await expect(selfTest(translator, {})).rejects.toMatchObject({ failure: { code: "damaged" } });
  });
});
