/** One kind of attention of a trace on its laid-out axes, each head's matrix made when it is first asked for. */
import type { AnyTrace, AttentionKind } from "../../../engine/model.ts";
import { type AxisItem, axisTokens, layAxis, type RowNames } from "../tokens/axis.ts";
import { type Choice, rowNames } from "./choice.ts";
import { attentionOf, type HeadMatrix, headMatrix, hiddenShare, sizes } from "./matrix.ts";

export interface Picture {
  readonly kind: AttentionKind;
  /** The model has this one stack: its attention needs no further name. */
  readonly lone: boolean;
  readonly names: RowNames;
  readonly layers: number;
  readonly heads: number;
  /** Query tokens, top to bottom. */
  readonly rows: readonly AxisItem[];
  /** Key tokens. */
  readonly columns: readonly AxisItem[];
  /** Whether tokens are left out on the key axis. */
  readonly hiding: boolean;
  readonly matrix: (layer: number, head: number) => HeadMatrix;
}

/** The part of a choice on which the axes depend. */
export type AxisChoice = Pick<Choice, "kind" | "names" | "words" | "hideSpecial" | "hideInstruction">;

export function makePicture(trace: AnyTrace, choice: AxisChoice & Choice): Picture {
  const lone = trace.target === null;
  const names = lone ? "read" : rowNames(choice);
  const attention = attentionOf(trace, choice.kind);
  const { layers, heads, keys } = sizes(attention);
  const tokens = axisTokens(trace, choice.kind, names);
  const rows = layAxis(tokens.rows, choice);
  const columns = layAxis(tokens.columns, choice);
  const known = new Map<number, HeadMatrix>();
  const matrix = (layer: number, head: number) => {
    const key = layer * heads + head;
    const found = known.get(key) ?? headMatrix(attention, layer, head, rows, columns);
    known.set(key, found);
    return found;
  };
  const shown = columns.reduce((sum, item) => sum + item.end - item.start, 0);
  return { kind: choice.kind, lone, names, layers, heads, rows, columns, hiding: shown < keys, matrix };
}

/** The share of the attention of several heads that falls on hidden tokens. */
export function shareHidden(picture: Picture, layer: number, heads: readonly number[]): number {
  if (!picture.hiding || heads.length === 0) return 0;
  const sum = heads.reduce((total, head) => total + hiddenShare(picture.matrix(layer, head)), 0);
  return sum / heads.length;
}

const NAMES: Readonly<Record<AttentionKind, string>> = {
  encoder: "the encoder’s self-attention",
  decoder: "the decoder’s self-attention",
  cross: "the cross-attention",
};

/** A kind of attention within a sentence; that of a model with one stack needs no more than its name. */
export function kindName({ kind, lone }: Pick<Picture, "kind" | "lone">): string {
  return lone ? "the self-attention" : NAMES[kind];
}

/** What stands on the row axis, for its caption. */
export function rowCaption(picture: Pick<Picture, "kind" | "names">): string {
  if (picture.kind === "encoder") return "from …";
  return picture.names === "written" ? "while writing …" : "having read …";
}

/** What stands on the column axis. */
export function columnCaption(picture: Pick<Picture, "kind">): string {
  return picture.kind === "decoder" ? "… it looks back at" : "… it looks at";
}
