import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openLocal } from "../../../scripts/local-model.ts";
import type { Tensor } from "../../../src/engine/model.ts";
import { EXAMPLES } from "../../../src/stored/examples.ts";
import { decodeInside, encodeInside, VERSION } from "../../../src/stored/inside.ts";
import { firstInside, INSIDES, insideExample } from "../../../src/stored/insideExamples.ts";
import { aboutModel } from "../../../src/stored/models.ts";
import { smallHead, storedInsides } from "../../helpers/insides.ts";

const stored = storedInsides();

describe("a stored inside", () => {
  it("comes back bit for bit, the mask included", () => {
    const inside = smallHead();
    const back = decodeInside(JSON.parse(JSON.stringify(encodeInside("x", { source: "a b c", target: null }, inside))));
    expect(back).toEqual(inside);
    expect(back.bias.data[2]).toBe(-Infinity);
  });

  it("refuses another format", () => {
    const other = { ...encodeInside("x", { source: "", target: null }, smallHead()), version: VERSION + 1 };
    expect(() => decodeInside(other)).toThrow(/npm run store/);
  });
});

describe("the stored insides", () => {
  it("are those of the list, each of its own run and head", () => {
    expect([...stored.keys()].sort()).toEqual(INSIDES.map(({ id }) => id).sort());
    for (const { id, model, run, head, query } of INSIDES) {
      const inside = stored.get(id);
      expect(inside).toMatchObject({ model, head, source: EXAMPLES.find((example) => example.id === run)?.source });
      expect(query).toBeLessThan(inside?.queries.length ?? 0);
      expect(inside?.query.shape[1]).toBe(aboutModel(model).info.headWidth);
    }
  });

  it("are found by head, and by what a model starts with", () => {
    expect(insideExample("translator-en-fr", { kind: "cross", layer: 1, head: 0 })?.id).toBe("translator-cross");
    expect(insideExample("translator-en-fr", { kind: "cross", layer: 1, head: 1 })).toBeUndefined();
    expect(firstInside("translator-en-fr")?.id).toBe("translator-cross");
    expect(firstInside("translator-en-fr", "decoder")?.id).toBe("translator-decoder");
  });
});

// A model that is built on demand may not be here, and takes long where it is.
const models = [...new Set(INSIDES.map(({ model }) => model))].filter(
  (model) => existsSync(`public/models/${model}/manifest.json`) && aboutModel(model).info.bytes < 50e6,
);

describe.each(models)("the stored insides of %s", (name) => {
  it("are what the model gives today (else: npm run store)", async () => {
    const model = await openLocal(name);
    for (const { id, head } of INSIDES.filter((example) => example.model === name)) {
      const old = stored.get(id);
      if (!old) throw new Error(`${id} is not stored`);
      const [before, now] = [decodeInside(old), await model.inspect({ source: old.source, target: old.target }, head)];
      for (const part of ["query", "key", "value", "bias", "attention", "output"] as const) {
        expect(difference(before[part], now[part]), `${id}: ${part}`).toBeLessThan(1e-3);
      }
      expect([before.queries, before.keys, before.scale]).toEqual([now.queries, now.keys, now.scale]);
    }
  }, 120_000);
});

/** The largest difference; a masked place must be masked in both. */
function difference(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape);
  return a.data.reduce((most, value, at) => {
    const other = b.data[at] ?? Number.NaN;
    return value === other ? most : Math.max(most, Math.abs(value - other));
  }, 0);
}
