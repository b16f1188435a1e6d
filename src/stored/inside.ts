/**
 * Stored insides of heads: queries, keys, values and what became of them, for the first paint of the neuron view.
 *
 * Made by `npm run store`; never edited by hand. Shape: `StoredInside` (version 1). Numbers keep their 32 bits, since the
 * figure says how exactly they multiply out. When the format changes, raise `VERSION` and run the program again: nothing migrates.
 */
import type { AttentionKind, HeadInside, Tensor, Token } from "../engine/model.ts";

/** The format that `decodeInside` reads. */
export const VERSION = 1;

/** Base64 of little-endian float32, row-major. */
export interface StoredNumbers {
  readonly shape: readonly number[];
  readonly data: string;
}

/** One head of one run. `kind` is a plain string because JSON modules type it so. */
export interface StoredInside {
  readonly version: number;
  readonly id: string;
  readonly model: string;
  /** The text that was read, and for a translator what was read as its target; null where the model wrote it. */
  readonly source: string;
  readonly target: string | null;
  readonly head: { readonly kind: string; readonly layer: number; readonly head: number };
  readonly queries: readonly Token[];
  readonly keys: readonly Token[];
  readonly scale: number;
  readonly query: StoredNumbers;
  readonly key: StoredNumbers;
  readonly value: StoredNumbers;
  readonly bias: StoredNumbers;
  readonly attention: StoredNumbers;
  readonly output: StoredNumbers;
}

/** A head's inside as stored under `id`. */
export function encodeInside(
  id: string,
  text: { readonly source: string; readonly target: string | null },
  inside: HeadInside,
): StoredInside {
  const { model, head, queries, keys, scale } = inside;
  return {
    version: VERSION,
    id,
    model,
    source: text.source,
    target: text.target,
    head,
    queries,
    keys,
    scale,
    query: encodeNumbers(inside.query),
    key: encodeNumbers(inside.key),
    value: encodeNumbers(inside.value),
    bias: encodeNumbers(inside.bias),
    attention: encodeNumbers(inside.attention),
    output: encodeNumbers(inside.output),
  };
}

/** The inside that was stored. */
export function decodeInside(stored: StoredInside): HeadInside {
  const { version, id, model, head, queries, keys, scale } = stored;
  if (version !== VERSION) throw new Error(`${id} is stored in format ${version}, not ${VERSION}: run npm run store`);
  return {
    model,
    head: { ...head, kind: head.kind as AttentionKind },
    queries,
    keys,
    scale,
    query: decodeNumbers(stored.query),
    key: decodeNumbers(stored.key),
    value: decodeNumbers(stored.value),
    bias: decodeNumbers(stored.bias),
    attention: decodeNumbers(stored.attention),
    output: decodeNumbers(stored.output),
  };
}

function encodeNumbers({ data, shape }: Tensor): StoredNumbers {
  const view = new DataView(new ArrayBuffer(4 * data.length));
  data.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  let binary = "";
  for (let i = 0; i < view.byteLength; i += 1) binary += String.fromCharCode(view.getUint8(i));
  return { shape, data: btoa(binary) };
}

function decodeNumbers({ data, shape }: StoredNumbers): Tensor {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return { data: Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true)), shape };
}
