/** Whether gradients on this device are slopes: the followed number must move as they foretell. */
import { FailureError, failure } from "../../../lib/failure.ts";
import type { ByStack, EvaluateRequest, Evaluation, Shift, Target } from "../../gradient.ts";
import type { Stack, Tensor } from "../../model.ts";

/** How far the measured slope may be off, in parts of the gradient. */
const TOLERANCE = 0.05;
/** How far the number is to move, in parts of itself, or of 1 where it is smaller: far above rounding, far below curvature. */
const MOVE = 0.01;
/** A move below this share of the wanted one says nothing. */
const LEAST = 0.03;
/** The farthest step, in parts of the length of all states together. */
const FARTHEST = 3e-3;

/**
 * Steps a little along the gradient of the embeddings and back, and throws "self-test" where the followed number moves
 * otherwise. Gives false where the gradient is too small to be checked at this target.
 */
export async function checkGradient(
  evaluate: (request: EvaluateRequest) => Promise<Evaluation>,
  rows: ByStack,
  { run, targets }: Pick<EvaluateRequest, "run" | "targets">,
): Promise<boolean> {
  const request = { run, targets: targets.slice(0, 1).map(asLogit) };
  const here = await evaluate({ ...request, points: 1, gradients: ["embeddings"] });
  const gradient = here.gradients.embeddings ?? {};
  const size = lengthOf(gradient);
  const wanted = MOVE * Math.max(1, Math.abs(here.values[0] ?? 0));
  const step = Math.min(wanted / (2 * size), FARTHEST * lengthOf(rows));
  if (!(2 * step * size > LEAST * wanted)) {
    if (Number.isFinite(size)) return false;
    throw wrong(`the gradient's length is ${size}`);
  }
  const { values } = await evaluate({ ...request, points: 2, shifts: shiftsAlong(gradient, step / size) });
  const ratio = ((values[0] ?? Number.NaN) - (values[1] ?? Number.NaN)) / (2 * step * size);
  // Written so that a NaN counts as wrong.
  if (!(Math.abs(ratio - 1) <= TOLERANCE)) throw wrong(`the measured slope is ${ratio} of the gradient`);
  return true;
}

/** A probability may lie where its slope is flat; the logit behind it does not. */
function asLogit(target: Target): Target {
  return target.kind === "token" ? { ...target, scale: "logit" } : target;
}

/** One point a step along the gradient, one a step against it. */
function shiftsAlong(gradient: ByStack, factor: number): Shift[] {
  return Object.entries(gradient).map(([stack, { data, shape }]) => {
    const by = new Float32Array(2 * data.length);
    data.forEach((value, at) => {
      by[at] = value * factor;
      by[data.length + at] = -value * factor;
    });
    return { stack: stack as Stack, at: "embeddings", by: { data: by, shape: [2, ...shape.slice(1)] } };
  });
}

function lengthOf(tensors: ByStack): number {
  return Math.hypot(
    ...Object.values(tensors).map(({ data }: Tensor) => Math.sqrt(data.reduce((sum, x) => sum + x * x, 0))),
  );
}

function wrong(detail: string): FailureError {
  return new FailureError(failure("self-test", "The model computes wrong gradients on this device.", { detail }));
}
