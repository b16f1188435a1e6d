import { describe, expect, it } from "vitest";
import type { NudgeDirection, NudgeRequest } from "../../../../src/engine/attribute.ts";
import { studyNudge } from "../../../../src/engine/attribution/nudge.ts";
import type { EvaluateRequest, Evaluation, Inputs, Target } from "../../../../src/engine/gradient.ts";
import type { Model, ModelInfo, Token } from "../../../../src/engine/model.ts";
import { toFailure } from "../../../../src/lib/failure.ts";
import { seeded } from "../../../../src/lib/random.ts";

const UNSTOPPED = { onProgress: async () => true };
const WIDTH = 5;
const WORDS = ["<s>", "the", "cat", "dog", "sat"];

/** Rows and directions that mean nothing. */
const random = seeded(7);
const numbers = (count: number) => Float32Array.from({ length: count }, () => 2 * random() - 1);
const table = WORDS.map(() => numbers(WIDTH));
const weights = [0, 1, 2, 3].map(() => numbers(WIDTH));

function tokensOf(text: string): Token[] {
  let end = 0;
  const start: Token = { id: 0, piece: "<s>", text: "", start: 0, end: 0, word: -1, special: true, instruction: false };
  const rest = text.split(" ").map((word, at): Token => {
    const begin = text.indexOf(word, end);
    end = begin + word.length;
    const id = Math.max(1, WORDS.indexOf(word));
    return { id, piece: word, text: word, start: begin, end, word: at, special: false, instruction: false };
  });
  return [start, ...rest];
}

/** A decoder that says Σ tanh(weights[token] · embedding[token]), whose gradient is known. */
function analytic(): Model {
  const read = (text: string) => {
    const tokens = tokensOf(text);
    const data = Float32Array.from(tokens.flatMap(({ id }) => Array.from(table[id] ?? [])));
    return { tokens, embeddings: { data, shape: [tokens.length, WIDTH] } };
  };
  const unasked = () => {
    throw new Error("not asked for");
  };
  return {
    info: { id: "analytic", family: "decoder" } as ModelInfo,
    trace: unasked,
    inspect: unasked,
    randomised: unasked,
    decode: unasked,
    tokenize: tokensOf,
    inputs: async ({ source }): Promise<Inputs> => {
      const { tokens, embeddings } = read(source);
      return { source: tokens, target: null, embeddings: { decoder: embeddings }, baseline: {} };
    },
    evaluate: async (request: EvaluateRequest, onStep): Promise<Evaluation> => {
      await onStep?.(0);
      const { tokens, embeddings } = read(request.run.source);
      const { points } = request;
      const values = new Float32Array(points);
      const gradient = new Float32Array(points * tokens.length * WIDTH);
      for (let point = 0; point < points; point++) {
        let sum = 0;
        for (const place of tokens.keys()) {
          const at = (dim: number) => place * WIDTH + dim;
          const moved = (dim: number) =>
            (embeddings.data[at(dim)] ?? 0) +
            (request.shifts ?? []).reduce(
              (all, { by }) => all + (by.data[point * tokens.length * WIDTH + at(dim)] ?? 0),
              0,
            );
          const dims = [...Array(WIDTH).keys()];
          const inner = dims.reduce((all, dim) => all + (weights[place]?.[dim] ?? 0) * moved(dim), 0);
          sum += Math.tanh(inner);
          for (const dim of dims) {
            const slope = (1 - Math.tanh(inner) ** 2) * (weights[place]?.[dim] ?? 0);
            gradient[point * tokens.length * WIDTH + at(dim)] = slope;
          }
        }
        values[point] = sum;
      }
      const shape = [points, tokens.length, WIDTH];
      const cost = { forward: points, backward: request.gradients ? points : 0, milliseconds: 1 };
      return { values, gradients: { embeddings: { decoder: { data: gradient, shape } } }, cost };
    },
  };
}

const TARGET: Target = { kind: "token", row: 3, id: 1, scale: "logit" };

function request(direction: NudgeDirection, rest: Partial<NudgeRequest> = {}): NudgeRequest {
  const run = { source: "the cat sat", target: null };
  return { run, target: TARGET, token: { side: "source", place: 2 }, direction, ...rest };
}

const value = (...rows: (Float32Array | undefined)[]) =>
  rows.reduce((sum, row, place) => sum + Math.tanh(dot(weights[place], row)), 0);

function dot(a: ArrayLike<number> = [], b: ArrayLike<number> = []): number {
  return Array.from(a).reduce((sum, each, at) => sum + each * (b[at] ?? 0), 0);
}

describe("studyNudge of a model with a known gradient", () => {
  const [start, the, cat, dog, sat] = table;

  it("goes from the word, through a straight mix, to the other word", async () => {
    const study = await studyNudge(analytic(), request({ kind: "word", word: "dog" }), UNSTOPPED);
    expect(study.towards?.text).toBe("dog");
    expect(study.shares).toHaveLength(41);
    expect([study.shares[0], study.shares[20], study.shares[40]]).toEqual([-1, 0, 1]);
    expect(study.value).toBeCloseTo(value(start, the, cat, sat), 5);
    expect(study.values[20]).toBeCloseTo(study.value, 6);
    expect(study.values[40]).toBeCloseTo(value(start, the, dog, sat), 5);
    const half = Float32Array.from(cat ?? [], (each, at) => (each + (dog?.[at] ?? 0)) / 2);
    expect(study.values[30]).toBeCloseTo(value(start, the, half, sat), 5);
  });

  it("gives the slope by the gradient, and the same by two runs", async () => {
    const study = await studyNudge(analytic(), request({ kind: "word", word: "dog" }), UNSTOPPED);
    const way = Float64Array.from(dog ?? [], (each, at) => each - (cat?.[at] ?? 0));
    const inner = dot(weights[2], cat);
    const slope = (1 - Math.tanh(inner) ** 2) * dot(weights[2], way);
    expect(study.slope).toBeCloseTo(slope, 5);
    expect(study.measured.slope).toBeCloseTo(slope, 3);
    expect(study.lengths.way).toBeCloseTo(Math.sqrt(dot(way, way)), 5);
  });

  it("climbs fastest along the gradient, by its length times that of the way", async () => {
    const study = await studyNudge(analytic(), request({ kind: "gradient" }), UNSTOPPED);
    const { embedding, gradient, way } = study.lengths;
    expect(way).toBeCloseTo(embedding, 5);
    expect(study.slope).toBeCloseTo(gradient * embedding, 5);
    for (const seed of [1, 2, 3]) {
      const other = await studyNudge(analytic(), request({ kind: "random", seed }), UNSTOPPED);
      expect(other.lengths.way).toBeCloseTo(embedding, 5);
      expect(Math.abs(other.slope)).toBeLessThan(study.slope);
    }
  });

  it("draws the same random way for the same seed", async () => {
    const run = (seed: number) => studyNudge(analytic(), request({ kind: "random", seed }), UNSTOPPED);
    const [a, b, c] = [await run(1), await run(1), await run(2)];
    expect(a.values).toEqual(b.values);
    expect(a.values).not.toEqual(c.values);
  });

  it("finds the same slope of every token by one pass backward and by moving each", async () => {
    const { steepest, steepestMeasured, costs } = await studyNudge(
      analytic(),
      request({ kind: "gradient" }),
      UNSTOPPED,
    );
    expect(steepest.source.shape).toEqual([4]);
    expect(steepest.target).toBeNull();
    for (const [place, slope] of steepest.source.data.entries()) {
      expect(slope).toBeGreaterThan(0);
      expect((steepestMeasured.source.data[place] ?? 0) / slope).toBeCloseTo(1, 2);
    }
    expect(costs.gradient).toMatchObject({ forward: 1, backward: 1 });
    expect(costs.curve).toMatchObject({ forward: 43, backward: 0 });
    expect(costs.tokens).toMatchObject({ forward: 8, backward: 0 });
  });

  it("keeps to the reach and the number of points", async () => {
    const study = await studyNudge(analytic(), request({ kind: "gradient" }, { reach: 0.5, points: 5 }), UNSTOPPED);
    expect([...study.shares]).toEqual([-0.5, -0.25, 0, 0.25, 0.5]);
  });

  it("counts all runs, and stops when told to", async () => {
    const told: number[] = [];
    const hear = async ({ done, total }: { done: number; total: number }) => {
      expect(total).toBe(1 + 43 + 8);
      return told.push(done) > 0;
    };
    await studyNudge(analytic(), request({ kind: "gradient" }), { onProgress: hear });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(52);
    const stop = studyNudge(analytic(), request({ kind: "gradient" }), { onProgress: async () => false });
    await expect(stop.catch((thrown) => toFailure(thrown).code)).resolves.toBe("cancelled");
  });

  it.each([
    ["a word of two tokens", { kind: "word", word: "cat dog" }, 2],
    ["no word", { kind: "word", word: " " }, 2],
    ["a special token", { kind: "word", word: "dog" }, 0],
    ["a place outside", { kind: "gradient" }, 9],
  ] as const)("refuses %s", async (_, direction, place) => {
    const asked = studyNudge(analytic(), request(direction, { token: { side: "source", place } }), UNSTOPPED);
    await expect(asked.catch((thrown) => toFailure(thrown).code)).resolves.toBe("bad-input");
  });
});
