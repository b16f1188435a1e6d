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
  Token,
  Trace,
} from "../model.ts";
import { readConfig, type T5Config, type Told } from "./config.ts";
import { baselineRows, requireTokens } from "./evaluate/baseline.ts";
import { checkEvaluation, movesGates, wantsGradients } from "./evaluate/check.ts";
import { checkGradient } from "./evaluate/checkGradient.ts";
import type { OnStep } from "./evaluate/points.ts";
import { evaluateTranslation } from "./evaluate/translation.ts";
import type { ModelFiles } from "./files.ts";
import { gateFeeds, type HeadMeans, kindsOf, needsMeans, stackOf } from "./gates.ts";
import { insideNames, insideOf } from "./inside.ts";
import { argmaxRows, logSums, tokenLosses, topPredictions } from "./logits.ts";
import { EVERYDAY, MeanOutputs } from "./means.ts";
import { openTokenizer } from "./open-tokenizer.ts";
import type { SessionDevice } from "./ort.ts";
import { randomisedFrom } from "./randomised.ts";
import { floatTensor, idTensor } from "./sessions.ts";
import { type GraphChange, namesOf, StackSession } from "./stack.ts";
import { pick, stacked } from "./tensors.ts";
import type { ReadText, TextTokenizer } from "./tokenizer.ts";
import { Turns } from "./turns.ts";

/** Best candidates that a trace keeps for each position. */
const PREDICTIONS = 5;

/** A request with what it needs besides: the means where heads are filled with them, further outputs of the decoder. */
interface Run {
  readonly request: RunRequest;
  readonly means: HeadMeans | null;
  readonly outputs: readonly string[];
}

/** A model that is ready to run. One run at a time. */
export class Translator implements Model {
  readonly info: ModelInfo;
  readonly tokenizer: TextTokenizer;
  private readonly config: T5Config;
  private readonly stacks: Readonly<Record<Stack, StackSession>>;
  /** The same model with a change of its graphs. */
  private readonly changed: (change: GraphChange) => Promise<Translator>;
  private readonly turns = new Turns();
  /** Ids of the last text that the model wrote, without its end: the first guess at the next. */
  private lastWritten: readonly number[] = [];
  private means: HeadMeans | null = null;
  /** Whether the device's gradients were found right. */
  private checked = false;
  /** The mean rows of the embedding tables. */
  private readonly meanRows: Partial<Record<Stack, Float32Array>> = {};

  private constructor(
    info: ModelInfo,
    config: T5Config,
    tokenizer: TextTokenizer,
    stacks: Translator["stacks"],
    changed: Translator["changed"],
  ) {
    this.info = info;
    this.config = config;
    this.tokenizer = tokenizer;
    this.stacks = stacks;
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
    return new Translator(info, config, tokenizer, { encoder, decoder }, changed);
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
      const means = needsMeans(request) ? await this.meanOutputs() : null;
      return this.traceNow({ request, means, outputs: [] }, onStep);
    });
  }

  inspect(request: RunRequest, head: HeadRef): Promise<HeadInside> {
    return this.turns.take(() => this.inspectNow(request, head));
  }

  inputs(run: RunRequest, baseline: Baseline = { kind: "pad" }): Promise<Inputs> {
    return this.turns.take(async () => {
      const source = this.read(run);
      const target = await this.targetOf(source, run);
      const read = this.readBy(target);
      const stand = baseline.kind === "text" ? requireTokens(this.tokenize(baseline.text)) : [];
      const encoder = await this.rowsOf("encoder", source.tokens, baseline, stand);
      const decoder = await this.rowsOf("decoder", read, baseline, []);
      return {
        source: source.tokens,
        target: { read, written: target.tokens },
        embeddings: { encoder: encoder.own, decoder: decoder.own },
        baseline: { encoder: encoder.baseline, decoder: decoder.baseline },
      };
    });
  }

  evaluate(request: EvaluateRequest, onStep: OnStep = () => {}): Promise<Evaluation> {
    return this.turns.take(async () => {
      if (wantsGradients(request)) await this.checkGradient(request);
      return this.evaluateNow(request, onStep);
    });
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
    const source = this.read(request);
    const encoded = await this.encode(source, run);
    const states = pick(encoded, this.stacks.encoder.parts.sink);
    const { target, decoded } = await this.answer(source, states, run, onStep);
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
        read: this.readBy(target),
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
    const source = this.read(request);
    const run = { request, means: null, outputs: insideNames(head) };
    const encoded = await this.encode(source, run);
    if (head.kind === "encoder") return insideOf(this.info, head, source.tokens, source.tokens, encoded);
    const states = pick(encoded, this.stacks.encoder.parts.sink);
    const { target, decoded } = await this.answer(source, states, run, () => {});
    const read = this.readBy(target);
    const queries = head.kind === "cross" ? target.tokens : read;
    return insideOf(this.info, head, queries, head.kind === "cross" ? source.tokens : read, decoded);
  }

  private read({ source }: RunRequest): ReadText {
    return this.tokenizer.within(source, this.info.limits.source, this.info.instruction);
  }

  /** The tokens that the decoder reads while it writes a target. */
  private readBy({ tokens }: Pick<ReadText, "tokens">) {
    return [this.tokenizer.special(this.config.start), ...tokens.slice(0, -1)];
  }

  private encode(source: ReadText, run: Run) {
    const feeds = {
      input_ids: idTensor(source.tokens.map(({ id }) => id)),
      attention_mask: maskOf(source, run.request),
      ...gateFeeds(this.info, "encoder", run.request, run.means),
    };
    const { sink } = this.stacks.encoder.parts;
    return this.stacks.encoder.run(feeds, [sink, ...this.outputs("encoder", run)]);
  }

  private async evaluateNow(request: EvaluateRequest, onStep: OnStep): Promise<Evaluation> {
    const started = performance.now();
    const { run } = request;
    const means = needsMeans(run) || movesGates(request) ? await this.meanOutputs() : null;
    const source = this.read(run);
    const read = this.readBy(await this.targetOf(source, run));
    const lengths = { encoder: source.tokens.length, decoder: read.length };
    checkEvaluation(request, this.info, lengths);
    for (const stack of Object.values(this.stacks)) await stack.prepare(wantsGradients(request));
    const feeds = (stack: Stack, points: number) => ({
      input_ids: idTensor(idsOf(stack === "encoder" ? source.tokens : read), points),
      [stack === "encoder" ? "attention_mask" : "encoder_attention_mask"]: maskOf(source, run, points),
      ...gateFeeds(this.info, stack, run, means, points),
    });
    return evaluateTranslation({ info: this.info, stacks: this.stacks, lengths, feeds, started }, request, onStep);
  }

  /** Checks the device's gradients once, on the first request that wants any and lets them be checked. */
  private async checkGradient(request: EvaluateRequest): Promise<void> {
    if (this.checked) return;
    const source = this.read(request.run);
    const read = this.readBy(await this.targetOf(source, request.run));
    const rows = {
      encoder: await this.lookup("encoder", idsOf(source.tokens)),
      decoder: await this.lookup("decoder", idsOf(read)),
    };
    this.checked = await checkGradient((probe) => this.evaluateNow(probe, () => {}), rows, request);
  }

  /** The target by itself, given or written by the model. */
  private async targetOf(source: ReadText, request: RunRequest): Promise<ReadText> {
    if (request.target !== null) return this.tokenizer.within(request.target, this.info.limits.target);
    const means = needsMeans(request) ? await this.meanOutputs() : null;
    const run = { request, means, outputs: [] };
    const states = pick(await this.encode(source, run), this.stacks.encoder.parts.sink);
    return (await this.write(source, states, run, () => {})).target;
  }

  /** Rows of the embedding table for the tokens of a stack and for the baseline, each `[token, width]`. */
  private async rowsOf(stack: Stack, tokens: readonly Token[], baseline: Baseline, stand: readonly Token[]) {
    const rows = (ids: readonly number[]) => this.lookup(stack, ids);
    const own = await rows(idsOf(tokens));
    const mean = async () => {
      this.meanRows[stack] ??= await this.stacks[stack].meanRow();
      return this.meanRows[stack];
    };
    return { own, baseline: await baselineRows(tokens, own, baseline, stand, { rows, mean, pad: this.config.pad }) };
  }

  private async lookup(stack: Stack, ids: readonly number[]): Promise<Tensor> {
    const name = `embeddings.${stack}`;
    const mask = idTensor(stack === "encoder" ? ids.map(() => 1) : [1]);
    const feeds = {
      input_ids: idTensor(ids),
      attention_mask: mask,
      encoder_attention_mask: mask,
      // The rows do not hang on what the encoder said.
      encoder_hidden_states: floatTensor({ data: new Float32Array(this.info.width), shape: [1, 1, this.info.width] }),
      ...gateFeeds(this.info, stack, {}, null),
    };
    const { data, shape } = pick(await this.stacks[stack].run(feeds, [name]), name);
    return { data, shape: shape.slice(1) };
  }

  /** The target, given or written by the model, with what the decoder left behind. */
  private async answer(source: ReadText, states: Tensor, run: Run, onStep: () => void) {
    const { target: text } = run.request;
    if (text === null) return this.write(source, states, run, onStep);
    const target = this.tokenizer.within(text, this.info.limits.target);
    const ids = target.tokens.map(({ id }) => id);
    return { target, decoded: await this.runDecoder(source, states, ids.slice(0, -1), run) };
  }

  /**
   * Lets the model write, each time its most probable token (greedy). A guess at the whole text is read at once and every
   * position says what it would write; that is the next guess, until nothing changes. Position by position the result is the
   * one of writing token after token, since no position sees a later one; but after an edit, most of the last text still
   * holds, and a few runs do. The last of them is the trace's own. (Jacobi decoding: Santilli et al. 2023,
   * "Accelerating Transformer Inference for Translation via Parallel Decoding".)
   */
  private async write(source: ReadText, states: Tensor, run: Run, onStep: () => void) {
    const { end, longest } = this.config;
    let guess = this.lastWritten;
    for (;;) {
      onStep();
      const decoded = await this.runDecoder(source, states, guess, run);
      const said = argmaxRows(logitsOf(decoded, this.stacks.decoder.parts.sink));
      const ends = said.indexOf(end);
      const next = (ends < 0 ? said : said.slice(0, ends)).slice(0, longest - 1);
      const holds = next.length === guess.length && next.every((id, i) => id === guess[i]);
      guess = next;
      if (!holds) continue;
      this.lastWritten = guess;
      return { target: { ...this.tokenizer.decode(said), cut: 0 }, decoded };
    }
  }

  /** Runs the decoder on its start token and what follows it. */
  private runDecoder(source: ReadText, states: Tensor, ids: readonly number[], run: Run) {
    const feeds = {
      input_ids: idTensor([this.config.start, ...ids]),
      encoder_hidden_states: floatTensor(states),
      encoder_attention_mask: maskOf(source, run.request),
      ...gateFeeds(this.info, "decoder", run.request, run.means),
    };
    const { sink } = this.stacks.decoder.parts;
    return this.stacks.decoder.run(feeds, [sink, ...this.outputs("decoder", run)]);
  }

  /** What is kept of a stack: the attention, hidden states on request; or only what a head's inside is made of. */
  private outputs(stack: Stack, { request, outputs }: Run): string[] {
    const kinds = kindsOf(this.info).filter((kind) => stackOf(kind) === stack);
    const asked = outputs.filter((name) => kinds.some((kind) => name.includes(`.${kind}.`)));
    if (outputs.length > 0) return asked;
    const session = this.stacks[stack];
    const hidden = request.include?.includes("hidden") ? session.hiddenNames() : [];
    return [...kinds.flatMap((kind) => session.attentionNames(kind)), ...hidden];
  }

  private attention(kind: AttentionKind, results: Readonly<Record<string, Tensor>>): Tensor {
    return stacked(this.stacks[stackOf(kind)].attentionNames(kind).map((name) => pick(results, name)));
  }

  private hidden(stack: Stack, results: Readonly<Record<string, Tensor>>): Tensor {
    return stacked(this.stacks[stack].hiddenNames().map((name) => pick(results, name)));
  }

  private async meanOutputs(): Promise<HeadMeans> {
    if (this.means) return this.means;
    const sums = new MeanOutputs();
    for (const sentence of EVERYDAY) {
      const request = { source: this.info.instruction + sentence, target: null };
      const names = kindsOf(this.info).map((kind) => namesOf(this.stacks[stackOf(kind)].parts, kind, "mixed"));
      const run = { request, means: null, outputs: names.flat() };
      const source = this.read(request);
      const encoded = await this.encode(source, run);
      const states = pick(encoded, this.stacks.encoder.parts.sink);
      const { decoded } = await this.answer(source, states, run, () => {});
      const results = { ...encoded, ...decoded };
      kindsOf(this.info).forEach((kind, i) => {
        sums.add(kind, stacked((names[i] ?? []).map((name) => pick(results, name))));
      });
    }
    this.means = sums.means();
    return this.means;
  }
}

/** Which source tokens may be attended to. */
function maskOf({ tokens }: ReadText, { masked = [] }: RunRequest, points = 1) {
  return idTensor(
    tokens.map((_, place) => (masked.includes(place) ? 0 : 1)),
    points,
  );
}

function idsOf(tokens: readonly Token[]): number[] {
  return tokens.map(({ id }) => id);
}

/** `[1, query, vocabulary]` as `[query, vocabulary]`. */
function logitsOf(results: Readonly<Record<string, Tensor>>, sink: string): Tensor {
  const { data, shape } = pick(results, sink);
  return { data, shape: shape.slice(1) };
}
