/** From a reader's question to a map: run the clean text, find the output that is followed, put its states back one by one. */
import type { PatchingStudy } from "../../../engine/attribute.ts";
import type { AnyTrace, Prediction } from "../../../engine/model.ts";
import type { StoredPatching } from "../../../stored/checkFigures.ts";
import { decodeChecks } from "../../../stored/checks.ts";
import { decodeTrace } from "../../../stored/format.ts";
import { targetsOf } from "../../views/attribution/askAttribution.ts";
import type { StudyClient, Tell } from "../../views/attribution/liveStudy.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";
import { barePiece } from "../../views/tokens/face.ts";
import { followedIn, type PatchQuestion } from "./patchQuestion.ts";

/** A study with what the figure says of its clean run. */
export interface Patched {
  readonly study: PatchingStudy;
  readonly trace: AnyTrace;
  /** The followed output as a word. */
  readonly followed: string;
  /** Encoder–decoder: its place among the tokens written; null for a decoder. */
  readonly place: number | null;
  /** The likeliest tokens at the followed place of the clean run. */
  readonly predictions: readonly Prediction[];
}

/** Asks a model. */
export async function askPatching(
  client: StudyClient,
  channel: string,
  question: PatchQuestion,
  tell: Tell,
): Promise<Outcome<Patched>> {
  const { source, corrupted, target } = question;
  const asked = followedIn(question);
  const words = [asked.follow, asked.against].filter((word) => word !== "");
  const isDecoder = client.modelInfo.family === "decoder";
  const traced = await client.trace({ source, target, ...(isDecoder && { watch: words }) }, channel);
  if (!traced.ok) return traced;
  const trace = traced.value;
  const targets = await targetsOf(client, asked, trace);
  if (!targets.ok) return targets;
  const [followed] = targets.value;
  if (!followed) throw new RangeError("a question names one output");
  const written = trace.target?.text ?? null;
  const request = {
    clean: { source, target: written },
    corrupted: { source: corrupted, target: written },
    target: followed,
  };
  const study = await client.study({ job: "patching", ...request }, channel, tell);
  return study.ok ? { ok: true, value: patchedOf(study.value, trace, question) } : study;
}

/** A study with its run; what the followed output is called. */
function patchedOf(study: PatchingStudy, trace: AnyTrace, { place, follow }: PatchQuestion): Patched {
  const last = trace.target === null ? trace.predictions.length - 1 : Math.min(place, trace.target.written.length - 1);
  const predictions = trace.predictions[last] ?? [];
  const own = trace.target === null ? predictions[0]?.piece : trace.target.written[last]?.piece;
  const named = trace.target === null && follow.trim() !== "";
  const followed = named ? follow.trim() : barePiece(own ?? "").trim();
  return { study, trace, followed, place: trace.target === null ? null : last, predictions };
}

/** What is stored of a model: the answer to one question. */
export function storedAnswers({ check, run, question }: StoredPatching) {
  const [study] = decodeChecks("patching", check);
  if (!study) throw new RangeError(`no patching of ${check.model} is stored`);
  const answer = patchedOf(study, decodeTrace(run), question);
  const key = JSON.stringify(question);
  const first: PatchQuestion = question;
  return { first, find: (asked: PatchQuestion): Patched | null => (JSON.stringify(asked) === key ? answer : null) };
}
