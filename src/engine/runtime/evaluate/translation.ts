/** Evaluations of an encoder–decoder: the gradient crosses from the decoder's graph to the encoder's. */
import type { EvaluateRequest, Evaluation } from "../../gradient.ts";
import type { ModelInfo, Stack, Tensor } from "../../model.ts";
import { gradientName, STATES } from "../edits.ts";
import { type Feeds, floatTensor } from "../sessions.ts";
import type { StackSession } from "../stack.ts";
import { pick, repeated } from "../tensors.ts";
import type { Lengths } from "./check.ts";
import type { Chunk } from "./chunks.ts";
import { backwardFeeds, differIn, shiftFeeds, targetsOf, tokenFeeds } from "./feeds.ts";
import { type OnStep, overPoints } from "./points.ts";
import { type Collected, gradientsOf, includedOf, type Wanted } from "./wanted.ts";

/** What an evaluation of an encoder–decoder needs of it. */
export interface TranslationRun {
  readonly info: ModelInfo;
  /** Prepared. */
  readonly stacks: Readonly<Record<Stack, StackSession>>;
  readonly lengths: Lengths;
  /** What the texts and the switches of their heads feed, as many times as there are points; states of the encoder apart. */
  feeds(stack: Stack, points: number): Feeds;
  readonly started: number;
}

/** Runs a checked request. */
export function evaluateTranslation(
  run: TranslationRun,
  request: EvaluateRequest,
  onStep: OnStep,
): Promise<Evaluation> {
  const { info, lengths, started } = run;
  const { shifts = [], gradients = [] } = request;
  const still = !differIn(shifts, "encoder");
  const shared = gradients.length === 0 && still && !differIn(shifts, "decoder");
  const passes = new Passes(run, request, shared);
  let states: Tensor | undefined;
  return overPoints(request, { info, lengths, shared, started, run: runChunk }, onStep);

  async function runChunk(chunk: Chunk, collected: Collected): Promise<Float32Array> {
    // What no point changes, the encoder says once.
    if (states === undefined || !still) {
      states = await passes.encode(
        still ? { from: 0, count: request.points } : chunk,
        still ? 1 : chunk.count,
        collected,
      );
    }
    const { values, seed } = await passes.decode(chunk, states, collected);
    if (seed) await passes.back(chunk, seed, collected);
    return values;
  }
}

/** The passes through the two stacks that make up a run. */
class Passes {
  private readonly run: TranslationRun;
  private readonly request: EvaluateRequest;
  private readonly shared: boolean;

  constructor(run: TranslationRun, request: EvaluateRequest, shared: boolean) {
    this.run = run;
    this.request = request;
    this.shared = shared;
  }

  /** The encoder forward: its states, `[point or 1, token, width]`. */
  async encode(chunk: Chunk, points: number, collected: Collected): Promise<Tensor> {
    const { sink } = this.run.stacks.encoder.parts;
    const results = await this.pass(
      "encoder",
      chunk,
      points,
      {},
      includedOf(this.run.stacks.encoder, this.request),
      collected,
      [sink],
    );
    return pick(results, sink);
  }

  /** The decoder forward, and back where gradients are wanted: the followed numbers, and the gradient of the encoder's states. */
  async decode(chunk: Chunk, states: Tensor, collected: Collected) {
    const { info, lengths, stacks } = this.run;
    const { targets, gradients = [] } = this.request;
    const points = this.shared ? 1 : chunk.count;
    const feeds = {
      [STATES]: floatTensor(repeated(states, points)),
      ...tokenFeeds(targetsOf(targets, chunk), lengths.decoder, info.vocabulary),
      ...backwardFeeds(gradients, "objective"),
    };
    const wanted = [...includedOf(stacks.decoder, this.request), ...gradientsOf(stacks.decoder, this.request)];
    const crossing = gradients.length > 0 ? [gradientName(STATES)] : [];
    const results = await this.pass("decoder", chunk, points, feeds, wanted, collected, ["objective", ...crossing]);
    return {
      values: pick(results, "objective").data,
      seed: crossing.length > 0 ? results[gradientName(STATES)] : undefined,
    };
  }

  /** The encoder back. */
  async back(chunk: Chunk, seed: Tensor, collected: Collected): Promise<void> {
    const feeds = backwardFeeds(this.request.gradients ?? [], "hidden", seed);
    await this.pass(
      "encoder",
      chunk,
      chunk.count,
      feeds,
      gradientsOf(this.run.stacks.encoder, this.request),
      collected,
      [],
    );
  }

  private async pass(
    stack: Stack,
    chunk: Chunk,
    points: number,
    feeds: Feeds,
    wanted: readonly Wanted[],
    collected: Collected,
    outputs: readonly string[],
  ): Promise<Record<string, Tensor>> {
    const all = { ...this.run.feeds(stack, points), ...shiftFeeds(this.request.shifts ?? [], stack, chunk), ...feeds };
    const results = await this.run.stacks[stack].run(all, [...outputs, ...wanted.flatMap(({ names }) => names)]);
    collected.add(wanted, results, chunk.from, chunk.count);
    return results;
  }
}
