/** From a reader's question to a curve: run the text, find the output that is followed, move the token. */
import type { NudgeStudy } from "../../../engine/attribute.ts";
import type { AnyTrace, Prediction, Token } from "../../../engine/model.ts";
import { type NudgeText, plainMove, type StoredNudges, storedNudge } from "../../../stored/nudge.ts";
import { targetsOf } from "../../views/attribution/askAttribution.ts";
import type { StudyClient, Tell } from "../../views/attribution/liveStudy.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";
import { barePiece } from "../../views/tokens/face.ts";
import { directionOf, followedIn, type NudgeQuestion, questionOf } from "./nudgeQuestion.ts";

/** A study with what the figure says of its run. */
export interface Nudged {
  readonly study: NudgeStudy;
  /** The followed output as a word. */
  readonly followed: string;
  /** Encoder–decoder: the tokens that it writes. */
  readonly written: readonly Token[] | null;
  /** The likeliest tokens at the followed place. */
  readonly predictions: readonly Prediction[];
  /** The run; null where it was stored. */
  readonly trace: AnyTrace | null;
}

/** Asks a model. */
export async function askNudge(
  client: StudyClient,
  channel: string,
  question: NudgeQuestion,
  tell: Tell,
): Promise<Outcome<Nudged>> {
  const { source, target, follow, side, token, reach } = question;
  const watch = client.modelInfo.family === "decoder" && follow.trim() !== "" ? { watch: [follow.trim()] } : {};
  const traced = await client.trace({ source, target, ...watch }, channel);
  if (!traced.ok) return traced;
  const trace = traced.value;
  const targets = await targetsOf(client, followedIn(question), trace);
  if (!targets.ok) return targets;
  const [followed] = targets.value;
  if (followed?.kind !== "token") throw new RangeError("this figure follows a token");
  const tokens = side === "target" && trace.target ? trace.target.read : trace.source.tokens;
  const run = { source, target: trace.target?.text ?? null };
  const moved = { side: trace.target ? side : ("source" as const), place: Math.min(token, tokens.length - 1) };
  const request = { run, target: followed, token: moved, direction: directionOf(question), reach };
  const study = await client.study({ job: "nudge", ...request }, channel, tell);
  if (!study.ok) return study;
  const place = trace.target ? Math.min(question.place, trace.target.written.length - 1) : trace.predictions.length - 1;
  return { ok: true, value: { study: study.value, trace, ...about(trace, place, follow) } };
}

type About = Pick<Nudged, "followed" | "written" | "predictions">;

function about(
  { target, predictions }: Pick<AnyTrace, "predictions"> & { target: AnyTrace["target"] },
  place: number,
  follow: string,
): About {
  return aboutRow(target?.written ?? null, predictions[place] ?? [], place, follow);
}

function aboutRow(
  written: readonly Token[] | null,
  predictions: readonly Prediction[],
  place: number,
  follow: string,
): About {
  const own = written ? written[place]?.piece : predictions[0]?.piece;
  const followed = written === null && follow.trim() !== "" ? follow.trim() : barePiece(own ?? "").trim();
  return { followed, written, predictions };
}

/** What is stored of a model, by question; only logits are. */
export function storedAnswers(stored: StoredNudges) {
  const { text, target, predictions } = stored;
  const said = aboutRow(target?.written ?? null, predictions, text.place, text.follow);
  const find = (question: NudgeQuestion): Nudged | null => {
    if (question.scale !== "logit" || !sameText(question, text)) return null;
    const study = storedNudge(stored, question);
    return study && { study, trace: null, ...said };
  };
  const [first] = stored.curves;
  if (!first) throw new RangeError(`no nudge of ${stored.model} is stored`);
  return { first: questionOf(text, first.move), find };
}

function sameText(a: NudgeText, b: NudgeText): boolean {
  return a.source === b.source && a.target === b.target && a.place === b.place && a.follow === b.follow;
}

/** The same question where only what its way uses counts. */
export function plainQuestion(question: NudgeQuestion): NudgeQuestion {
  const { word, seed } = plainMove(question);
  return { ...question, word, seed };
}
