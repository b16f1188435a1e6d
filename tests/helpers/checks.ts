/** Reference numbers for the causal checks; see the README in their folder. */
import { readFileSync } from "node:fs";
import type { Tensor } from "../../src/engine/model.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** What PyTorch and scipy say about the checks on one model. */
export interface ChecksReference {
  readonly clean: string;
  readonly corrupted: readonly string[];
  /** The translator alone. */
  readonly target?: string;
  readonly row: number;
  readonly id: number;
  readonly against: number;
  readonly patching: readonly {
    readonly values: { readonly clean: number; readonly corrupted: number };
    readonly recovered: Readonly<Record<string, Numbers>>;
  }[];
  readonly gates: readonly {
    readonly value: number;
    readonly foretold: Readonly<Record<string, readonly number[]>>;
    readonly true: Readonly<Record<string, readonly number[]>>;
    readonly pearson: number;
    readonly spearman: number;
  }[];
  readonly curves: {
    readonly baseline: number;
    readonly orders: readonly {
      readonly order: readonly number[];
      readonly deletion: readonly number[];
      readonly insertion: readonly number[];
      readonly areas: { readonly deletion: number; readonly insertion: number };
    }[];
  };
}

export function checksReference(name: "decoder" | "translator"): ChecksReference {
  return JSON.parse(readFileSync(`tests/fixtures/checks/${name}.json`, "utf8")) as ChecksReference;
}

/** Largest difference between numbers and their reference; infinite where there are more of one. */
export function furthest(found: Tensor["data"] | undefined, expected: readonly number[] | undefined): number {
  if (!found || !expected || found.length !== expected.length) return Number.POSITIVE_INFINITY;
  return found.reduce((most, value, at) => Math.max(most, Math.abs(value - (expected[at] ?? Number.NaN))), 0);
}
