/** Reference numbers for the measures on attention; see the README in their folder. */
import { readFileSync } from "node:fs";

function read(name: string): unknown {
  return JSON.parse(readFileSync(`tests/fixtures/measures/${name}.json`, "utf8"));
}

/** What scipy says about made-up numbers. */
export const figures = read("figures") as {
  readonly correlations: readonly {
    readonly a: number[];
    readonly b: number[];
    readonly rho: number;
    readonly r: number;
  }[];
  readonly rows: {
    readonly shape: number[];
    readonly attention: number[];
    readonly entropy: number[];
    readonly distances: number[];
  };
  readonly layout: { readonly distances: number[]; readonly places: number[]; readonly kept: number };
  readonly intervals: Readonly<Record<"mean" | "low" | "high" | "lowError" | "highError", readonly number[]>> & {
    readonly values: readonly (readonly number[])[];
  };
};

/** What PyTorch says about the small decoder on repeated random tokens. */
export const repeated = read("repeats") as {
  readonly ids: readonly (readonly number[])[];
  readonly half: number;
  readonly scores: Readonly<Record<string, readonly number[]>>;
};

/** Scores on dependency relations, by other code than the engine's. */
export const relations = read("relations") as {
  readonly sentences: number;
  readonly scores: Readonly<Record<string, readonly RelationReference[]>>;
};

/** A relation's scores over the sentences of `relations`. */
export interface RelationReference {
  readonly measure: string;
  readonly sentences: number;
  readonly rows: number;
  readonly mean: readonly number[];
  readonly offset: number;
}
