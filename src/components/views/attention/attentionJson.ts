import type { AnyTrace } from "../../../engine/model.ts";
import { kindName, type Picture } from "./picture.ts";

/** The data behind the picture, axes named; heads and layers count from 0, as in Python. */
export function attentionJson(trace: AnyTrace, picture: Picture, layer: number, heads: readonly number[]) {
  return {
    model: trace.model,
    source: trace.source.text,
    target: trace.target && { text: trace.target.text, origin: trace.target.origin },
    attention: kindName(picture),
    kind: picture.kind,
    rowsNamedBy: picture.names,
    layer,
    axes: ["query", "key"],
    queries: picture.rows.map(faceOf),
    keys: picture.columns.map(faceOf),
    heads: heads.map((head) => {
      const { rows, columns, weights } = picture.matrix(layer, head);
      return { head, shape: [rows, columns], weights };
    }),
  };
}

function faceOf(item: Picture["rows"][number]) {
  return { piece: item.piece, start: item.start, end: item.end, special: item.special };
}
