/** The meter of a study of attributions: runs the model, counts what that costs, tells how far it is, stops when told to. */
import { paceOf, type StudyTools } from "../attention/studyTools.ts";
import type { Cost, EvaluateRequest, Evaluation } from "../gradient.ts";
import type { Model } from "../model.ts";

/** Runs a model for a method. */
export interface Runner {
  readonly model: Model;
  /** As `Model.evaluate`; throws a `FailureError` ("cancelled") when the study is to stop. */
  readonly evaluate: (request: EvaluateRequest) => Promise<Evaluation>;
  /** What all runs since the last call took. */
  readonly takeCost: () => Cost;
}

const NOTHING: Cost = { forward: 0, backward: 0, milliseconds: 0 };

/**
 * A runner that reports to `tools`.
 *
 * @param total the runs (points) of the study, or the most that it may take
 */
export function runnerOf(model: Model, tools: StudyTools, total: number): Runner {
  const pace = paceOf(tools, total);
  let done = 0;
  let cost = NOTHING;
  return {
    model,
    evaluate: async (request) => {
      const evaluation = await model.evaluate(request, (points) => pace.reached(done + points));
      done += request.points;
      cost = sumOf(cost, evaluation.cost);
      await pace.reached(done);
      return evaluation;
    },
    takeCost: () => {
      const taken = cost;
      cost = NOTHING;
      return taken;
    },
  };
}

function sumOf(a: Cost, b: Cost): Cost {
  return {
    forward: a.forward + b.forward,
    backward: a.backward + b.backward,
    milliseconds: a.milliseconds + b.milliseconds,
  };
}
