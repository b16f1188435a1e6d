import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import type { EvaluateRequest, Shift, Target } from "../../../../../src/engine/gradient.ts";
import type { AttentionKind, Model, Stack, Tensor } from "../../../../../src/engine/model.ts";

type Owned = Model & { release(): Promise<void> };
const MODELS = [
  {
    name: "translator-en-fr",
    stacks: ["encoder", "decoder"] as Stack[],
    run: { source: "Translate to French: The brown dog ran.", target: "Le chien brun a couru." },
    targets: [
      { kind: "token", row: 1, id: 619, scale: "logit" },
      { kind: "token", row: 3, id: 7, against: 12, scale: "log-probability" },
    ] as Target[],
  },
  {
    name: "decoder-small",
    stacks: ["decoder"] as Stack[],
    run: { source: "Mary gave John a drink, and he", target: null },
    targets: [
      { kind: "token", row: 6, id: 388, scale: "logit" },
      { kind: "token", row: 3, id: 7, against: 12, scale: "log-probability" },
    ] as Target[],
  },
  {
    name: "encoder-minilm",
    stacks: ["encoder"] as Stack[],
    run: { source: "The brown dog ran.", target: null },
    targets: [
      { kind: "similarity", to: "A puppy was running." },
      { kind: "similarity", to: "Stocks fell." },
    ] as Target[],
  },
];

/** A shift of all tokens along one direction, which no norm takes out again: by a number for every point, or for all. */
const along = (stack: Stack, at: Shift["at"], values: readonly number[], width: number): Shift => ({
  stack,
  at,
  by: {
    data: Float32Array.from(values.flatMap((value) => Array.from({ length: width }, (_, i) => value * Math.sin(i)))),
    shape: [values.length, 1, width],
  },
});

function furthest(a: Tensor | undefined, b: Tensor | undefined): number {
  if (!a || !b || a.shape.join() !== b.shape.join()) return Number.NaN;
  const largest = b.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (b.data[i] ?? Number.NaN))), 0) / largest;
}

describe.each(MODELS)("an evaluation of $name", ({ name, stacks, run, targets }) => {
  let model: Owned;
  const evaluate = (request: Partial<EvaluateRequest>) => model.evaluate({ run, points: 1, targets, ...request });
  const uniform = (stack: Stack, at: Shift["at"], values: readonly number[]) =>
    along(stack, at, values, model.info.width);
  beforeAll(async () => {
    model = (await openLocal(name)) as Owned;
  }, 120_000);
  afterAll(() => model.release());

  it("is the run itself where nothing is shifted, forward once for all targets", async () => {
    const [evaluation, trace] = [
      await evaluate({ points: 2, include: ["hidden", "attention"] }),
      await model.trace({ ...run, include: ["hidden"] }),
    ];
    expect(evaluation.cost).toMatchObject({ forward: 1, backward: 0 });
    for (const stack of stacks) {
      const hidden = trace.hidden?.[stack];
      const size = hidden?.data.length ?? 0;
      expect(evaluation.hidden?.[stack]?.shape).toEqual([2, ...(hidden?.shape ?? [])]);
      expect(evaluation.hidden?.[stack]?.data.slice(size)).toEqual(hidden?.data);
    }
    for (const [kind, { data }] of Object.entries(trace.attention)) {
      expect(evaluation.attention?.[kind as "cross"]?.data.slice(data.length)).toEqual(data);
    }
  });

  it("gives each point what it would have alone, whatever the others are", async () => {
    const by = [0, 0.02, -0.05];
    const stack = stacks[0] ?? "decoder";
    const request = { targets: targets.slice(0, 1), gradients: ["embeddings", "attention", "gates"] } as const;
    const all = await evaluate({
      ...request,
      points: 3,
      shifts: [uniform(stack, "embeddings", by), uniform(stack, 1, by)],
    });
    for (const [point, value] of by.entries()) {
      const alone = await evaluate({
        ...request,
        shifts: [uniform(stack, "embeddings", [value]), uniform(stack, 1, [value])],
      });
      expect(alone.values[0]).toBeCloseTo(all.values[point] ?? Number.NaN, 4);
      for (const part of ["embeddings", "attention", "gates"] as const) {
        for (const [key, tensor] of Object.entries(alone.gradients[part] ?? {})) {
          const together = (all.gradients[part] as Record<string, Tensor>)[key];
          const size = tensor.data.length;
          const own = together && { data: together.data.slice(point * size, (point + 1) * size), shape: tensor.shape };
          expect(furthest(own, tensor), `${part}, ${key}`).toBeLessThan(1e-5);
        }
      }
    }
    expect(all.values[1]).not.toBeCloseTo(all.values[0] ?? 0, 4);
  });

  it.each(stacks)("moves as its gradient says at every place of the %s", async (stack) => {
    const target = targets.slice(0, 1);
    const { gradients, hidden } = await evaluate({ targets: target, gradients: ["hidden"], include: ["hidden"] });
    const [slopes, states] = [gradients.hidden?.[stack], hidden?.[stack]];
    if (!slopes || !states) throw new Error("no states");
    const [, layers = 0, tokens = 0, width = 0] = slopes.shape;
    const size = tokens * width;
    for (let at = 0; at < layers; at += 1) {
      const slope = slopes.data.slice(at * size, (at + 1) * size);
      const length = Math.hypot(...slope);
      if (length === 0) continue;
      const step = (2e-3 * Math.hypot(...states.data.slice(at * size, (at + 1) * size))) / length;
      const data = Float32Array.from([...slope.map((s) => s * step), ...slope.map((s) => -s * step)]);
      const moved = await evaluate({
        points: 2,
        targets: target,
        shifts: [{ stack, at, by: { data, shape: [2, tokens, width] } }],
      });
      const ratio = ((moved.values[0] ?? 0) - (moved.values[1] ?? 0)) / (2 * step * length * length);
      expect(Math.abs(ratio - 1), `state ${at}`).toBeLessThan(0.03);
    }
  });

  it("gives a switch the slope of all that its head hands on, or of how it differs from its mean", async () => {
    const target = targets.slice(0, 1);
    const asked = { targets: target, gradients: ["gates", "attention"], include: ["attention"] } as const;
    const [zero, mean] = [await evaluate(asked), await evaluate({ ...asked, run: { ...run, fill: "mean" } })];
    for (const [key, { data, shape }] of Object.entries(zero.gradients.gates ?? {})) {
      const kind = key as AttentionKind;
      const [slopes, weights] = [zero.gradients.attention?.[kind], zero.attention?.[kind]];
      const size = (slopes?.data.length ?? 0) / data.length;
      // A head's result is linear in its weights: Σ weight · slope is the slope of a factor on all of it.
      const sums = data.map((_, head) => {
        let sum = 0;
        for (let at = head * size; at < (head + 1) * size; at += 1)
          sum += (slopes?.data[at] ?? 0) * (weights?.data[at] ?? 0);
        return sum;
      });
      expect(furthest({ data, shape }, { data: sums, shape })).toBeLessThan(1e-4);
      expect(furthest(mean.gradients.gates?.[kind], { data, shape })).toBeGreaterThan(0.01);
    }
  });

  it("says how far it is, and stops when it is told to", async () => {
    const points = 3000;
    const shifts = [
      uniform(
        stacks[0] ?? "decoder",
        0,
        Array.from({ length: points }, () => 0),
      ),
    ];
    const heard: number[] = [];
    const stopped = model.evaluate({ run, points, targets: targets.slice(0, 1), shifts }, (done) => {
      heard.push(done);
      if (heard.length === 3) throw new Error("enough");
    });
    await expect(stopped).rejects.toThrow("enough");
    expect(heard[0]).toBe(0);
    expect(heard[2]).toBe(2 * (heard[1] ?? 0));
  });

  it("counts points there and back", async () => {
    const { cost } = await evaluate({ points: 2, gradients: ["gates"] });
    expect(cost).toMatchObject({ forward: 2, backward: 2 });
  });

  it("keeps a token that is masked out of the gradient", async () => {
    const { gradients } = await evaluate({
      run: { ...run, masked: [2] },
      targets: targets.slice(0, 1),
      gradients: ["attention"],
    });
    const { source } = await model.inputs(run);
    expect(gradients.attention).toBeDefined();
    const plain = await evaluate({ targets: targets.slice(0, 1) });
    const masked = await evaluate({ run: { ...run, masked: [2] }, targets: targets.slice(0, 1) });
    expect(source.length).toBeGreaterThan(3);
    expect(masked.values[0]).not.toBeCloseTo(plain.values[0] ?? 0, 3);
  });

  it("refuses what does not fit, and works on", async () => {
    const stack = stacks[0] ?? "decoder";
    const wrong: Partial<EvaluateRequest>[] = [
      { points: 0 },
      { points: 3, targets },
      { shifts: [{ stack, at: "embeddings", by: { data: new Float32Array(3), shape: [1, 3, 1] } }] },
      { shifts: [{ stack, at: 40, by: { data: new Float32Array(1), shape: [1, 1, 1] } }] },
      { shifts: [uniform(stack, 0, [1]), uniform(stack, 0, [1])] },
      { targets: [{ kind: "token", row: 500, id: 1, scale: "logit" }] },
      {
        targets: [
          name === "encoder-minilm"
            ? { kind: "token", row: 0, id: 1, scale: "logit" }
            : { kind: "similarity", to: "x" },
        ],
      },
    ];
    for (const request of wrong) {
      await expect(evaluate({ targets: targets.slice(0, 1), ...request })).rejects.toMatchObject({
        failure: { code: "bad-input" },
      });
    }
    expect((await evaluate({ targets: targets.slice(0, 1) })).values[0]).not.toBeNaN();
  });

  it("does not grow over 200 gradients, whatever their length", async () => {
    const texts = [run.source, `${run.source} It was late, and nobody came.`];
    const once = async (at: number) => {
      await evaluate({
        run: { ...run, source: texts[at % 2] ?? "" },
        targets: targets.slice(0, 1),
        gradients: ["embeddings"],
      });
    };
    const grown = async (runs: number) => {
      for (let at = 0; at < runs; at += 1) await once(at);
      globalThis.gc?.();
      return process.memoryUsage().rss;
    };
    const before = await grown(40);
    expect(((await grown(200)) - before) / 1e6).toBeLessThan(60);
  }, 120_000);
});
