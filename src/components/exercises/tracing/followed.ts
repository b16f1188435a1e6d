/** Which output of a run is meant, by words. */
import type { TokenTarget } from "../../../engine/gradient.ts";
import type { AnyTrace, RunRequest, Token } from "../../../engine/model.ts";
import { tokenText, wordAt } from "../cells.ts";
import type { Followed } from "../evidence.ts";

/** An output named by its word, and the word that it is set against. */
export interface Named {
  readonly target?: string | undefined;
  readonly against?: string | undefined;
  readonly scale?: TokenTarget["scale"] | undefined;
}

/** The run that left a trace behind, its target held still. */
export function runOf({ source, target }: AnyTrace): RunRequest {
  return { source: source.text, target: target?.text ?? null };
}

/**
 * The output that is meant: of an encoder–decoder a word of its target, of a decoder a word that may come next. Null where
 * the run has no such word; `against` is looked for among the first choices at that place and the words of the text.
 */
export function followedIn(trace: AnyTrace, { target, against, scale = "logit" }: Named): Followed | null {
  const row = rowOf(trace, target);
  if (row === null) return null;
  const id = trace.target ? trace.target.written[row]?.id : idOf(trace, row, target);
  const other = against === undefined ? undefined : idOf(trace, row, against);
  if (id === undefined || (against !== undefined && other === undefined)) return null;
  const contrast = other === undefined ? {} : { against: other };
  return { run: runOf(trace), target: { kind: "token", row, id, scale, ...contrast } };
}

function rowOf(trace: AnyTrace, word: string | undefined): number | null {
  if (!trace.target) return trace.predictions.length > 0 ? trace.source.tokens.length - 1 : null;
  if (word === undefined) return 0;
  return wordAt(trace.target.written, word)[0] ?? null;
}

/** The id of a word at a place; the first choice there where no word is named. */
function idOf(trace: AnyTrace, row: number, word: string | undefined): number | undefined {
  const choices = trace.predictions[row] ?? [];
  if (word === undefined) return choices[0]?.id;
  const spelled = choices.find(({ piece }) => piece.replace(/^[▁Ġ]/, "") === word);
  return spelled?.id ?? tokensOf(trace).find((token) => tokenText(token) === word)?.id;
}

function tokensOf({ source, target }: AnyTrace): readonly Token[] {
  return target ? target.written : source.tokens;
}
