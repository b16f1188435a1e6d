/** One output's part of an answer: the token that is followed, and its scores. */
import type { TokenAttribution } from "../../../engine/attribute.ts";
import type { AnyTrace, Token } from "../../../engine/model.ts";
import type { Answered } from "../../views/attribution/askAttribution.ts";
import type { MatrixRow } from "../../views/attribution/tokenMatrix.ts";
import { visiblePiece } from "../../views/tokens/face.ts";

/** An answer of a method that scores tokens, with the row that is looked at. */
export interface Row {
  readonly attribution: TokenAttribution;
  readonly trace: AnyTrace;
  /** Of the scores. */
  readonly row: number;
  /** Encoder–decoder: among the tokens written; undefined for a model with one stack. */
  readonly place: number | undefined;
  /** The followed token as a reader sees it; null for a similarity. */
  readonly output: string | null;
  /** The followed number of the run as it is. */
  readonly value: number;
}

/** The row of a place; the last one where the answer has fewer. Throws RangeError for a method that scores no tokens. */
export function rowAt({ attribution, trace }: Answered, place: number): Row {
  if (attribution.of !== "tokens") throw new RangeError(`${attribution.method} gives tokens no score of their own`);
  const at = attribution.targets.findIndex((target) => target.kind === "token" && target.row === place);
  const row = at >= 0 ? at : trace.target === null ? 0 : attribution.targets.length - 1;
  const target = attribution.targets[row];
  const isToken = target?.kind === "token";
  return {
    attribution,
    trace,
    row,
    place: isToken && trace.target !== null ? target.row : undefined,
    output: isToken ? outputOf(trace, target.row, target.id) : null,
    value: attribution.values[row] ?? Number.NaN,
  };
}

/** All rows of an answer as a table names them; empty for a model with one stack. */
export function matrixRows({ attribution, trace }: Answered): MatrixRow[] {
  if (trace.target === null) return [];
  const { written } = trace.target;
  return attribution.targets.flatMap((target) => {
    const token = target.kind === "token" ? written[target.row] : undefined;
    return token && target.kind === "token" ? [{ place: target.row, token }] : [];
  });
}

/** The piece of a followed token: what was written, or one of the candidates, or a word that was watched. */
function outputOf(trace: AnyTrace, row: number, id: number): string {
  const candidates: readonly Pick<Token, "id" | "piece">[] =
    trace.target === null
      ? [...(trace.predictions[row] ?? []), ...trace.watched]
      : [...trace.target.written.slice(row, row + 1), ...(trace.predictions[row] ?? [])];
  return visiblePiece(candidates.find((candidate) => candidate.id === id)?.piece ?? "").trim();
}
