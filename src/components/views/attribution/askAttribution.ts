/** From a reader's question to an attribution: run the text, find the tokens that are meant, ask for the study. */
import type { Attribution, AttributionRequest } from "../../../engine/attribute.ts";
import type { Target } from "../../../engine/gradient.ts";
import type { AnyTrace, Prediction, Token } from "../../../engine/model.ts";
import { type Failure, failure } from "../../../lib/failure.ts";
import type { Outcome } from "../figure/liveClient.ts";
import { barePiece, quoted } from "../tokens/face.ts";
import type { StudyClient, Tell } from "./liveStudy.ts";
import type { Question } from "./question.ts";

/** What an answer needs of the run beside it; a trace fits. */
export type Run = Pick<AnyTrace, "source" | "target" | "predictions">;

/** An answer: the attribution, and the run that it is of. */
export interface Answered {
  readonly attribution: Attribution;
  readonly trace: AnyTrace;
}

/** Asks a model; fails in words where the question fits no token. */
export async function askAttribution(
  client: StudyClient,
  channel: string,
  question: Question,
  tell: Tell,
): Promise<Outcome<Answered>> {
  const watch = [question.follow, question.against].map((word) => word.trim()).filter((word) => word !== "");
  const isDecoder = client.modelInfo.family === "decoder";
  const { source, target } = question;
  const traced = await client.trace({ source, target, ...(isDecoder && { watch }) }, channel);
  if (!traced.ok) return traced;
  const trace = traced.value;
  const targets = await targetsOf(client, question, trace);
  if (!targets.ok) return targets;
  const request = requestOf(question, trace, targets.value);
  const study = await client.study({ job: "attribution", ...request }, channel, tell);
  return study.ok ? { ok: true, value: { attribution: study.value, trace } } : study;
}

/** The study's request, once it is known which tokens are meant. */
export function requestOf(question: Question, trace: Run, targets: readonly Target[]): AttributionRequest {
  const { method, source, norm, baseline, steps, rule } = question;
  return { method, run: { source, target: trace.target?.text ?? null }, targets, norm, baseline, steps, rule };
}

/** What is followed, by the model's family; the words of a decoder must have been watched by the trace. */
export async function targetsOf(
  client: Pick<StudyClient, "modelInfo" | "tokenize">,
  question: Question,
  trace: AnyTrace,
): Promise<Outcome<readonly Target[]>> {
  const { family } = client.modelInfo;
  if (family === "encoder") return { ok: true, value: [{ kind: "similarity", to: question.to }] };
  const { scale } = question;
  const named =
    trace.target === null
      ? lastToken(question, trace)
      : await writtenTokens(client, question, trace.target.written, trace);
  if (!named.ok) return named;
  return { ok: true, value: named.value.map((each) => ({ kind: "token", scale, ...each })) };
}

interface Named {
  readonly row: number;
  readonly id: number;
  readonly against?: number;
}

/** A decoder: what follows the text. */
function lastToken(question: Question, trace: Extract<AnyTrace, { target: null }>): Outcome<readonly Named[]> {
  const row = trace.source.tokens.length - 1;
  const [best] = trace.predictions.at(-1) ?? [];
  const idOf = (word: string) => trace.watched.find((watched) => watched.word === word.trim())?.id;
  const id = question.follow.trim() === "" ? best?.id : idOf(question.follow);
  if (id === undefined) return refuse("There is no next token to explain.");
  const against = question.against.trim() === "" ? undefined : idOf(question.against);
  if (against === id) return refuse(sameToken(question));
  return { ok: true, value: [{ row, id, ...(against !== undefined && { against }) }] };
}

/** An encoder–decoder: the tokens that it wrote, or one of them. */
async function writtenTokens(
  client: Pick<StudyClient, "tokenize">,
  question: Question,
  written: readonly Token[],
  trace: Run,
): Promise<Outcome<readonly Named[]>> {
  if (question.place === null) return { ok: true, value: written.map(({ id }, row) => ({ row, id })) };
  const row = Math.min(question.place, written.length - 1);
  const token = written[row];
  if (!token) return refuse("Nothing was written that could be explained.");
  if (question.against.trim() === "") return { ok: true, value: [{ row, id: token.id }] };
  const against = await tokenOf(client, question.against.trim(), trace.predictions[row] ?? []);
  if (!against.ok) return against;
  if (against.value === token.id) return refuse(sameToken({ follow: token.piece, against: question.against }));
  return { ok: true, value: [{ row, id: token.id, against: against.value }] };
}

/** The token by which a word begins, in a target. */
async function tokenOf(
  client: Pick<StudyClient, "tokenize">,
  word: string,
  offered: readonly Prediction[],
): Promise<Outcome<number>> {
  const known = offered.find(({ piece }) => barePiece(piece) === word);
  if (known) return { ok: true, value: known.id };
  const tokens = await client.tokenize(word, "target");
  if (!tokens.ok) return tokens;
  const first = tokens.value.find(({ special }) => !special);
  return first ? { ok: true, value: first.id } : refuse(`The model has no token for ${quoted(word)}.`);
}

function sameToken({ follow, against }: Pick<Question, "follow" | "against">): string {
  return `${quoted(follow)} and ${quoted(against)} begin with the same token: there is nothing between them to explain.`;
}

function refuse(message: string): { readonly ok: false; readonly failure: Failure } {
  return {
    ok: false,
    failure: failure("bad-input", message, {
      action: "none",
      stillWorks: "Another word works, and the picture stays.",
    }),
  };
}
