import { describe, expect, it } from "vitest";
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
