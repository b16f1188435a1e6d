/**
 * Stored gradients, for exercises in code before the model is there: each is fetched when it is asked for.
 *
 * Written by `npm run store:gradients`; never edited by hand. Shape: `StoredGradient` (version 1); numbers are Float32, little-
 * endian, in base64, since an exercise compares them with the engine's. When the format changes, raise `VERSION` and run the
 * program again: nothing migrates.
 */
import type { GradientStudy } from "../engine/attribute.ts";
import type { ByStack, Target, TokenTarget } from "../engine/gradient.ts";
import type { RunRequest, Stack, Tensor, Token } from "../engine/model.ts";

/** The format that `decodeGradient` reads. */
export const VERSION = 1;

interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: string;
}

type StoredStacks = { readonly [S in Stack]?: StoredTensor };

export interface StoredGradient {
  readonly version: number;
  readonly model: string;
  readonly run: { readonly source: string; readonly target: string | null };
  /** Its scale is a plain string because JSON modules type it so. */
  readonly target: Pick<TokenTarget, "row" | "id"> & { readonly scale: string };
  readonly source: readonly Token[];
  readonly read: readonly Token[] | null;
  readonly value: number;
  readonly embeddings: StoredStacks;
  readonly gradients: StoredStacks;
}

/** Which gradients are stored: of an output of a run. */
export interface Followed {
  readonly run: RunRequest;
  readonly target: Target;
}

/** By the text of the source. */
const FILES: Readonly<Record<string, () => Promise<{ readonly default: StoredGradient }>>> = {
  "Translate to French: The brown dog ran.": () => import("./gradients/brown-dog.json"),
  "Translate to French: The white cat is sleeping.": () => import("./gradients/white-cat.json"),
  "Translate to French: Tom bought a red car and a black hat.": () => import("./gradients/red-car.json"),
};

/** The stored gradient of an output; null where none was stored. */
export async function loadGradient({ run, target }: Followed): Promise<GradientStudy | null> {
  const load = Object.hasOwn(FILES, run.source) ? FILES[run.source] : undefined;
  if (!load) return null;
  const stored = (await load()).default;
  return isOf(stored, target) && stored.run.target === run.target ? decodeGradient(stored) : null;
}

function isOf({ target: { row, id, scale } }: StoredGradient, target: Target): boolean {
  if (target.kind !== "token" || target.against !== undefined) return false;
  return target.row === row && target.id === id && target.scale === scale;
}

/** @throws Error for another format */
export function decodeGradient(stored: StoredGradient): GradientStudy {
  if (stored.version !== VERSION) {
    throw new Error(`a gradient is stored in format ${stored.version}, not ${VERSION}: run npm run store:gradients`);
  }
  const { model, source, read, value, embeddings, gradients } = stored;
  return {
    model,
    source,
    target: read,
    value,
    embeddings: decodeStacks(embeddings),
    gradients: decodeStacks(gradients),
    cost: { forward: 0, backward: 0, milliseconds: 0 },
  };
}

/** A gradient as it is stored. */
export function encodeGradient(
  study: GradientStudy,
  run: StoredGradient["run"],
  { row, id, scale }: TokenTarget,
): StoredGradient {
  const { model, source, target: read, value, embeddings, gradients } = study;
  return {
    version: VERSION,
    model,
    run,
    target: { row, id, scale },
    source,
    read,
    value,
    embeddings: encodeStacks(embeddings),
    gradients: encodeStacks(gradients),
  };
}

const STACKS: readonly Stack[] = ["encoder", "decoder"];

function decodeStacks(stored: StoredStacks): ByStack {
  const stacks: Partial<Record<Stack, Tensor>> = {};
  for (const stack of STACKS) {
    const tensor = stored[stack];
    if (tensor) stacks[stack] = { data: numbersOf(tensor.data), shape: tensor.shape };
  }
  return stacks;
}

function encodeStacks(stacks: ByStack): StoredStacks {
  const stored: Partial<Record<Stack, StoredTensor>> = {};
  for (const stack of STACKS) {
    const tensor = stacks[stack];
    if (tensor) stored[stack] = { shape: tensor.shape, data: textOf(tensor.data) };
  }
  return stored;
}

function numbersOf(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => view.getFloat32(4 * at, true));
}

function textOf(numbers: Float32Array): string {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  for (const [at, value] of numbers.entries()) view.setFloat32(4 * at, value, true);
  return btoa(Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte)).join(""));
}
