import { describe, expect, it } from "vitest";
import { gradientOf } from "../../../../src/engine/attribution/gradientOf.ts";
import type { EvaluateRequest, Evaluation } from "../../../../src/engine/gradient.ts";
import type { Model, Token } from "../../../../src/engine/model.ts";

const WIDTH = 3;
const token = (id: number): Token => ({
  id,
  piece: String(id),
  text: "",
  start: 0,
  end: 0,
  word: 0,
  special: false,
  instruction: false,
});
const rows = Float32Array.of(1, 2, 3, 4, 5, 6);

/** f(x) = Σ x² / 2 over all numbers: its gradient is x. Gives a second point, which nobody asked for, after the first. */
function squares(gives = true): Model {
  const evaluate = async ({ gradients = [] }: EvaluateRequest): Promise<Evaluation> => ({
    values: Float32Array.of(rows.reduce((sum, x) => sum + (x * x) / 2, 0)),
    gradients:
      gives && gradients.includes("embeddings")
        ? { embeddings: { decoder: { data: Float32Array.of(...rows, 9, 9, 9, 9, 9, 9), shape: [2, 2, WIDTH] } } }
        : {},
    cost: { forward: 1, backward: 1, milliseconds: 1 },
  });
  const inputs = async () => ({
    source: [token(1), token(2)],
    target: null,
    embeddings: { decoder: { data: rows, shape: [2, WIDTH] } },
    baseline: {},
  });
  return { info: { id: "squares" }, evaluate, inputs } as unknown as Model;
}

const request = {
  run: { source: "a b", target: null },
  target: { kind: "token", row: 1, id: 2, scale: "logit" },
} as const;

describe("gradientOf", () => {
  it("gives embeddings and slopes by token, and the number itself", async () => {
    const study = await gradientOf(squares(), request);

    expect(study.value).toBe(45.5);
    expect(study.embeddings.decoder?.data).toEqual(rows);
    expect(study.gradients.decoder).toEqual({ data: rows, shape: [2, WIDTH] });
    expect(study.source.map(({ id }) => id)).toEqual([1, 2]);
    expect(study.target).toBeNull();
  });

  it("says so where no gradient comes back", async () => {
    await expect(gradientOf(squares(false), request)).rejects.toMatchObject({ failure: { code: "bad-input" } });
  });
});
