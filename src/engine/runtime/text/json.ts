/** Reading of parts of `tokenizer.json`, beside what transformers.js made of them. */
import { unfitTokenizer } from "./unfit.ts";

/** A part of the file. */
export type Json = Readonly<Record<string, unknown>>;

/** A part of the file as an object; empty for anything else. */
export function part(value: unknown): Json {
  return Object(value);
}

/** A list of the file; empty where there is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text of the file, with what stands where there is none. */
export function textIn(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

/**
 * The pattern of a step. The files write patterns for Oniguruma; transformers.js turns them into JavaScript's.
 * @param made the step as transformers.js made it
 */
export function patternOf(made: unknown): RegExp {
  const { pattern } = part(made);
  if (!(pattern instanceof RegExp)) throw unfitTokenizer("it has a step without a pattern");
  return pattern;
}
