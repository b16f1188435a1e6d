/** Inputs and evaluations of a model with one stack. */
import type { Baseline, EvaluateRequest, Evaluation, Inputs, Target } from "../../gradient.ts";
import type { RunRequest } from "../../model.ts";
import { gateFeeds, needsMeans } from "../gates.ts";
import { pick } from "../tensors.ts";
import { EVERYTHING, type TextRuns, textFeeds } from "../text-runs.ts";
import { baselineRows, requireTokens } from "./baseline.ts";
import { checkEvaluation, movesGates, wantsGradients } from "./check.ts";
import { checkGradient } from "./checkGradient.ts";
import { directionOf } from "./feeds.ts";
import type { OnStep } from "./points.ts";
import { evaluateText } from "./text.ts";

/** Answers `Model.inputs` and `Model.evaluate`. One at a time: whoever calls sees to that. */
export class TextEvaluator {
  private readonly runs: TextRuns;
  /** Whether the device's gradients were found right. */
  private checked = false;

  constructor(runs: TextRuns) {
    this.runs = runs;
  }

  async inputs(run: RunRequest, baseline: Baseline): Promise<Inputs> {
    const { config, tokenizer } = this.runs;
    const { tokens } = this.runs.read(run);
    const stand = baseline.kind === "text" ? requireTokens(tokenizer.encode(baseline.text)) : [];
    const own = await this.runs.rows(tokens.map(({ id }) => id));
    const other = await baselineRows(tokens, own, baseline, stand, {
      rows: (ids) => this.runs.rows(ids),
      mean: () => this.runs.meanRow(),
      pad: config.pad,
    });
    return { source: tokens, target: null, embeddings: { [config.kind]: own }, baseline: { [config.kind]: other } };
  }

  async evaluate(request: EvaluateRequest, onStep: OnStep): Promise<Evaluation> {
    if (wantsGradients(request)) await this.checkGradient(request);
    return this.evaluateNow(request, onStep);
  }

  private async evaluateNow(request: EvaluateRequest, onStep: OnStep): Promise<Evaluation> {
    const started = performance.now();
    const { kind } = this.runs.config;
    const { run } = request;
    const { tokens } = this.runs.read(run);
    checkEvaluation(request, this.runs.info, { encoder: 0, decoder: 0, [kind]: tokens.length });
    await this.runs.stack.prepare(wantsGradients(request));
    const means = needsMeans(run) || movesGates(request) ? await this.runs.meanOutputs() : null;
    const ids = tokens.map(({ id }) => id);
    const feeds = (points: number) => ({
      ...textFeeds(ids, run.masked, points),
      ...gateFeeds(this.runs.info, kind, run, means, points),
    });
    const directions = await this.directions(request.targets);
    return evaluateText(
      { info: this.runs.info, stack: this.runs.stack, tokens, feeds, directions, started },
      request,
      onStep,
    );
  }

  /** Checks the device's gradients once, on the first request that wants any and lets them be checked. */
  private async checkGradient(request: EvaluateRequest): Promise<void> {
    if (this.checked) return;
    const { kind } = this.runs.config;
    const rows = { [kind]: await this.runs.rows(this.runs.read(request.run).tokens.map(({ id }) => id)) };
    this.checked = await checkGradient((probe) => this.evaluateNow(probe, () => {}), rows, request);
  }

  /** Where the sentences of an encoder's targets point. */
  private async directions(targets: readonly Target[]): Promise<Float32Array[]> {
    const known = new Map<string, Float32Array>();
    for (const target of targets) {
      if (target.kind !== "similarity" || known.has(target.to)) continue;
      const { sink } = this.runs.stack.parts;
      const { tokens } = this.runs.tokenizer.within(target.to, this.runs.info.limits.source);
      known.set(target.to, directionOf(pick(await this.runs.run(tokens, EVERYTHING, [sink]), sink)));
    }
    return targets.flatMap((target) => (target.kind === "similarity" ? (known.get(target.to) ?? []) : []));
  }
}
