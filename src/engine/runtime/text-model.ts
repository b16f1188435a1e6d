/** A model with one stack: an encoder that reads (BERT) or a decoder that writes on (GPT-2, Llama). */
import { FailureError, failure } from "../../lib/failure.ts";
import { scoreRoles } from "../attention/roles.ts";
import type { Baseline, EvaluateRequest, Evaluation, Inputs } from "../gradient.ts";
import type { HeadInside, HeadRef, Model, ModelInfo, RunRequest, Tensor, TextTrace, Token, Watched } from "../model.ts";
import { readTextConfig, type TextConfig, type Told } from "./config.ts";
import type { OnStep } from "./evaluate/points.ts";
import { TextEvaluator } from "./evaluate/textEvaluator.ts";
import type { ModelFiles } from "./files.ts";
import { insideNames, insideOf } from "./inside.ts";
import { argmaxRows, logSums, tokenLosses, topPredictions } from "./logits.ts";
import { openTokenizer } from "./open-tokenizer.ts";
import type { SessionDevice } from "./ort.ts";
import { randomisedFrom } from "./randomised.ts";
import { type GraphChange, StackSession } from "./stack.ts";
import { pick, stacked } from "./tensors.ts";
import { rowsOf, TextRuns } from "./text-runs.ts";
import type { TextTokenizer } from "./tokenizer.ts";
import { Turns } from "./turns.ts";

/** Best candidates that a trace keeps for each position. */
const PREDICTIONS = 5;

/** A model with one stack that is ready to run. */
export class TextModel implements Model {
  readonly info: ModelInfo;
  private readonly config: TextConfig;
  private readonly tokenizer: TextTokenizer;
  private readonly stack: StackSession;
  private readonly runs: TextRuns;
  private readonly evaluator: TextEvaluator;
  /** The same model with a change of its graph. */
  private readonly changed: (change: GraphChange) => Promise<TextModel>;
  private readonly turns = new Turns();

  private constructor(runs: TextRuns, changed: TextModel["changed"]) {
    this.info = runs.info;
    this.config = runs.config;
    this.tokenizer = runs.tokenizer;
    this.stack = runs.stack;
    this.runs = runs;
    this.evaluator = new TextEvaluator(runs);
    this.changed = changed;
  }

  /** Opens a model from its files; the runtime must have been started. `told` is what its files do not say. */
  static async open(files: ModelFiles, told: Told, device: SessionDevice, change?: GraphChange): Promise<TextModel> {
    const generation = files.has("generation_config.json") ? await files.readJson("generation_config.json") : {};
    const config = readTextConfig(await files.readJson("config.json"), generation);
    const tokenizer = await openTokenizer(files);
    const { kind, architecture, heads, width, headWidth, vocabulary } = config;
    const stack = await StackSession.open(files, "onnx/model.onnx", {
      stack: kind,
      device,
      aim: kind === "encoder" ? "similarity" : "token",
      sizes: { width, vocabulary },
      ...(change && { change }),
    });
    const info: ModelInfo = {
      ...told,
      family: kind,
      architecture,
      layers: { encoder: 0, decoder: 0, [kind]: stack.parts.layers },
      heads,
      width,
      headWidth,
      vocabulary,
      parameters: files.manifest.parameters ?? stack.parameters,
      bytes: files.bytes,
    };
    const changed = (other: GraphChange) => TextModel.open(files, told, device, other);
    return new TextModel(new TextRuns(info, config, tokenizer, stack), changed);
  }

  tokenize(text: string): readonly Token[] {
    return this.tokenizer.encode(text);
  }

  decode(ids: readonly number[]) {
    return this.tokenizer.decode(ids);
  }

  trace(request: RunRequest, onStep: () => void = () => {}): Promise<TextTrace> {
    return this.turns.take(() => this.traceNow(request, onStep));
  }

  inspect(request: RunRequest, head: HeadRef): Promise<HeadInside> {
    return this.turns.take(async () => {
      const { kind } = this.config;
      const { tokens } = this.runs.read(request);
      const results = await this.runs.run(tokens, request, insideNames({ ...head, kind }));
      return insideOf(this.info, { ...head, kind }, tokens, tokens, results);
    });
  }

  inputs(run: RunRequest, baseline: Baseline = { kind: "pad" }): Promise<Inputs> {
    return this.turns.take(() => this.evaluator.inputs(run, baseline));
  }

  evaluate(request: EvaluateRequest, onStep: OnStep = () => {}): Promise<Evaluation> {
    return this.turns.take(() => this.evaluator.evaluate(request, onStep));
  }

  randomised(layers: number, seed: number): Promise<TextModel> {
    return this.turns.take(async () => this.changed(randomisedFrom(this.info, layers, seed)));
  }

  /** Gives the memory back. */
  release(): Promise<void> {
    return this.stack.release();
  }

  private async traceNow(request: RunRequest, onStep: () => void): Promise<TextTrace> {
    const started = performance.now();
    const { kind } = this.config;
    const source = this.runs.read(request);
    const hiddenNames = request.include?.includes("hidden") ? this.stack.hiddenNames() : [];
    const names = this.stack.attentionNames(kind);
    onStep();
    const results = await this.runs.run(source.tokens, request, [...this.runs.sinks(), ...names, ...hiddenNames]);
    const trace = {
      model: this.info.id,
      kind,
      source: { text: source.text, tokens: source.tokens },
      target: null,
      attention: { [kind]: stacked(names.map((name) => pick(results, name))) },
    } as const;
    const hidden = stacked(hiddenNames.map((name) => pick(results, name)));
    return {
      ...trace,
      roles: scoreRoles(trace),
      ...(kind === "decoder" ? await this.predict(source.tokens, request, results, onStep) : nothingPredicted()),
      ...(hiddenNames.length > 0 && { hidden: { [kind]: hidden } }),
      cut: { source: source.cut, target: 0 },
      milliseconds: performance.now() - started,
    };
  }

  /** What a decoder says about the next token, after each token. */
  private async predict(
    tokens: readonly Token[],
    request: RunRequest,
    results: Readonly<Record<string, Tensor>>,
    onStep: () => void,
  ) {
    const logits = rowsOf(pick(results, this.stack.parts.sink));
    const totals = logSums(logits);
    const next = tokens.slice(1).map(({ id }) => id);
    const tokenLoss = tokenLosses(logits, totals, next);
    return {
      predictions: topPredictions(logits, totals, PREDICTIONS, (id) => this.tokenizer.piece(id)),
      loss: tokenLoss.reduce((sum, loss) => sum + loss, 0) / Math.max(1, tokenLoss.length),
      tokenLoss,
      written: request.write ? await this.write(tokens, request, logits, onStep) : null,
      watched: (request.watch ?? []).map((word) => this.watched(word, logits, totals)),
      ...(request.include?.includes("logits") && { logits }),
    };
  }

  /** Writes on greedily, token by token, until the text ends or the limit is reached. */
  private async write(tokens: readonly Token[], request: RunRequest, logits: Tensor, onStep: () => void) {
    const room = Math.min(request.write ?? 0, this.info.limits.source - tokens.length);
    const ids: number[] = [];
    let said = argmaxRows(logits).at(-1);
    while (said !== undefined && ids.length < room && !this.config.ends.includes(said)) {
      ids.push(said);
      if (ids.length === room) break;
      onStep();
      const longer = [...tokens.map(({ id }) => id), ...ids];
      const results = await this.runs.runIds(longer, request, this.runs.sinks());
      said = argmaxRows(pick(results, this.stack.parts.sink)).at(-1);
    }
    return this.tokenizer.decode(ids);
  }

  /** The chances of a word's first token as the next one. */
  private watched(word: string, logits: Tensor, totals: Float64Array): Watched {
    const first = this.tokenizer.encode(`a ${word}`).find((token) => !token.special && token.end > 1);
    if (!first) {
      throw new FailureError(failure("bad-input", "A word to watch is empty.", { action: "none" }));
    }
    const last = totals.length - 1;
    const logit = logits.data[last * this.info.vocabulary + first.id] ?? Number.NaN;
    const probability = Math.exp(logit - (totals[last] ?? Number.NaN));
    return { word, id: first.id, piece: first.piece, logit, probability };
  }
}

/** What an encoder says of the next token. Made anew for each run, since a run's memory moves out of the worker with it. */
const nothingPredicted = () => ({
  predictions: [],
  loss: 0,
  tokenLoss: new Float32Array(),
  written: null,
  watched: [],
});
