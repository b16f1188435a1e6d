/** Runs of an encoder–decoder: which tokens a request reads, how the model writes, what comes out of both stacks. */
import type { ModelInfo, RunRequest, Stack, Tensor, Token } from "../model.ts";
import type { T5Config } from "./config.ts";
import { gateFeeds, type HeadMeans, kindsOf, needsMeans, stackOf } from "./gates.ts";
import { argmaxRows } from "./logits.ts";
import { EVERYDAY, MeanOutputs } from "./means.ts";
import { floatTensor, idTensor } from "./sessions.ts";
import { namesOf, type StackSession } from "./stack.ts";
import { pick, stacked } from "./tensors.ts";
import type { ReadText, TextTokenizer } from "./tokenizer.ts";

/** A request with what it needs besides: the means where heads are filled with them, further outputs of the decoder. */
export interface Run {
  readonly request: RunRequest;
  readonly means: HeadMeans | null;
  readonly outputs: readonly string[];
}

/** What runs the two stacks. One run at a time: whoever calls sees to that. */
export class TranslatorRuns {
  readonly info: ModelInfo;
  readonly config: T5Config;
  readonly tokenizer: TextTokenizer;
  readonly stacks: Readonly<Record<Stack, StackSession>>;
  /** Ids of the last text that the model wrote, without its end: the first guess at the next. */
  private lastWritten: readonly number[] = [];
  private means: HeadMeans | null = null;
  /** The mean rows of the embedding tables. */
  private readonly meanRows: Partial<Record<Stack, Float32Array>> = {};

  constructor(info: ModelInfo, config: T5Config, tokenizer: TextTokenizer, stacks: TranslatorRuns["stacks"]) {
    this.info = info;
    this.config = config;
    this.tokenizer = tokenizer;
    this.stacks = stacks;
  }

  /** The source that a request reads. */
  read({ source }: RunRequest): ReadText {
    return this.tokenizer.within(source, this.info.limits.source, this.info.instruction);
  }

  /** The tokens that the decoder reads while it writes a target. */
  readBy({ tokens }: Pick<ReadText, "tokens">) {
    return [this.tokenizer.special(this.config.start), ...tokens.slice(0, -1)];
  }

  /** Runs the encoder. */
  encode(source: ReadText, run: Run) {
    const feeds = {
      input_ids: idTensor(source.tokens.map(({ id }) => id)),
      attention_mask: maskOf(source, run.request),
      ...gateFeeds(this.info, "encoder", run.request, run.means),
    };
    const { sink } = this.stacks.encoder.parts;
    return this.stacks.encoder.run(feeds, [sink, ...this.outputs("encoder", run)]);
  }

  /** The target by itself, given or written by the model. */
  async targetOf(source: ReadText, request: RunRequest): Promise<ReadText> {
    if (request.target !== null) return this.tokenizer.within(request.target, this.info.limits.target);
    const means = needsMeans(request) ? await this.meanOutputs() : null;
    const run = { request, means, outputs: [] };
    const states = pick(await this.encode(source, run), this.stacks.encoder.parts.sink);
    return (await this.write(source, states, run, () => {})).target;
  }

  /** The rows of some tokens in a stack's embedding table, `[token, width]`. */
  async lookup(stack: Stack, ids: readonly number[]): Promise<Tensor> {
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

  /** The mean of all rows of a stack's table, `[width]`. */
  async meanRow(stack: Stack): Promise<Float32Array> {
    const known = this.meanRows[stack] ?? (await this.stacks[stack].meanRow());
    this.meanRows[stack] = known;
    return known;
  }

  /** The target, given or written by the model, with what the decoder left behind. */
  async answer(source: ReadText, states: Tensor, run: Run, onStep: () => void) {
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

  /** What each head gives on average over everyday sentences. */
  async meanOutputs(): Promise<HeadMeans> {
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
export function maskOf({ tokens }: ReadText, { masked = [] }: RunRequest, points = 1) {
  return idTensor(
    tokens.map((_, place) => (masked.includes(place) ? 0 : 1)),
    points,
  );
}

/** Ids of tokens. */
export function idsOf(tokens: readonly Token[]): number[] {
  return tokens.map(({ id }) => id);
}

/** `[1, query, vocabulary]` as `[query, vocabulary]`. */
export function logitsOf(results: Readonly<Record<string, Tensor>>, sink: string): Tensor {
  const { data, shape } = pick(results, sink);
  return { data, shape: shape.slice(1) };
}
