/** Runs of a model with one stack: which tokens a request reads, what is fed, what comes out. */
import type { ModelInfo, RunRequest, Tensor, Token } from "../model.ts";
import type { TextConfig } from "./config.ts";
import { gateFeeds, type HeadMeans, needsMeans } from "./gates.ts";
import { EVERYDAY, MeanOutputs } from "./means.ts";
import { idTensor } from "./sessions.ts";
import { namesOf, type StackSession } from "./stack.ts";
import { pick, stacked } from "./tensors.ts";
import type { TextTokenizer } from "./tokenizer.ts";

/** A text as the model reads it. */
interface Read {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly cut: number;
}

/** A run of the whole model, with nothing changed. */
export const EVERYTHING: RunRequest = { source: "", target: null };

/** What runs one stack. One run at a time: whoever calls sees to that. */
export class TextRuns {
  readonly info: ModelInfo;
  readonly config: TextConfig;
  readonly tokenizer: TextTokenizer;
  readonly stack: StackSession;
  private means: HeadMeans | null = null;
  /** The mean row of the embedding table. */
  private mean: Float32Array | null = null;

  constructor(info: ModelInfo, config: TextConfig, tokenizer: TextTokenizer, stack: StackSession) {
    this.info = info;
    this.config = config;
    this.tokenizer = tokenizer;
    this.stack = stack;
  }

  /** The tokens that a request reads. */
  read({ source, ids }: RunRequest): Read {
    const limit = this.info.limits.source;
    if (ids === undefined) return this.tokenizer.within(source, limit);
    const kept = ids.slice(0, limit);
    return { ...this.tokenizer.decode(kept), cut: ids.length - kept.length };
  }

  /** The logits of a decoder; an encoder has none that a trace shows. */
  sinks(): string[] {
    return this.config.kind === "decoder" ? [this.stack.parts.sink] : [];
  }

  /** Runs some tokens and gives the outputs that are named. */
  run(tokens: readonly Token[], request: RunRequest, outputs: readonly string[]) {
    return this.runIds(
      tokens.map(({ id }) => id),
      request,
      outputs,
    );
  }

  /** The same for token ids. */
  async runIds(ids: readonly number[], request: RunRequest, outputs: readonly string[]) {
    const means = needsMeans(request) ? await this.meanOutputs() : null;
    return this.stack.run(
      { ...textFeeds(ids, request.masked), ...gateFeeds(this.info, this.config.kind, request, means) },
      outputs,
    );
  }

  /** The rows of some tokens in the embedding table, `[token, width]`. */
  async rows(ids: readonly number[]): Promise<Tensor> {
    const name = `embeddings.${this.config.kind}`;
    return rowsOf(pick(await this.runIds(ids, EVERYTHING, [name]), name));
  }

  /** The mean of all rows of the table, `[width]`. */
  async meanRow(): Promise<Float32Array> {
    this.mean ??= await this.stack.meanRow();
    return this.mean;
  }

  /** What each head gives on average over everyday sentences. */
  async meanOutputs(): Promise<HeadMeans> {
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

/** Whatever a file of one stack may ask for; a session takes the inputs that it has. */
export function textFeeds(ids: readonly number[], masked: readonly number[] = [], points = 1) {
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
export function rowsOf({ data, shape }: Tensor): Tensor {
  return { data, shape: shape.slice(1) };
}
