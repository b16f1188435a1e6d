/** Evaluations of a model with one stack. */
import type { EvaluateRequest, Evaluation } from "../../gradient.ts";
import type { ModelInfo, Token } from "../../model.ts";
import type { Feeds } from "../sessions.ts";
import type { StackSession } from "../stack.ts";
import { pick } from "../tensors.ts";
import { backwardFeeds, differIn, shiftFeeds, similarityFeeds, targetsOf, tokenFeeds } from "./feeds.ts";
import { type OnStep, overPoints } from "./points.ts";
import { gradientsOf, includedOf } from "./wanted.ts";

/** What an evaluation of a model with one stack needs of it. */
export interface TextRun {
  readonly info: ModelInfo;
  /** Prepared. */
  readonly stack: StackSession;
  readonly tokens: readonly Token[];
  /** What the text and the switches of its heads feed, as many times as there are points. */
  feeds(points: number): Feeds;
  /** Encoder: where each target's sentence points. */
  readonly directions: readonly Float32Array[];
  readonly started: number;
}

/** Runs a checked request. */
export function evaluateText(run: TextRun, request: EvaluateRequest, onStep: OnStep): Promise<Evaluation> {
  const { info, stack, tokens, directions, started } = run;
  const { targets, shifts = [], gradients = [] } = request;
  const kind = stack.parts.stack;
  const shared = gradients.length === 0 && !differIn(shifts, kind);
  const wanted = [...includedOf(stack, request), ...gradientsOf(stack, request)];
  const lengths = { encoder: 0, decoder: 0, [kind]: tokens.length };
  return overPoints(request, { info, lengths, shared, started, run: runChunk }, onStep);

  async function runChunk(...[chunk, collected]: Parameters<Parameters<typeof overPoints>[1]["run"]>) {
    const aimed =
      kind === "encoder"
        ? similarityFeeds(targetsOf(directions, chunk), tokens.length)
        : tokenFeeds(targetsOf(targets, chunk), tokens.length, info.vocabulary);
    const feeds = {
      ...run.feeds(shared ? 1 : chunk.count),
      ...shiftFeeds(shifts, kind, chunk),
      ...aimed,
      ...backwardFeeds(gradients, "objective"),
    };
    const results = await stack.run(feeds, ["objective", ...wanted.flatMap(({ names }) => names)]);
    collected.add(wanted, results, chunk.from, chunk.count);
    return pick(results, "objective").data;
  }
}
