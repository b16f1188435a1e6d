import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import type { Model, Stack } from "../../../../../src/engine/model.ts";

type Owned = Model & { release(): Promise<void> };
const MODELS = [
  {
    name: "translator-en-fr",
    source: "Translate to French: The brown dog ran.",
    target: "Le chien brun a couru.",
    pad: 0,
  },
  { name: "decoder-small", source: "Mary gave John a drink.", target: null, pad: 0 },
  { name: "encoder-minilm", source: "The brown dog ran.", target: null, pad: 0 },
] as const;

describe.each(MODELS)("inputs of $name", ({ name, source, target, pad }) => {
  let model: Owned;
  const run = { source, target };
  beforeAll(async () => {
    model = (await openLocal(name)) as Owned;
  }, 120_000);
  afterAll(() => model.release());

  const row = (tensor: { data: Float32Array; shape: readonly number[] } | undefined, place: number) => {
    const width = tensor?.shape[1] ?? 0;
    return Array.from(tensor?.data.slice(place * width, (place + 1) * width) ?? []);
  };
  /** The stack that reads the source, and its tokens with and without the model's own. */
  const reader = () => (name === "decoder-small" ? "decoder" : "encoder") as Stack;

  it("are the rows that the model looks up", async () => {
    const { embeddings, source: tokens } = await model.inputs(run);
    expect(embeddings[reader()]?.shape).toEqual([tokens.length, model.info.width]);
    const doubled = tokens.findIndex(({ id }, place) => tokens.findIndex((other) => other.id === id) < place);
    if (doubled > 0) {
      const first = tokens.findIndex(({ id }) => id === tokens[doubled]?.id);
      expect(row(embeddings[reader()], doubled)).toEqual(row(embeddings[reader()], first));
    }
    expect(row(embeddings[reader()], 0)).not.toEqual(row(embeddings[reader()], 1));
  });

  it.each(["pad", "zero", "mean"] as const)(
    "leave special tokens their rows, and have one row for others: %s",
    async (kind) => {
      const { source: tokens, target: sides, embeddings, baseline } = await model.inputs(run, { kind });
      for (const [stack, list] of [[reader(), tokens] as const, ["decoder", sides?.read ?? []] as const]) {
        const plain = list.findIndex(({ special }) => !special);
        list.forEach(({ special }, place) => {
          const expected = special ? row(embeddings[stack], place) : row(baseline[stack], plain);
          expect(row(baseline[stack], place), `${stack} ${place}`).toEqual(expected);
        });
        if (kind === "zero" && plain >= 0) expect(row(baseline[stack], plain).every((value) => value === 0)).toBe(true);
      }
      expect(tokens.some(({ special }) => special)).toBe(true);
    },
  );

  it.skipIf(target !== null)("take the padding token's row, which a run of ids looks up too", async () => {
    const { source: tokens, baseline } = await model.inputs(run);
    const plain = tokens.findIndex(({ special }) => !special);
    const ids = await model.inputs({ ...run, ids: [pad] });
    expect(row(baseline[reader()], plain)).toEqual(row(ids.embeddings[reader()], 0));
  });

  it.runIf(name === "decoder-small")(
    "take the mean of the whole table",
    async () => {
      const { source: tokens, baseline } = await model.inputs(run, { kind: "mean" });
      const plain = tokens.findIndex(({ special }) => !special);
      const { vocabulary, width, limits } = model.info;
      const sum = new Float64Array(width);
      for (let from = 0; from < vocabulary; from += limits.source) {
        const ids = Array.from({ length: Math.min(limits.source, vocabulary - from) }, (_, i) => from + i);
        const { embeddings } = await model.inputs({ ...run, ids });
        embeddings[reader()]?.data.forEach((value, at) => {
          sum[at % width] = (sum[at % width] ?? 0) + value;
        });
      }
      row(baseline[reader()], plain).forEach((value, at) => {
        expect(value).toBeCloseTo((sum[at] ?? Number.NaN) / vocabulary, 5);
      });
    },
    60_000,
  );

  it("take another text's tokens in turn, then padding", async () => {
    const text = name === "translator-en-fr" ? "Translate to French: A cat" : "A cat";
    const { source: tokens, baseline } = await model.inputs(run, { kind: "text", text });
    const [own, pads] = [await model.inputs({ ...run, source: text }), await model.inputs(run)];
    const written = (list: typeof tokens) => list.flatMap(({ special }, place) => (special ? [] : [place]));
    const [places, others] = [written(tokens), written(own.source)];
    places.forEach((place, i) => {
      const other = others[i];
      const expected = other === undefined ? row(pads.baseline[reader()], place) : row(own.embeddings[reader()], other);
      expect(row(baseline[reader()], place), `place ${place}`).toEqual(expected);
    });
    expect(others.length).toBeLessThan(places.length);
    await expect(model.inputs(run, { kind: "text", text: "" })).rejects.toMatchObject({
      failure: { code: "bad-input" },
    });
  });

  it.skipIf(target !== null)("at a baseline give what a shift to it gives", async () => {
    const { embeddings, baseline, source: tokens } = await model.inputs(run);
    const [own, other] = [embeddings[reader()], baseline[reader()]];
    if (!own || !other) throw new Error("no rows");
    const by = { data: own.data.map((value, at) => (other.data[at] ?? 0) - value), shape: [1, ...own.shape] };
    const ids = tokens.map(({ id, special }) => (special ? id : pad));
    const target =
      name === "decoder-small"
        ? ({ kind: "token", row: tokens.length - 1, id: 388, scale: "logit" } as const)
        : ({ kind: "similarity", to: "A puppy was running." } as const);
    const shifted = await model.evaluate({
      run,
      points: 1,
      targets: [target],
      shifts: [{ stack: reader(), at: "embeddings", by }],
    });
    const read = await model.evaluate({ run: { ...run, ids }, points: 1, targets: [target] });
    expect(shifted.values[0]).toBeCloseTo(read.values[0] ?? Number.NaN, 3);
  });
});

describe("a model with random weights", () => {
  it("says other things, is itself again after, and repeats itself", async () => {
    const model = (await openLocal("decoder-small")) as Owned;
    const run = { source: "Mary gave John a drink, and he", target: null };
    const request = { run, points: 1, targets: [{ kind: "token", row: 6, id: 388, scale: "logit" }] } as const;
    const before = (await model.evaluate(request)).values[0];
    const [one, two] = [await model.randomised(1, 4), await model.randomised(1, 4)];
    const values = [await one.evaluate(request), await two.evaluate({ ...request, gradients: ["embeddings"] })];
    expect(values[0]?.values[0]).not.toBeCloseTo(before ?? 0, 1);
    expect(values[1]?.values[0]).toBeCloseTo(values[0]?.values[0] ?? 0, 3);
    expect((await one.trace(run)).predictions).not.toEqual((await model.trace(run)).predictions);
    await Promise.all([one.release(), two.release()]);
    expect((await model.evaluate(request)).values[0]).toBe(before);
    await model.release();
  }, 60_000);
});
