/**
 * Stored results of the causal checks on attributions: what the figures of patching, gates, curves, random weights and
 * agreement start from, one file a study and model in `checks/`. Made by `npm run store:checks`; never edited by hand. Shape:
 * `StoredCheck` (version 1): the study with its numbers rounded to five digits and its arrays as lists under `numbers`. When
 * the format changes, raise `VERSION` and run the program again: nothing migrates.
 */
import type { StudyResults } from "../engine/study.ts";

export const VERSION = 1;

/** The checks, by their jobs. */
export type Check = "patching" | "curves" | "gate-check" | "randomised" | "agreement";

/** A value as JSON holds it. Names are plain strings because JSON modules type them so. */
export type Stored<T> = T extends Float32Array
  ? { readonly numbers: readonly (number | null)[] }
  : T extends string
    ? string
    : T extends readonly (infer U)[]
      ? readonly Stored<U>[]
      : T extends object
        ? { readonly [K in keyof T]: Stored<T[K]> }
        : T;

/** Studies of one model, with what was asked. */
export interface StoredCheck<C extends Check> {
  readonly version: number;
  readonly check: string;
  readonly model: string;
  readonly studies: readonly Stored<StudyResults[C]>[];
}

/** Studies of one model as they are stored; each of them keeps its order. */
export function encodeChecks<C extends Check>(
  check: C,
  model: string,
  studies: readonly StudyResults[C][],
): StoredCheck<C> {
  return { version: VERSION, check, model, studies: studies.map((study) => encode(study) as Stored<StudyResults[C]>) };
}

/** The studies that were stored; throws where they are of another check or format. */
export function decodeChecks<C extends Check>(check: C, stored: StoredCheck<C>): StudyResults[C][] {
  const { version, model } = stored;
  if (version !== VERSION)
    throw new Error(`${check} of ${model} is stored in format ${version}, not ${VERSION}: run npm run store:checks`);
  if (stored.check !== check) throw new Error(`expected ${check} of ${model}, found ${stored.check}`);
  return stored.studies.map((study) => decode(study) as StudyResults[C]);
}

function encode(value: unknown): unknown {
  if (value instanceof Float32Array) return { numbers: Array.from(value, rounded) };
  if (typeof value === "number") return rounded(value);
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, encode(part)]));
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== "object" || value === null) return value;
  const parts = Object.entries(value);
  const [first] = parts;
  if (first && parts.length === 1 && first[0] === "numbers") return Float32Array.from(first[1], fromJson);
  return Object.fromEntries(parts.map(([name, part]) => [name, decode(part)]));
}

/** Five digits are more than any picture shows; whole numbers stay whole. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(5));
}

/** JSON writes what is not a number as null. */
function fromJson(value: number | null): number {
  return value ?? Number.NaN;
}
