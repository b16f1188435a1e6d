/** From a reader's question to a study: run the text, find the output that is followed, switch the heads off one by one. */
import type { GateCheckStudy } from "../../../engine/attribute.ts";
import type { AnyTrace, Prediction } from "../../../engine/model.ts";
import type { StoredGates } from "../../../stored/checkFigures.ts";
import { decodeChecks } from "../../../stored/checks.ts";
import { decodeTrace } from "../../../stored/format.ts";
import { targetsOf } from "../../views/attribution/askAttribution.ts";
import type { StudyClient, Tell } from "../../views/attribution/liveStudy.ts";
import { PLAIN, type Question, readQuestion } from "../../views/attribution/question.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";
import { barePiece } from "../../views/tokens/face.ts";

/** A study with what the figure says of its run. */
export interface Gated {
  readonly study: GateCheckStudy;
  readonly trace: AnyTrace;
  /** The followed output as a word. */
  readonly followed: string;
  /** The likeliest tokens at the followed place. */
  readonly predictions: readonly Prediction[];
}

/** Asks a model. */
export async function askGates(
  client: StudyClient,
  channel: string,
  question: Question,
  tell: Tell,
): Promise<Outcome<Gated>> {
  const { source, target, follow } = question;
  const watched = client.modelInfo.family === "decoder" && follow.trim() !== "" ? { watch: [follow.trim()] } : {};
  const traced = await client.trace({ source, target, ...watched }, channel);
  if (!traced.ok) return traced;
  const trace = traced.value;
  const targets = await targetsOf(client, question, trace);
  if (!targets.ok) return targets;
  const [followed] = targets.value;
  if (!followed) throw new RangeError("a question names one output");
  const run = { source, target: trace.target?.text ?? null };
  const study = await client.study({ job: "gate-check", run, target: followed }, channel, tell);
  return study.ok ? { ok: true, value: gatedOf(study.value, trace, question) } : study;
}

function gatedOf(study: GateCheckStudy, trace: AnyTrace, { place, follow }: Question): Gated {
  const last =
    trace.target === null ? trace.predictions.length - 1 : Math.min(place ?? 0, trace.target.written.length - 1);
  const predictions = trace.predictions[last] ?? [];
  const own = trace.target === null ? predictions[0]?.piece : trace.target.written[last]?.piece;
  const named = trace.target === null && follow.trim() !== "";
  return { study, trace, followed: named ? follow.trim() : barePiece(own ?? "").trim(), predictions };
}

/** What is stored of a model: the answer to one question. */
export function storedAnswers({ check, run, question }: StoredGates) {
  const [study] = decodeChecks("gate-check", check);
  if (!study) throw new RangeError(`no check of heads of ${check.model} is stored`);
  const first = readQuestion(new Map(Object.entries(question)), PLAIN);
  const key = JSON.stringify(first);
  const answer = gatedOf(study, decodeTrace(run), first);
  return { first, find: (asked: Question): Gated | null => (JSON.stringify(asked) === key ? answer : null) };
}
