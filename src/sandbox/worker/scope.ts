/** All names that a reader's code finds in reach, for one run of a model. What they are is said in `../names.ts`. */
import type { AttentionKind, Tensor, Token } from "../../engine/model.ts";
import { CELL_NAMES, type CellName } from "../names.ts";
import type { GivenTrace, Shown } from "../protocol.ts";
import type { Ask } from "./ask.ts";
import { headLists, type Matrix, matrixOf, Names } from "./lists.ts";
import * as measures from "./measures.ts";
import { type PlotOptions, plotOf } from "./plot.ts";
import { shownOf } from "./show.ts";
import { nameOf } from "./tokens.ts";
import { attributeOn, sidesOf } from "./traced.ts";

/** Where a program's output goes. */
export type Show = (shown: Shown) => void;

export interface Scope {
  readonly names: Names;
  readonly values: Readonly<Record<CellName, unknown>>;
}

const NONE: Tensor = { data: new Float32Array(), shape: [0, 0, 0, 0] };

/** What a scope needs besides its trace. */
export interface ScopeOptions {
  readonly show: Show;
  /** The trace's place among those of the run, under which the live model is asked about it. */
  readonly index: number;
  readonly ask: Ask;
}

/** The names for one trace. */
export function scopeOf(trace: GivenTrace, { show, index, ask }: ScopeOptions): Scope {
  const names = new Names();
  const { source, written, read, gold } = trace;
  const print = (...values: readonly unknown[]): void => {
    for (const shown of shownOf(values, names)) show(shown);
  };
  const values: Record<CellName, unknown> = {
    model: modelOf(trace),
    tokens: frozen({ source: tokensOf(source), written: tokensOf(written), read: tokensOf(read) }),
    attention: attentionOf(trace, names),
    roles: frozen(
      trace.roles.map(({ role, kind, values: scores }) => frozen({ role, kind, scores: matrixOf(scores) })),
    ),
    gold: gold === null ? null : frozen(gold.map((words) => frozen([...words]))),
    embedding: sidesOf(trace, "embeddings", names),
    gradient: sidesOf(trace, "gradients", names),
    attribute: attributeOn(trace, index, ask, names),
    print,
    plot: (data: unknown, options: PlotOptions = {}): void => {
      show({ type: "plot", plot: plotOf(data, options, names) });
    },
    console: frozen({ log: print, info: print, warn: print, error: print }),
    entropy: measures.entropy,
    distance: measures.distance,
    specialWeight: measures.specialWeight,
    argmax: measures.argmax,
    mean: measures.mean,
    spearman: measures.spearman,
    wordsOf: measures.wordsOf,
    byWord: (cross: unknown): Matrix => {
      const { matrix, rows, columns } = measures.wordMatrix(cross, written, source);
      return names.name(matrix, rows, columns);
    },
    alignmentAgreement: (cross: unknown): number => measures.alignmentAgreement(cross, written, source, gold),
  };
  return { names, values };
}

/** The values in the order of `CELL_NAMES`, as a program takes them. */
export function valuesOf({ values }: Scope): unknown[] {
  return CELL_NAMES.map((name) => values[name]);
}

function modelOf({ model, attention }: GivenTrace): unknown {
  const layers = (kind: AttentionKind): number => attention[kind]?.shape[0] ?? 0;
  const heads = Math.max(...KINDS.map((kind) => attention[kind]?.shape[1] ?? 0));
  return frozen({ name: model, layers: frozen({ encoder: layers("encoder"), decoder: layers("decoder") }), heads });
}

const KINDS: readonly AttentionKind[] = ["encoder", "decoder", "cross"];

function attentionOf({ attention, source, written, read }: GivenTrace, names: Names): unknown {
  const sides: Readonly<Record<AttentionKind, readonly [rows: readonly Token[], columns: readonly Token[]]>> = {
    encoder: [source, source],
    decoder: read.length === 0 ? [source, source] : [read, read],
    cross: [written, source],
  };
  const view = (kind: AttentionKind): unknown => {
    const [rows, columns] = sides[kind].map((tokens) => tokens.map(nameOf));
    return headLists(attention[kind] ?? NONE, (matrix) => names.name(matrix, rows ?? [], columns ?? []));
  };
  return frozen({ encoder: view("encoder"), decoder: view("decoder"), cross: view("cross") });
}

/** Tokens without their offsets; `text` is never empty. */
function tokensOf(tokens: readonly Token[]): readonly unknown[] {
  return frozen(
    tokens.map((token) => {
      const { id, piece, word, special, instruction } = token;
      return frozen({ text: nameOf(token), piece, id, word, special, instruction });
    }),
  );
}

function frozen<T extends object>(value: T): Readonly<T> {
  return Object.freeze(value);
}
