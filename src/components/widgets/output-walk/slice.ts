import type { AttentionKind, Tensor, Token, Trace } from "../../../engine/model.ts";
import { ENTRIES, type EntryForm, type EntryKey } from "./entries.ts";
import { clamp } from "./window.ts";

/** What a row or a column of a table stands for. */
export interface Label {
  readonly index: number;
  /** A token's piece, or the index where a row is no token. */
  readonly name: string;
  readonly token?: Token;
  /** The token that this row writes, where a row has two names: the token read, and the token written. */
  readonly writes?: Token;
}

/** A table cut out of a tensor; the numbers are not copied. */
export interface Slice {
  /** `[row, column]` from `offset` on, row-major. */
  readonly data: Float32Array;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  readonly row: (index: number) => Label;
  readonly column: (index: number) => Label;
  /** Weights lie between 0 and 1; signed numbers are shown against the largest of them. */
  readonly scale: "weight" | "signed";
  /** Cells that the model is not allowed to look at: their weight is zero whatever it learned. */
  readonly masked: (row: number, column: number) => boolean;
  readonly rowNoun: string;
  readonly columnNoun: string;
}

/** What the reader chose of an entry. */
export interface Choice {
  readonly layer: number;
  readonly head: number;
  readonly row: number;
  readonly column: number;
}

/** The table of an entry for a choice of layer and head, or null while its numbers are not there. */
export function sliceOf(trace: Trace, key: EntryKey, choice: Choice): Slice | null {
  const { numbers } = ENTRIES[key];
  if (numbers.form === "attention") return attentionSlice(trace, numbers.kind, choice);
  if (numbers.form === "hidden") return hiddenSlice(trace, numbers, choice);
  if (numbers.form === "logits") return logitsSlice(trace);
  return null;
}

/** A label in one line: "▁chien", or "▁chien → ▁brun" for a position that reads the one and writes the other. */
export function labelText({ name, writes }: Label): string {
  return writes ? `${name} → ${writes.piece}` : name;
}

/** Whether rows are named by two tokens. */
export function hasBoth(slice: Slice): boolean {
  return slice.row(0).writes !== undefined;
}

/** The number in a cell. */
export function valueAt({ data, offset, columns }: Slice, row: number, column: number): number {
  return data[offset + row * columns + column] ?? Number.NaN;
}

/** One row of a table, as a view on the tensor. */
export function rowOf({ data, offset, columns }: Slice, row: number): Float32Array {
  return data.subarray(offset + row * columns, offset + (row + 1) * columns);
}

function attentionSlice(trace: Trace, kind: AttentionKind, choice: Choice): Slice {
  const { data, shape } = trace.attention[kind]; // [layer, head, query, key]
  const [layers = 1, heads = 1, rows = 0, columns = 0] = shape;
  const index = clamp(choice.layer, layers) * heads + clamp(choice.head, heads);
  const source = tokenLabel(trace.source.tokens);
  return {
    data,
    offset: index * rows * columns,
    rows,
    columns,
    row: rowLabel(trace, kind),
    column: kind === "decoder" ? tokenLabel(trace.target.read) : source,
    scale: "weight",
    masked: kind === "decoder" ? (row, column) => column > row : never,
    rowNoun: "queries",
    columnNoun: "keys",
  };
}

function hiddenSlice(trace: Trace, form: Extract<EntryForm, { form: "hidden" }>, choice: Choice): Slice | null {
  const tensor = trace.hidden?.[form.stack]; // [state, token, width]
  if (!tensor) return null;
  const [states = 1, rows = 0, columns = 0] = tensor.shape;
  const state = form.last ? states - 1 : clamp(choice.layer, states);
  return {
    data: tensor.data,
    offset: state * rows * columns,
    rows,
    columns,
    row: tokenLabel(form.stack === "encoder" ? trace.source.tokens : trace.target.read),
    column: indexLabel,
    scale: "signed",
    masked: never,
    rowNoun: "tokens",
    columnNoun: "dimensions",
  };
}

function logitsSlice(trace: Trace): Slice | null {
  const tensor: Tensor | undefined = trace.logits; // [query, vocabulary]
  if (!tensor) return null;
  const [rows = 0, columns = 0] = tensor.shape;
  const pieces = knownPieces(trace);
  return {
    data: tensor.data,
    offset: 0,
    rows,
    columns,
    row: stepLabel(trace),
    column: (index) => ({ index, name: pieces.get(index) ?? String(index) }),
    scale: "signed",
    masked: never,
    rowNoun: "positions",
    columnNoun: "ids",
  };
}

/** Pieces of the ids that a run mentions; the vocabulary itself stays with the tokenizer. */
export function knownPieces(trace: Trace): ReadonlyMap<number, string> {
  const mentioned = [
    ...trace.source.tokens,
    ...trace.target.written,
    ...trace.target.read,
    ...trace.predictions.flat(),
  ];
  return new Map(mentioned.map(({ id, piece }) => [id, piece]));
}

function never(): boolean {
  return false;
}

function tokenLabel(tokens: readonly Token[]): (index: number) => Label {
  return (index) => {
    const token = tokens[index];
    return token ? { index, name: token.piece, token } : indexLabel(index);
  };
}

/** The decoder's own rows are named like its columns, by the token read; those of cross-attention by both. */
function rowLabel(trace: Trace, kind: AttentionKind): (index: number) => Label {
  if (kind === "cross") return stepLabel(trace);
  return tokenLabel(kind === "encoder" ? trace.source.tokens : trace.target.read);
}

/** A position of the decoder by both its tokens: the one it reads and the one it writes. */
function stepLabel(trace: Trace): (index: number) => Label {
  const read = tokenLabel(trace.target.read);
  return (index) => {
    const writes = trace.target.written[index];
    return writes ? { ...read(index), writes } : read(index);
  };
}

function indexLabel(index: number): Label {
  return { index, name: String(index) };
}
