/** A model with one stack: an encoder that reads (BERT) or a decoder that writes on (GPT-2, Llama). */
import { FailureError, failure } from "../../lib/failure.ts";
import { scoreRoles } from "../attention/roles.ts";
import type { Baseline, EvaluateRequest, Evaluation, Inputs, Target } from "../gradient.ts";
import type { HeadInside, HeadRef, Model, ModelInfo, RunRequest, Tensor, TextTrace, Token, Watched } from "../model.ts";
import { readTextConfig, type TextConfig, type Told } from "./config.ts";
import { baselineRows, requireTokens } from "./evaluate/baseline.ts";
import { checkEvaluation, movesGates, wantsGradients } from "./evaluate/check.ts";
import { checkGradient } from "./evaluate/checkGradient.ts";
import { directionOf } from "./evaluate/feeds.ts";
import type { OnStep } from "./evaluate/points.ts";
import { evaluateText } from "./evaluate/text.ts";
import type { ModelFiles } from "./files.ts";
import { gateFeeds, type HeadMeans, needsMeans } from "./gates.ts";
import { insideNames, insideOf } from "./inside.ts";
import { argmaxRows, logSums, tokenLosses, topPredictions } from "./logits.ts";
import { EVERYDAY, MeanOutputs } from "./means.ts";
import { openTokenizer } from "./open-tokenizer.ts";
import type { SessionDevice } from "./ort.ts";
import { randomisedFrom } from "./randomised.ts";
import { idTensor } from "./sessions.ts";
import { type GraphChange, namesOf, StackSession } from "./stack.ts";
import { pick, stacked } from "./tensors.ts";
import type { TextTokenizer } from "./tokenizer.ts";
import { Turns } from "./turns.ts";

/** Best candidates that a trace keeps for each position. */
const PREDICTIONS = 5;

/** A text as the model reads it. */
interface Read {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly cut: number;
}

/** A model with one stack that is ready to run. */
export class TextModel implements Model {
  readonly info: ModelInfo;
  private readonly config: TextConfig;
  private readonly tokenizer: TextTokenizer;
  private readonly stack: StackSession;
  /** The same model with a change of its graph. */
  private readonly changed: (change: GraphChange) => Promise<TextModel>;
  private readonly turns = new Turns();
  private means: HeadMeans | null = null;
  /** Whether the device's gradients were found right. */
  private checked = false;
  /** The mean row of the embedding table. */
  private mean: Float32Array | null = null;

  private constructor(
    info: ModelInfo,
    config: TextConfig,
    tokenizer: TextTokenizer,
    stack: StackSession,
    changed: TextModel["changed"],
  ) {
    this.info = info;
    this.config = config;
    this.tokenizer = tokenizer;
    this.stack = stack;
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
    return new TextModel(info, config, tokenizer, stack, changed);
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
      const { tokens } = this.read(request);
      const results = await this.run(tokens, request, insideNames({ ...head, kind }));
      return insideOf(this.info, { ...head, kind }, tokens, tokens, results);
    });
  }

  inputs(run: RunRequest, baseline: Baseline = { kind: "pad" }): Promise<Inputs> {
    return this.turns.take(async () => {
      const { kind } = this.config;
      const { tokens } = this.read(run);
      const stand = baseline.kind === "text" ? requireTokens(this.tokenizer.encode(baseline.text)) : [];
      const own = await this.rows(tokens.map(({ id }) => id));
      const other = await baselineRows(tokens, own, baseline, stand, {
        rows: (ids) => this.rows(ids),
        mean: () => this.meanRow(),
        pad: this.config.pad,
      });
      return { source: tokens, target: null, embeddings: { [kind]: own }, baseline: { [kind]: other } };
    });
  }

  evaluate(request: EvaluateRequest, onStep: OnStep = () => {}): Promise<Evaluation> {
    return this.turns.take(async () => {
      if (wantsGradients(request)) await this.checkGradient(request);
      return this.evaluateNow(request, onStep);
    });
  }

  randomised(layers: number, seed: number): Promise<TextModel> {
    return this.turns.take(async () => this.changed(randomisedFrom(this.info, layers, seed)));
  }

  /** Gives the memory back. */
  release(): Promise<void> {
    return this.stack.release();
  }

  private async evaluateNow(request: EvaluateRequest, onStep: OnStep): Promise<Evaluation> {
    const started = performance.now();
    const { kind } = this.config;
    const { run } = request;
    const { tokens } = this.read(run);
    checkEvaluation(request, this.info, { encoder: 0, decoder: 0, [kind]: tokens.length });
    await this.stack.prepare(wantsGradients(request));
    const means = needsMeans(run) || movesGates(request) ? await this.meanOutputs() : null;
    const ids = tokens.map(({ id }) => id);
    const feeds = (points: number) => ({
      ...textFeeds(ids, run.masked, points),
      ...gateFeeds(this.info, kind, run, means, points),
    });
    const directions = await this.directions(request.targets);
    return evaluateText({ info: this.info, stack: this.stack, tokens, feeds, directions, started }, request, onStep);
  }

  /** Checks the device's gradients once, on the first request that wants any and lets them be checked. */
  private async checkGradient(request: EvaluateRequest): Promise<void> {
    if (this.checked) return;
    const { kind } = this.config;
    const rows = { [kind]: await this.rows(this.read(request.run).tokens.map(({ id }) => id)) };
    this.checked = await checkGradient((probe) => this.evaluateNow(probe, () => {}), rows, request);
  }

  /** The rows of some tokens in the embedding table, `[token, width]`. */
  private async rows(ids: readonly number[]): Promise<Tensor> {
    const name = `embeddings.${this.config.kind}`;
    return rowsOf(pick(await this.runIds(ids, EVERYTHING, [name]), name));
  }

  private async meanRow(): Promise<Float32Array> {
    this.mean ??= await this.stack.meanRow();
    return this.mean;
  }

  /** Where the sentences of an encoder's targets point. */
  private async directions(targets: readonly Target[]): Promise<Float32Array[]> {
    const known = new Map<string, Float32Array>();
    for (const target of targets) {
      if (target.kind !== "similarity" || known.has(target.to)) continue;
      const { sink } = this.stack.parts;
      const { tokens } = this.tokenizer.within(target.to, this.info.limits.source);
      known.set(target.to, directionOf(pick(await this.run(tokens, EVERYTHING, [sink]), sink)));
    }
    return targets.flatMap((target) => (target.kind === "similarity" ? (known.get(target.to) ?? []) : []));
  }

  private async traceNow(request: RunRequest, onStep: () => void): Promise<TextTrace> {
    const started = performance.now();
    const { kind } = this.config;
    const source = this.read(request);
    const hiddenNames = request.include?.includes("hidden") ? this.stack.hiddenNames() : [];
    const names = this.stack.attentionNames(kind);
    onStep();
    const results = await this.run(source.tokens, request, [...this.sinks(), ...names, ...hiddenNames]);
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
      const results = await this.runIds(longer, request, this.sinks());
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

  private read({ source, ids }: RunRequest): Read {
    const limit = this.info.limits.source;
    if (ids === undefined) return this.tokenizer.within(source, limit);
    const kept = ids.slice(0, limit);
    return { ...this.tokenizer.decode(kept), cut: ids.length - kept.length };
  }

  /** The logits of a decoder; an encoder has none that a trace shows. */
  private sinks(): string[] {
    return this.config.kind === "decoder" ? [this.stack.parts.sink] : [];
  }

  private run(tokens: readonly Token[], request: RunRequest, outputs: readonly string[]) {
    return this.runIds(
      tokens.map(({ id }) => id),
      request,
      outputs,
    );
  }

  private async runIds(ids: readonly number[], request: RunRequest, outputs: readonly string[]) {
    const means = needsMeans(request) ? await this.meanOutputs() : null;
    return this.stack.run(
      { ...textFeeds(ids, request.masked), ...gateFeeds(this.info, this.config.kind, request, means) },
      outputs,
    );
  }

  private async meanOutputs(): Promise<HeadMeans> {
    if (this.means) return this.means;
    const { kind } = this.config;
    const names = namesOf(this.stack.parts, kind, "mixed");
    const sums = new MeanOutputs();
    for (const sentence of EVERYDAY) {
      const results = await this.run(
        this.tokenizer.within(sentence, this.info.limits.source).tokens,
        EVERYTHING,
        names,
      );
      sums.add(kind, stacked(names.map((name) => pick(results, name))));
    }
    this.means = sums.means();
    return this.means;
  }
}

const EVERYTHING: RunRequest = { source: "", target: null };

/** What an encoder says of the next token. Made anew for each run, since a run's memory moves out of the worker with it. */
const nothingPredicted = () => ({
  predictions: [],
  loss: 0,
  tokenLoss: new Float32Array(),
  written: null,
  watched: [],
});

/** Whatever a file of one stack may ask for; a session takes the inputs that it has. */
function textFeeds(ids: readonly number[], masked: readonly number[] = [], points = 1) {
  const seen = ids.map((_, place) => (masked.includes(place) ? 0 : 1));
  return {
    input_ids: idTensor(ids, points),
    attention_mask: idTensor(seen, points),
    token_type_ids: idTensor(
      ids.map(() => 0),
      points,
    ),
    position_ids: idTensor([...ids.keys()], points),
  };
}

/** `[1, token, vocabulary]` as `[token, vocabulary]`. */
function rowsOf({ data, shape }: Tensor): Tensor {
  return { data, shape: shape.slice(1) };
}
