import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openLocal } from "../../../../scripts/local-model.ts";
import { DEFAULT_CHOICE, kindsOf } from "../../../../src/components/views/attention/choice.ts";
import { banOf, countCells, isPadding, padded } from "../../../../src/components/views/attention/mask.ts";
import { attentionOf, sizes } from "../../../../src/components/views/attention/matrix.ts";
import { matrixScene } from "../../../../src/components/views/attention/matrixScene.ts";
import { makePicture } from "../../../../src/components/views/attention/picture.ts";
import { EXAMPLES } from "../../../../src/stored/examples.ts";
import { decodeTrace, type StoredRun } from "../../../../src/stored/format.ts";
import { smallTextTrace, smallTrace } from "../../../helpers/traces.ts";

/** `[PAD]` in the vocabulary of BERT. */
const PAD = 0;

const run = (id: string) => decodeTrace(JSON.parse(readFileSync(`src/stored/${id}.json`, "utf8")) as StoredRun);

describe("the mask", () => {
  it.each(EXAMPLES)("of $id forbids exactly the cells that are 0 in every head", ({ id }) => {
    const trace = run(id);
    for (const kind of kindsOf(trace)) {
      const picture = makePicture(trace, { ...DEFAULT_CHOICE, kind });
      const { layers, heads, queries, keys } = sizes(attentionOf(trace, kind));
      const { data } = attentionOf(trace, kind);
      for (let query = 0; query < queries; query++) {
        for (let key = 0; key < keys; key++) {
          const weights = Array.from(
            { length: layers * heads },
            (_, head) => data[(head * queries + query) * keys + key],
          );
          expect(weights.every((weight) => weight === 0)).toBe(banOf(picture, query, key) !== null);
        }
      }
    }
  });

  it("leaves n (n + 1) / 2 cells of a decoder with n tokens, and all of an encoder", () => {
    const decoder = makePicture(smallTextTrace("decoder"), { ...DEFAULT_CHOICE, kind: "decoder" });
    expect(countCells(decoder)).toEqual({ allowed: 21, forbidden: 15 });
    const encoder = makePicture(smallTextTrace("encoder"), { ...DEFAULT_CHOICE, kind: "encoder" });
    expect(countCells(encoder)).toEqual({ allowed: 36, forbidden: 0 });
    expect(countCells(makePicture(smallTrace(), DEFAULT_CHOICE)).forbidden).toBe(0);
  });

  it("opens a merged word as soon as one of its tokens is read", () => {
    const words = makePicture(smallTextTrace("decoder"), { ...DEFAULT_CHOICE, kind: "decoder", words: true });
    expect(banOf(words, 3, 3)).toBeNull();
    expect(banOf(words, 2, 3)).toBe("future");
  });

  it("closes the places that fill up for every row, and keeps the weights of the text", () => {
    const picture = makePicture(smallTextTrace("encoder"), { ...DEFAULT_CHOICE, kind: "encoder" });
    const wide = padded(picture, 2, "[PAD]");
    expect(wide.columns).toHaveLength(8);
    expect(wide.rows).toHaveLength(6);
    expect(wide.rows.map((_, row) => banOf(wide, row, 7))).toEqual(new Array(6).fill("padding"));
    expect(countCells(wide)).toEqual({ allowed: 36, forbidden: 12 });
    const matrix = wide.matrix(1, 2);
    expect(matrix.weights).toHaveLength(48);
    expect(Array.from(matrix.weights.subarray(8, 14))).toEqual(
      Array.from(picture.matrix(1, 2).weights.subarray(6, 12)),
    );
    expect(matrix.weights[15]).toBe(0);
    expect(wide.columns.filter(isPadding)).toHaveLength(2);
  });
});

describe("the places that fill up", () => {
  it("are what a real encoder makes of them: no weight, and nothing changed elsewhere", async () => {
    const model = await openLocal("encoder-minilm");
    const source = "The brown dog ran.";
    const plain = await model.trace({ source, target: null });
    const ids = [...plain.source.tokens.map(({ id }) => id), PAD, PAD];
    const filled = await model.trace({ source, target: null, ids, masked: [ids.length - 2, ids.length - 1] });
    const drawn = padded(makePicture(plain, { ...DEFAULT_CHOICE, kind: "encoder" }), 2, "[PAD]");
    const real = makePicture(filled, { ...DEFAULT_CHOICE, kind: "encoder" });
    for (let layer = 0; layer < drawn.layers; layer++) {
      for (let head = 0; head < drawn.heads; head++) {
        const { weights } = drawn.matrix(layer, head);
        const expected = real.matrix(layer, head).weights;
        const worst = Math.max(...weights.map((weight, at) => Math.abs(weight - (expected[at] ?? Number.NaN))));
        expect(worst).toBeLessThan(1e-4);
      }
    }
  }, 60_000);
});

describe("matrixScene", () => {
  it("hatches what is forbidden, and breaks a long sentence", () => {
    const decoder = makePicture(smallTextTrace("decoder"), { ...DEFAULT_CHOICE, kind: "decoder" });
    const scene = matrixScene("Title", "word ".repeat(40).trim(), "Model: layer 1, head 1", decoder, 0, 0);
    const hatched = scene.shapes.filter((shape) => shape.kind === "path" && shape.stroke === "var(--uh-ink-faint)");
    expect(hatched).toHaveLength(15);
    const lines = scene.shapes.flatMap((shape) =>
      shape.kind === "text" && shape.text.startsWith("word") ? [shape.text] : [],
    );
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join(" ")).toBe("word ".repeat(40).trim());
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(77);
  });
});
