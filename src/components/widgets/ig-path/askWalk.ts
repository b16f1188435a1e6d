/** From a reader's question to a walk: run the text, find the token that is followed, ask for the study. */

import type { Attribution } from "../../../engine/attribute.ts";
import type { AnyTrace, Prediction, Token } from "../../../engine/model.ts";
import { requestOf, targetsOf } from "../../views/attribution/askAttribution.ts";
import type { StudyClient, Tell } from "../../views/attribution/liveStudy.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";
import { barePiece } from "../../views/tokens/face.ts";
import type { IgQuestion } from "./igQuestion.ts";
import { type Walk, walkOf } from "./walk.ts";

/** What the figure shows of a run. */
export interface Found {
  readonly walk: Walk;
  /** The number that is followed: `logit of “Mary”`. */
  readonly followed: string;
  /** What an encoder–decoder wrote; null for a model with one stack. */
  readonly written: readonly Token[] | null;
  /** A decoder's likeliest next tokens. */
  readonly predictions: readonly Prediction[];
  /** The live run; null for a stored one. */
  readonly trace: AnyTrace | null;
}

/** Asks a model. */
export async function askWalk(
  client: StudyClient,
  channel: string,
  question: IgQuestion,
  tell: Tell,
): Promise<Outcome<Found>> {
  const { source, target, follow, steps, bound } = question;
  const word = follow.trim();
  const isDecoder = client.modelInfo.family === "decoder";
  const traced = await client.trace({ source, target, ...(isDecoder && word !== "" && { watch: [word] }) }, channel);
  if (!traced.ok) return traced;
  const trace = traced.value;
  const targets = await targetsOf(client, question, trace);
  if (!targets.ok) return targets;
  const request = { ...requestOf(question, trace, targets.value), ...(steps === "adaptive" && { bound }) };
  const study = await client.study({ job: "attribution", ...request }, channel, tell);
  return study.ok ? { ok: true, value: { ...foundOf(study.value, trace, question), trace } } : study;
}

/** A walk with what is said of the run beside it. */
export function foundOf(attribution: Attribution, trace: AnyTrace, question: IgQuestion): Omit<Found, "trace"> {
  const written = trace.target?.written ?? null;
  const predictions = trace.target === null ? (trace.predictions.at(-1) ?? []) : [];
  return { walk: walkOf(attribution), followed: followedText(question, written, predictions), written, predictions };
}

/** What is followed, in words. */
export function followedText(
  { scale, place, follow, to }: Pick<IgQuestion, "scale" | "place" | "follow" | "to">,
  written: readonly Token[] | null,
  predictions: readonly Prediction[],
): string {
  if (written === null && predictions.length === 0) return `similarity to “${to}”`;
  const piece = written === null ? follow || predictions[0]?.piece : written[place ?? 0]?.piece;
  return `${scale} of “${barePiece(piece ?? "").trim()}”`;
}
