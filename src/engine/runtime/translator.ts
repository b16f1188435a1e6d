/** An encoder–decoder of the T5 kind: text in, one run, and everything that the run left behind out. */
import { scoreRoles } from "../attention/roles.ts";
import type { Baseline, EvaluateRequest, Evaluation, Inputs } from "../gradient.ts";
import type {
  AttentionKind,
  HeadInside,
  HeadRef,
  Model,
  ModelInfo,
  RunRequest,
  Stack,
  Tensor,
  Trace,
} from "../model.ts";
import { readConfig, type Told } from "./config.ts";
import type { OnStep } from "./evaluate/points.ts";
import { TranslationEvaluator } from "./evaluate/translationEvaluator.ts";
import type { ModelFiles } from "./files.ts";
import { needsMeans, stackOf } from "./gates.ts";
import { insideNames, insideOf } from "./inside.ts";
import { logSums, tokenLosses, topPredictions } from "./logits.ts";
import { openTokenizer } from "./open-tokenizer.ts";
import type { SessionDevice } from "./ort.ts";
import { randomisedFrom } from "./randomised.ts";
import { type GraphChange, StackSession } from "./stack.ts";
import { pick, stacked } from "./tensors.ts";
import type { TextTokenizer } from "./tokenizer.ts";
import { logitsOf, type Run, TranslatorRuns } from "./translator-runs.ts";
import { Turns } from "./turns.ts";

/** Best candidates that a trace keeps for each position. */
const PREDICTIONS = 5;

/** A model that is ready to run. One run at a time. */
export class Translator implements Model {
  readonly info: ModelInfo;
  readonly tokenizer: TextTokenizer;
  private readonly stacks: Readonly<Record<Stack, StackSession>>;
  private readonly runs: TranslatorRuns;
  private readonly evaluator: TranslationEvaluator;
  /** The same model with a change of its graphs. */
  private readonly changed: (change: GraphChange) => Promise<Translator>;
  private readonly turns = new Turns();

  private constructor(runs: TranslatorRuns, changed: Translator["changed"]) {
    this.info = runs.info;
    this.tokenizer = runs.tokenizer;
    this.stacks = runs.stacks;
    this.runs = runs;
    this.evaluator = new TranslationEvaluator(runs);
    this.changed = changed;
  }

  /** Opens a model from its files; the runtime must have been started. `told` is what its files do not say. */
  static async open(files: ModelFiles, told: Told, device: SessionDevice, change?: GraphChange): Promise<Translator> {
    const config = readConfig(await files.readJson("config.json"), await files.readJson("generation_config.json"));
    const tokenizer = await openTokenizer(files);
    const { architecture, heads, width, headWidth, vocabulary } = config;
    const plan = { device, sizes: { width, vocabulary }, ...(change && { change }) };
    const encoder = await StackSession.open(files, "onnx/encoder_model.onnx", { ...plan, stack: "encoder", aim: null });
    const decoder = await StackSession.open(files, "onnx/decoder_model_merged.onnx", {
      ...plan,
      stack: "decoder",
      aim: "token",
    });
    const shared = config.tied ? vocabulary * width : 0;
    const info: ModelInfo = {
      ...told,
      family: "encoder-decoder",
      architecture,
      layers: { encoder: encoder.parts.layers, decoder: decoder.parts.layers },
      heads,
      width,
      headWidth,
      vocabulary,
      parameters: encoder.parameters + decoder.parameters - shared,
      bytes: files.bytes,
    };
    const changed = (other: GraphChange) => Translator.open(files, told, device, other);
    return new Translator(new TranslatorRuns(info, config, tokenizer, { encoder, decoder }), changed);
  }

  tokenize(text: string, side: "source" | "target" = "source") {
    return this.tokenizer.encode(text, side === "source" ? this.info.instruction : "");
  }

  decode(ids: readonly number[]) {
    return this.tokenizer.decode(ids);
  }

  /** Runs the model once, and a few times more where it writes the target; `onStep` is called before each of these runs. */
  trace(request: RunRequest, onStep: () => void = () => {}): Promise<Trace> {
    return this.turns.take(async () => {
      const means = needsMeans(request) ? await this.runs.meanOutputs() : null;
      return this.traceNow({ request, means, outputs: [] }, onStep);
    });
  }

  inspect(request: RunRequest, head: HeadRef): Promise<HeadInside> {
    return this.turns.take(() => this.inspectNow(request, head));
  }

  inputs(run: RunRequest, baseline: Baseline = { kind: "pad" }): Promise<Inputs> {
    return this.turns.take(() => this.evaluator.inputs(run, baseline));
  }

  evaluate(request: EvaluateRequest, onStep: OnStep = () => {}): Promise<Evaluation> {
    return this.turns.take(() => this.evaluator.evaluate(request, onStep));
  }

  randomised(layers: number, seed: number): Promise<Translator> {
    return this.turns.take(async () => this.changed(randomisedFrom(this.info, layers, seed)));
  }

  /** Gives the memory back. */
  async release(): Promise<void> {
    await Promise.all([this.stacks.encoder.release(), this.stacks.decoder.release()]);
  }

  private async traceNow(run: Run, onStep: () => void): Promise<Trace> {
    const started = performance.now();
    const { request } = run;
    const source = this.runs.read(request);
    const encoded = await this.runs.encode(source, run);
    const states = pick(encoded, this.stacks.encoder.parts.sink);
    const { target, decoded } = await this.runs.answer(source, states, run, onStep);
    const ids = target.tokens.map(({ id }) => id);
    const logits = logitsOf(decoded, this.stacks.decoder.parts.sink);
    const totals = logSums(logits);
    const tokenLoss = tokenLosses(logits, totals, ids);
    const trace = {
      model: this.info.id,
      source: { text: source.text, tokens: source.tokens },
      target: {
        text: target.text,
        origin: request.target === null ? ("generated" as const) : ("typed" as const),
        written: target.tokens,
        read: this.runs.readBy(target),
      },
      attention: {
        encoder: this.attention("encoder", encoded),
        decoder: this.attention("decoder", decoded),
        cross: this.attention("cross", decoded),
      },
    };
    return {
      ...trace,
      roles: scoreRoles(trace, request.alignment),
      predictions: topPredictions(logits, totals, PREDICTIONS, (id) => this.tokenizer.piece(id)),
      loss: tokenLoss.reduce((sum, loss) => sum + loss, 0) / tokenLoss.length,
      tokenLoss,
      logitsShape: [ids.length, this.info.vocabulary],
      ...(request.include?.includes("logits") && { logits }),
      ...(request.include?.includes("hidden") && {
        hidden: { encoder: this.hidden("encoder", encoded), decoder: this.hidden("decoder", decoded) },
      }),
      cut: { source: source.cut, target: target.cut },
      milliseconds: performance.now() - started,
    };
  }

  private async inspectNow(request: RunRequest, head: HeadRef): Promise<HeadInside> {
    const source = this.runs.read(request);
    const run = { request, means: null, outputs: insideNames(head) };
    const encoded = await this.runs.encode(source, run);
    if (head.kind === "encoder") return insideOf(this.info, head, source.tokens, source.tokens, encoded);
    const states = pick(encoded, this.stacks.encoder.parts.sink);
    const { target, decoded } = await this.runs.answer(source, states, run, () => {});
    const read = this.runs.readBy(target);
    const queries = head.kind === "cross" ? target.tokens : read;
    return insideOf(this.info, head, queries, head.kind === "cross" ? source.tokens : read, decoded);
  }

  private attention(kind: AttentionKind, results: Readonly<Record<string, Tensor>>): Tensor {
    return stacked(this.stacks[stackOf(kind)].attentionNames(kind).map((name) => pick(results, name)));
  }

  private hidden(stack: Stack, results: Readonly<Record<string, Tensor>>): Tensor {
    return stacked(this.stacks[stack].hiddenNames().map((name) => pick(results, name)));
  }
}
