/** Numbers as the reader's code sees them: lists within lists, counted from 0 as in Python, that cannot be written to. */
import type { Tensor } from "../../engine/model.ts";

export type Row = readonly number[];
export type Matrix = readonly Row[];
/** `[layer][head][query][key]` */
export type Heads = readonly (readonly Matrix[])[];

/** What the rows and columns of a list stand for, where that is known: printed as the heads of its table. */
export class Names {
  readonly #names = new WeakMap<object, { readonly rows: readonly string[]; readonly columns: readonly string[] }>();

  of(list: object): { readonly rows: readonly string[]; readonly columns: readonly string[] } {
    return this.#names.get(list) ?? { rows: [], columns: [] };
  }

  /** Names the members of a single row. */
  row(row: object, columns: readonly string[]): void {
    this.#names.set(row, { rows: [], columns });
  }

  /** Names a matrix and each of its rows. */
  name(matrix: Matrix, rows: readonly string[], columns: readonly string[]): Matrix {
    this.#names.set(matrix, { rows, columns });
    for (const row of matrix) this.#names.set(row, { rows: [], columns });
    return matrix;
  }
}

/** Attention as `[layer][head][query][key]`; a head's matrix is made when it is first asked for. */
export function headLists(tensor: Tensor, named: (matrix: Matrix) => Matrix): Heads {
  const [layers = 0, heads = 0, queries = 0, keys = 0] = tensor.shape;
  const size = queries * keys;
  return lazily(layers, (layer) =>
    lazily(heads, (head) => named(matrixAt(tensor.data, (layer * heads + head) * size, queries, keys))),
  );
}

/** A tensor of two axes as lists. */
export function matrixOf({ data, shape: [rows = 0, columns = 0] }: Tensor): Matrix {
  return matrixAt(data, 0, rows, columns);
}

function matrixAt(data: ArrayLike<number>, from: number, rows: number, columns: number): Matrix {
  const row = (at: number): Row =>
    Object.freeze(Array.from({ length: columns }, (_, column) => data[from + at * columns + column] ?? 0));
  return Object.freeze(Array.from({ length: rows }, (_, at) => row(at)));
}

/** A list whose members are made when they are read. */
function lazily<T>(length: number, make: (index: number) => T): readonly T[] {
  const list: T[] = [];
  for (let index = 0; index < length; index += 1) {
    let made: { readonly value: T } | undefined;
    const get = (): T => {
      made ??= { value: make(index) };
      return made.value;
    };
    Object.defineProperty(list, index, { enumerable: true, get });
  }
  return Object.freeze(list);
}
