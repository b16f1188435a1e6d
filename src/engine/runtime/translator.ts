/** An encoder–decoder of the T5 kind: text in, one run, and everything that the run left behind out. */
import { FailureError, failure } from "../../lib/failure.ts";
import { scoreRoles } from "../attention/roles.ts";
import type { AttentionKind, ModelInfo, RunRequest, Stack, Tensor, Trace } from "../model.ts";
import { readConfig, type T5Config, type Told } from "./config.ts";
import type { ModelFiles } from "./files.ts";
import { argmaxRows, logSums, tokenLosses, topPredictions } from "./logits.ts";
import type { SessionDevice } from "./ort.ts";
import { floatTensor, idTensor, openStack, type StackSession } from "./sessions.ts";
import { type ReadText, TextTokenizer } from "./tokenizer.ts";

/** The files of a model that a run needs. */
export const FILES = [
  ...["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "golden.json"],
  ...["onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx"],
] as const;

/** Best candidates that a trace keeps for each position. */
const PREDICTIONS = 5;

/** Opens the tokenizer of a model; needs none of the weights. */
export async function openTokenizer(files: ModelFiles): Promise<TextTokenizer> {
  const [json, config] = await Promise.all([files.readJson("tokenizer.json"), files.readJson("tokenizer_config.json")]);
  return new TextTokenizer(Object(json), Object(config));
}

/** A model that is ready to run. One run at a time. */
export class Translator {
  readonly info: ModelInfo;
  readonly tokenizer: TextTokenizer;
  private readonly config: T5Config;
  private readonly stacks: Readonly<Record<Stack, StackSession>>;
  /** Ids of the last text that the model wrote, without its end: the first guess at the next. */
  private lastWritten: readonly number[] = [];

  private constructor(info: ModelInfo, config: T5Config, tokenizer: TextTokenizer, stacks: Translator["stacks"]) {
    this.info = info;
    this.config = config;
    this.tokenizer = tokenizer;
    this.stacks = stacks;
  }

  /** Opens a model from its files; the runtime must have been started. `told` is what its files do not say. */
  static async open(files: ModelFiles, told: Told, device: SessionDevice): Promise<Translator> {
    const config = readConfig(await files.readJson("config.json"), await files.readJson("generation_config.json"));
    const tokenizer = await openTokenizer(files);
    const encoder = await openStack(await files.read("onnx/encoder_model.onnx"), "encoder", device);
    const decoder = await openStack(await files.read("onnx/decoder_model_merged.onnx"), "decoder", device);
    const shared = config.tied ? config.vocabulary * config.width : 0;
    const { architecture, heads, width, headWidth, vocabulary } = config;
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
    return new Translator(info, config, tokenizer, { encoder, decoder });
  }

  /** Runs the model once, and a few times more where it writes the target; `onStep` is called before each of these runs. */
  async trace(request: RunRequest, onStep: () => void = () => {}): Promise<Trace> {
    const started = performance.now();
    const { limits, instruction } = this.info;
    const source = this.tokenizer.within(request.source, limits.source, instruction);
    const encoded = await this.encode(source, request);
    const { target, decoded } =
      request.target === null
        ? await this.write(source, encoded.states, request, onStep)
        : await this.readGiven(source, encoded.states, request.target, request);
    const ids = target.tokens.map(({ id }) => id);
    const read = [this.tokenizer.special(this.config.start), ...target.tokens.slice(0, -1)];

    const totals = logSums(decoded.logits);
    const tokenLoss = tokenLosses(decoded.logits, totals, ids);
    const trace = {
      model: this.info.id,
      source: { text: source.text, tokens: source.tokens },
      target: {
        text: target.text,
        origin: request.target === null ? ("generated" as const) : ("typed" as const),
        written: target.tokens,
        read,
      },
      attention: { encoder: encoded.attention, decoder: decoded.attention.decoder, cross: decoded.attention.cross },
    };
    return {
      ...trace,
      roles: scoreRoles(trace, request.alignment),
      predictions: topPredictions(decoded.logits, totals, PREDICTIONS, (id) => this.tokenizer.piece(id)),
      loss: tokenLoss.reduce((sum, loss) => sum + loss, 0) / tokenLoss.length,
      tokenLoss,
      logitsShape: [ids.length, this.info.vocabulary],
      ...(request.include?.includes("logits") && { logits: decoded.logits }),
      ...(encoded.hidden && decoded.hidden && { hidden: { encoder: encoded.hidden, decoder: decoded.hidden } }),
      cut: { source: source.cut, target: target.cut },
      milliseconds: performance.now() - started,
    };
  }

  /** Gives the memory back. */
  async release(): Promise<void> {
    await Promise.all([this.stacks.encoder.release(), this.stacks.decoder.release()]);
  }

  private async encode(source: ReadText, { include }: RunRequest) {
    const ids = source.tokens.map(({ id }) => id);
    const hidden = include?.includes("hidden") ? this.hiddenNames("encoder") : [];
    const { sink } = this.stacks.encoder.parts;
    const names = this.attentionNames("encoder");
    const feeds = { input_ids: idTensor(ids), attention_mask: idTensor(ids.map(() => 1)) };
    const results = await this.stacks.encoder.run(feeds, [sink, ...names, ...hidden]);
    return {
      states: pick(results, sink),
      attention: stacked(names.map((name) => pick(results, name))),
      hidden: hidden.length > 0 ? stacked(hidden.map((name) => pick(results, name))) : undefined,
    };
  }

  /** Runs the decoder on a target that is given: teacher forcing. */
  private async readGiven(source: ReadText, states: Tensor, text: string, request: RunRequest) {
    const target = this.tokenizer.within(text, this.info.limits.target);
    const ids = target.tokens.map(({ id }) => id);
    return { target, decoded: await this.decode(source, states, ids.slice(0, -1), request) };
  }

  /**
   * Lets the model write, each time its most probable token (greedy). A guess at the whole text is read at once and every
   * position says what it would write; that is the next guess, until nothing changes. Position by position the result is the
   * one of writing token after token, since no position sees a later one; but after an edit, most of the last text still
   * holds, and a few runs do. The last of them is the trace's own. (Jacobi decoding: Santilli et al. 2023,
   * "Accelerating Transformer Inference for Translation via Parallel Decoding".)
   */
  private async write(source: ReadText, states: Tensor, request: RunRequest, onStep: () => void) {
    const { end, longest } = this.config;
    let guess = this.lastWritten;
    for (;;) {
      onStep();
      const decoded = await this.decode(source, states, guess, request);
      const said = argmaxRows(decoded.logits);
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
  private async decode(source: ReadText, states: Tensor, ids: readonly number[], { include }: RunRequest) {
    const hidden = include?.includes("hidden") ? this.hiddenNames("decoder") : [];
    const { sink } = this.stacks.decoder.parts;
    const names = { decoder: this.attentionNames("decoder"), cross: this.attentionNames("cross") };
    const feeds = {
      input_ids: idTensor([this.config.start, ...ids]),
      encoder_hidden_states: floatTensor(states),
      encoder_attention_mask: idTensor(source.tokens.map(() => 1)),
    };
    const results = await this.stacks.decoder.run(feeds, [sink, ...names.decoder, ...names.cross, ...hidden]);
    const { data, shape } = pick(results, sink);
    return {
      logits: { data, shape: shape.slice(1) },
      attention: {
        decoder: stacked(names.decoder.map((name) => pick(results, name))),
        cross: stacked(names.cross.map((name) => pick(results, name))),
      },
      hidden: hidden.length > 0 ? stacked(hidden.map((name) => pick(results, name))) : undefined,
    };
  }

  private attentionNames(kind: AttentionKind): string[] {
    const { attentions } = this.stacks[kind === "encoder" ? "encoder" : "decoder"].parts;
    return attentions.filter((part) => part.kind === kind).map(({ layer }) => `attention.${kind}.${layer}`);
  }

  private hiddenNames(stack: Stack): string[] {
    return this.stacks[stack].parts.hidden.map((_, index) => `hidden.${stack}.${index}`);
  }
}

function pick(results: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const tensor = results[name];
  if (!tensor) throw new FailureError(failure("graph", "The model gave no result.", { detail: `no output ${name}` }));
  return tensor;
}

/** Tensors `[1, …]` of equal shape as one `[layer, …]`. */
function stacked(layers: readonly Tensor[]): Tensor {
  const size = layers[0]?.data.length ?? 0;
  const data = new Float32Array(layers.length * size);
  layers.forEach((layer, i) => {
    data.set(layer.data, i * size);
  });
  return { data, shape: [layers.length, ...(layers[0]?.shape.slice(1) ?? [])] };
}
