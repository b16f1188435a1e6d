/** Inputs and evaluations of an encoder–decoder. */
import type { Baseline, EvaluateRequest, Evaluation, Inputs } from "../../gradient.ts";
import type { RunRequest, Stack, Token } from "../../model.ts";
import { gateFeeds, needsMeans } from "../gates.ts";
import { idTensor } from "../sessions.ts";
import { idsOf, maskOf, type TranslatorRuns } from "../translator-runs.ts";
import { baselineRows, requireTokens } from "./baseline.ts";
import { checkEvaluation, movesGates, wantsGradients } from "./check.ts";
import { checkGradient } from "./checkGradient.ts";
import type { OnStep } from "./points.ts";
import { evaluateTranslation } from "./translation.ts";

/** Answers `Model.inputs` and `Model.evaluate`. One at a time: whoever calls sees to that. */
export class TranslationEvaluator {
  private readonly runs: TranslatorRuns;
  /** Whether the device's gradients were found right. */
  private checked = false;

  constructor(runs: TranslatorRuns) {
    this.runs = runs;
  }

  async inputs(run: RunRequest, baseline: Baseline): Promise<Inputs> {
    const { info, tokenizer } = this.runs;
    const source = this.runs.read(run);
    const target = await this.runs.targetOf(source, run);
    const read = this.runs.readBy(target);
    const stand = baseline.kind === "text" ? requireTokens(tokenizer.encode(baseline.text, info.instruction)) : [];
    const encoder = await this.rowsOf("encoder", source.tokens, baseline, stand);
    const decoder = await this.rowsOf("decoder", read, baseline, []);
    return {
      source: source.tokens,
      target: { read, written: target.tokens },
      embeddings: { encoder: encoder.own, decoder: decoder.own },
      baseline: { encoder: encoder.baseline, decoder: decoder.baseline },
    };
  }

  async evaluate(request: EvaluateRequest, onStep: OnStep): Promise<Evaluation> {
    if (wantsGradients(request)) await this.checkGradient(request);
    return this.evaluateNow(request, onStep);
  }

  private async evaluateNow(request: EvaluateRequest, onStep: OnStep): Promise<Evaluation> {
    const started = performance.now();
    const { run } = request;
    const means = needsMeans(run) || movesGates(request) ? await this.runs.meanOutputs() : null;
    const source = this.runs.read(run);
    const read = this.runs.readBy(await this.runs.targetOf(source, run));
    const lengths = { encoder: source.tokens.length, decoder: read.length };
    checkEvaluation(request, this.runs.info, lengths);
    for (const stack of Object.values(this.runs.stacks)) await stack.prepare(wantsGradients(request));
    const feeds = (stack: Stack, points: number) => ({
      input_ids: idTensor(idsOf(stack === "encoder" ? source.tokens : read), points),
      [stack === "encoder" ? "attention_mask" : "encoder_attention_mask"]: maskOf(source, run, points),
      ...gateFeeds(this.runs.info, stack, run, means, points),
    });
    return evaluateTranslation(
      { info: this.runs.info, stacks: this.runs.stacks, lengths, feeds, started },
      request,
      onStep,
    );
  }

  /** Checks the device's gradients once, on the first request that wants any and lets them be checked. */
  private async checkGradient(request: EvaluateRequest): Promise<void> {
    if (this.checked) return;
    const source = this.runs.read(request.run);
    const read = this.runs.readBy(await this.runs.targetOf(source, request.run));
    const rows = {
      encoder: await this.runs.lookup("encoder", idsOf(source.tokens)),
      decoder: await this.runs.lookup("decoder", idsOf(read)),
    };
    this.checked = await checkGradient((probe) => this.evaluateNow(probe, () => {}), rows, request);
  }

  /** Rows of the embedding table for the tokens of a stack and for the baseline, each `[token, width]`. */
  private async rowsOf(stack: Stack, tokens: readonly Token[], baseline: Baseline, stand: readonly Token[]) {
    const rows = (ids: readonly number[]) => this.runs.lookup(stack, ids);
    const own = await rows(idsOf(tokens));
    const lookup = { rows, mean: () => this.runs.meanRow(stack), pad: this.runs.config.pad };
    return { own, baseline: await baselineRows(tokens, own, baseline, stand, lookup) };
  }
}
