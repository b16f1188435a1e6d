/** Live runs on the reader's sentence: without each token, and without each head. */
import type { AnyTrace, Token } from "../../../engine/model.ts";
import type { Prompt, RemovalRow, StudyProgress } from "../../../engine/study.ts";
import { failure } from "../../../lib/failure.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";
import { barePiece } from "../../views/tokens/face.ts";
import type { Found, RemovalClient, Tell, Texts } from "./ownText.ts";

/** A text with each of its tokens taken away. */
export interface Removed extends Found {
  readonly rows: readonly RemovalRow[];
  /** The run with everything in place; null for what was stored. */
  readonly trace: AnyTrace | null;
}

/** Too few tokens to put in any order. */
const TOO_SHORT = failure("bad-input", "This text has fewer than three words to take away, or none was written.", {
  action: "none",
  stillWorks: "A longer sentence works.",
});

/** The text of stored rows, as a reader would have typed it. */
export function textsOf(rows: readonly RemovalRow[], { modelInfo }: Pick<RemovalClient, "modelInfo">): Texts {
  const [row] = rows;
  return { source: row?.source ?? "", answer: modelInfo.family === "decoder" ? (row?.output ?? "") : "" };
}

/** Runs the text, then once more without each of its tokens. */
export async function removeTokens(
  client: RemovalClient,
  channel: string,
  texts: Texts,
  tell: Tell,
): Promise<Outcome<Removed & { readonly trace: AnyTrace }>> {
  const traced = await client.trace({ source: texts.source, target: null }, channel);
  if (!traced.ok) return traced;
  const trace = traced.value;
  const counted = counting(tell);
  const study = await client.remove([promptOf(client, texts, trace)], channel, counted.tell);
  if (!study.ok) return study;
  const { rows } = study.value;
  if (rows.length === 0) return { ok: false, failure: TOO_SHORT };
  return { ok: true, value: { rows, live: true, trace, runs: 1 + counted.total() } };
}

/** Passes progress on, and keeps how many runs it takes. */
export function counting(tell: Tell) {
  let total = 0;
  return {
    tell: (progress: StudyProgress) => {
      total = progress.total;
      tell(progress);
    },
    total: () => total,
  };
}

/** What the study follows: the text that was written, or a decoder's next word with the likeliest word beside it. */
export function promptOf({ modelInfo }: Pick<RemovalClient, "modelInfo">, texts: Texts, trace: AnyTrace): Prompt {
  const { source } = texts;
  if (modelInfo.family !== "decoder") return { source, target: trace.target?.text ?? null };
  const likely = (trace.predictions.at(-1) ?? []).map(({ piece }) => barePiece(piece).trim());
  const answer = texts.answer === "" ? (likely[0] ?? "") : texts.answer;
  const other = likely.find((word) => word !== "" && word !== answer);
  return { source, target: null, answer, ...(other !== undefined && { other }) };
}

/** Places in the source of the tokens that were taken away. */
export function placesOf(tokens: readonly Token[], row: Pick<RemovalRow, "tokens">): number[] {
  const ordinary = tokens.flatMap((token, place) => (token.special || token.instruction ? [] : [place]));
  return ordinary.length === row.tokens.length ? ordinary : [];
}
