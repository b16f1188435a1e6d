/** Reference gradients of `models/gradients`: PyTorch's autograd on the served weights. */
import { readFileSync } from "node:fs";
import type { Evaluation, Target } from "../../src/engine/gradient.ts";
import type { Tensor } from "../../src/engine/model.ts";

const FOLDER = "tests/fixtures/gradients";

/** A stored gradient: shape, place in the file of numbers, largest number, and which entries were kept, if not all. */
interface Stored {
  readonly shape: readonly number[];
  readonly offset: number;
  readonly count: number;
  readonly largest: number;
  readonly indices?: readonly number[];
}

/** Gradients by part (`embeddings`, `hidden`, `attention`, `gates`) and by stack or kind. */
type StoredGradients = Readonly<Record<string, Readonly<Record<string, Stored>>>>;

/** A followed number with its gradients, without an axis for points. */
export interface GradientCase {
  readonly name: string;
  readonly target: Target;
  readonly value: number;
  readonly gradients: StoredGradients;
}

interface StoredTarget {
  readonly row: number;
  readonly token: string;
  readonly against?: string;
  readonly scale: "logit" | "log-probability" | "probability";
  readonly to?: string;
  readonly ids: { readonly token: number; readonly against?: number };
  readonly value: number;
  readonly gradients: StoredGradients;
}

/** A model's run with its cases, and how far an evaluation's first point is from one of them. */
export function gradientFixtures(model: string) {
  const { run } = JSON.parse(readFileSync(`${FOLDER}/${model}.json`, "utf8"));
  const numbers = new Float32Array(new Uint8Array(readFileSync(`${FOLDER}/${model}.bin`)).buffer);
  return {
    run: { source: String(run.source), target: run.target as string | null },
    cases: (run.targets as StoredTarget[]).map(caseOf),
    /** Largest difference of each gradient, in parts of its largest number, by part and stack or kind. */
    differences(gradients: Evaluation["gradients"], { gradients: stored }: GradientCase) {
      return Object.entries(stored).flatMap(([part, byKey]) =>
        Object.entries(byKey).map(([key, expected]) => {
          const found = (gradients as Record<string, Record<string, Tensor> | undefined>)[part]?.[key];
          return { name: `${part}, ${key}`, off: difference(numbers, found, expected) };
        }),
      );
    },
  };
}

function caseOf({ row, token, against, scale, to, ids, value, gradients }: StoredTarget): GradientCase {
  if (to !== undefined) return { name: `similarity to ${to}`, target: { kind: "similarity", to }, value, gradients };
  const target: Target = {
    kind: "token",
    row,
    id: ids.token,
    scale,
    ...(ids.against !== undefined && { against: ids.against }),
  };
  return { name: `${scale} of ${token}${against ? ` against ${against}` : ""}`, target, value, gradients };
}

function difference(numbers: Float32Array, found: Tensor | undefined, expected: Stored): number {
  const { shape, offset, count, largest, indices } = expected;
  if (found?.shape.join() !== [1, ...shape].join()) return Number.NaN;
  let most = 0;
  for (let i = 0; i < count; i += 1) {
    const off = Math.abs((found.data[indices?.[i] ?? i] ?? Number.NaN) - (numbers[offset + i] ?? Number.NaN));
    if (Number.isNaN(off)) return off;
    most = Math.max(most, off);
  }
  return most / Math.max(largest, Number.MIN_VALUE);
}
