import { readFileSync } from "node:fs";

const FOLDER = "tests/fixtures";

/** Tokens of a text, as the Python tokenizer gave them. */
export interface FixtureTokens {
  readonly ids: readonly number[];
  readonly pieces: readonly string[];
  readonly utf16Offsets: readonly (readonly [number, number])[];
}

/** Where a tensor lies in `tensors.bin`. */
export interface FixtureTensor {
  readonly shape: readonly number[];
  readonly offset: number;
  readonly count: number;
  readonly indices?: readonly number[];
}

/** One sentence of `index.json`; see the README beside it. */
export interface FixtureSentence {
  readonly name: string;
  readonly text: string;
  readonly target: string;
  readonly source: FixtureTokens;
  readonly labels: FixtureTokens;
  readonly decoderInputIds: readonly number[];
  readonly generated: string;
  readonly generatedIds: readonly number[];
  readonly loss: number;
  readonly tensors: Readonly<Record<string, FixtureTensor>>;
}

/** One text of the fixtures of a model with one stack; see the README beside them. */
export interface FixtureText {
  readonly name: string;
  readonly text: string;
  readonly tokens: FixtureTokens;
  /** Null where the text has a single token, and for an encoder. */
  readonly loss: number | null;
  readonly generated?: string;
  readonly generatedIds?: readonly number[];
  readonly tensors: Readonly<Record<string, FixtureTensor>>;
}

/** What PyTorch says about a served model. */
export interface Fixtures<T> {
  readonly revision: string;
  readonly sentences: readonly T[];
  /**
   * The largest difference between some numbers and a tensor of the fixtures, on the entries that the fixtures keep: absolute
   * up to 1, relative beyond. The residual stream holds numbers over 1000, where neighbouring 32-bit floats stand 1e-4 apart.
   */
  difference(data: Float32Array, expected: FixtureTensor): number;
}

/** The served translator's. */
export const fixtures = openFixtures<FixtureSentence>("translator");

/** The fixtures of a model with one stack. */
export function textFixtures(model: string): Fixtures<FixtureText> {
  return openFixtures<FixtureText>(model);
}

function openFixtures<T>(model: string): Fixtures<T> {
  const { revision, sentences } = JSON.parse(readFileSync(`${FOLDER}/${model}/index.json`, "utf8"));
  const tensors = new Float32Array(new Uint8Array(readFileSync(`${FOLDER}/${model}/tensors.bin`)).buffer);
  return { revision, sentences, difference: (data, expected) => largestDifference(tensors, data, expected) };
}

function largestDifference(tensors: Float32Array, data: Float32Array, expected: FixtureTensor): number {
  const { offset, count, indices } = expected;
  let largest = 0;
  for (let i = 0; i < count; i += 1) {
    const truth = tensors[offset + i] ?? Number.NaN;
    const difference = Math.abs((data[indices?.[i] ?? i] ?? Number.NaN) - truth) / Math.max(1, Math.abs(truth));
    if (Number.isNaN(difference)) return difference;
    largest = Math.max(largest, difference);
  }
  return largest;
}
