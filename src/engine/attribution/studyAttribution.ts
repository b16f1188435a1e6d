/** An attribution from beginning to end. */
import { type StudyTools, unfit } from "../attention/studyTools.ts";
import type { Attribution, AttributionRequest } from "../attribute.ts";
import type { Model } from "../model.ts";
import { METHODS } from "./methods.ts";
import { type Runner, runnerOf } from "./runner.ts";
import { type Subject, subjectOf } from "./subject.ts";

/** Most steps of integrated gradients and most orders of Shapley values that can be asked for. */
const MOST = { steps: 1024, samples: 1000 };

/** Attributes as asked; progress counts runs (points), of which adaptive steps may leave some out. */
export async function studyAttribution(
  model: Model,
  request: AttributionRequest,
  tools: StudyTools,
): Promise<Attribution> {
  const subject = await subjectFor(model, request);
  const runner = runnerOf(model, tools, METHODS[request.method].runs(subject, request));
  return attributionOf(runner, subject, request);
}

/** What a request is about. Throws a `FailureError` ("bad-input") where the request does not fit. */
export function subjectFor(model: Model, request: AttributionRequest): Promise<Subject> {
  expectFit(request);
  return subjectOf(model, request);
}

/** The same within a longer study, whose runner counts on. */
export async function attributionOf(
  runner: Runner,
  subject: Subject,
  request: AttributionRequest,
): Promise<Attribution> {
  const { method, targets } = request;
  runner.takeCost(); // of what ran before
  const found = await METHODS[method].attribute(runner, subject, request);
  const { source, target } = subject;
  return { model: runner.model.info.id, method, source, target, targets, cost: runner.takeCost(), ...found };
}

function expectFit({ targets, steps, bound, samples }: AttributionRequest): void {
  if (targets.length === 0) throw unfit("No output is chosen whose number is to be attributed.");
  if (typeof steps === "number") expectCount("steps", steps, 1, MOST.steps);
  if (samples !== undefined) expectCount("orders", samples, 2, MOST.samples);
  if (bound !== undefined && !(bound > 0)) throw unfit(`The bound of the gap has to be above 0, and is ${bound}.`);
}

function expectCount(what: string, count: number, least: number, most: number): void {
  if (Number.isInteger(count) && count >= least && count <= most) return;
  throw unfit(`The number of ${what} has to be a whole one from ${least} to ${most}, and is ${count}.`);
}
