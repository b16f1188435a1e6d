/** Whether an evaluation asks for what the model has. */
import { FailureError, failure } from "../../../lib/failure.ts";
import type { EvaluateRequest, Shift, Target } from "../../gradient.ts";
import type { ModelInfo, Stack } from "../../model.ts";

/** Tokens of each stack; 0 for one that the model lacks. */
export type Lengths = Readonly<Record<Stack, number>>;

/** Whether a request goes backward at all. */
export function wantsGradients({ gradients = [] }: EvaluateRequest): boolean {
  return gradients.length > 0;
}

/** Whether heads are to be moved towards their means, though none is switched off. */
export function movesGates({ run, gradients = [] }: EvaluateRequest): boolean {
  return run.fill === "mean" && gradients.includes("gates");
}

/** Throws "bad-input" that says what does not fit. */
export function checkEvaluation(request: EvaluateRequest, info: ModelInfo, lengths: Lengths): void {
  const { points, targets, shifts = [] } = request;
  if (!Number.isSafeInteger(points) || points < 1) throw unfit(`${points} points were asked for`);
  if (targets.length !== 1 && targets.length !== points) {
    throw unfit(`there are ${targets.length} targets for ${points} points`);
  }
  for (const target of targets) checkTarget(target, info, lengths);
  for (const shift of shifts) checkShift(shift, points, info, lengths);
  const places = shifts.map(({ stack, at }) => `${stack} ${at}`);
  if (new Set(places).size < places.length) throw unfit("two shifts stand at one place");
}

function checkTarget(target: Target, { family, vocabulary }: ModelInfo, { decoder }: Lengths): void {
  if (target.kind === "similarity") {
    if (family !== "encoder") throw unfit("a similarity is asked of a model that writes");
    return;
  }
  if (family === "encoder") throw unfit("an output token is asked of a model that writes none");
  if (!inRange(target.row, decoder)) throw unfit(`there is no row ${target.row}, only ${decoder}`);
  for (const id of [target.id, target.against ?? 0])
    if (!inRange(id, vocabulary)) throw unfit(`there is no token ${id}`);
}

function checkShift({ stack, at, by }: Shift, points: number, { layers, width }: ModelInfo, lengths: Lengths): void {
  const place = `the shift of the ${stack}'s ${at === "embeddings" ? at : `state ${at}`}`;
  if (layers[stack] === 0) throw unfit(`the model has no ${stack}`);
  if (at !== "embeddings" && !inRange(at, layers[stack] + 1)) throw unfit(`the ${stack} has no state ${at}`);
  const allowed = [points, lengths[stack], width];
  const fits = by.shape.length === 3 && by.shape.every((size, axis) => size === 1 || size === allowed[axis]);
  if (!fits) throw unfit(`${place} is of shape ${by.shape.join(" × ")}, not ${allowed.join(" × ")}`);
  const size = by.shape.reduce((product, length) => product * length, 1);
  if (by.data.length !== size) throw unfit(`${place} has ${by.data.length} numbers, not ${size}`);
}

function inRange(value: number, end: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < end;
}

function unfit(detail: string): FailureError {
  const message = "This was asked of the model in a form that does not fit it.";
  return new FailureError(failure("bad-input", message, { action: "none", detail }));
}
