/** What a model's `config.json` and `generation_config.json` say, as far as a run needs it. */
import { FailureError, failure } from "../../lib/failure.ts";
import type { Family, ModelInfo, Stack } from "../model.ts";

/** What is known of a model besides its files. */
export type Told = Pick<ModelInfo, "id" | "name" | "instruction" | "limits">;

/** A model of the T5 kind. */
export interface T5Config {
  readonly architecture: string;
  readonly heads: number;
  readonly width: number;
  readonly headWidth: number;
  readonly vocabulary: number;
  /** The output layer uses the table of embeddings. */
  readonly tied: boolean;
  /** Ids of the token that the decoder reads first and of the one that ends a text. */
  readonly start: number;
  readonly end: number;
  /** Id of the token that stands for none. */
  readonly pad: number;
  /** Most tokens that it writes. */
  readonly longest: number;
}

/** Reads the two files; throws "graph" for a model of another kind. */
export function readConfig(config: unknown, generation: unknown): T5Config {
  const model: Record<string, unknown> = Object(config);
  const writing: Record<string, unknown> = Object(generation);
  if (model.model_type !== "t5" || !Array.isArray(model.architectures)) {
    throw unfit(`config.json: model_type is ${String(model.model_type)}`);
  }
  return {
    architecture: String(model.architectures[0]),
    heads: whole(model, "num_heads"),
    width: whole(model, "d_model"),
    headWidth: whole(model, "d_kv"),
    vocabulary: whole(model, "vocab_size"),
    tied: model.tie_word_embeddings !== false,
    start: whole(model, "decoder_start_token_id"),
    end: whole(model, "eos_token_id"),
    pad: whole(model, "pad_token_id"),
    longest: whole(writing, "max_new_tokens"),
  };
}

/** A model with one stack. */
export interface TextConfig {
  readonly kind: Stack;
  readonly architecture: string;
  readonly heads: number;
  readonly width: number;
  readonly headWidth: number;
  readonly vocabulary: number;
  /** The output layer uses the table of embeddings. */
  readonly tied: boolean;
  /** Ids of the tokens that end what a decoder writes. */
  readonly ends: readonly number[];
  /** Id of the token that stands for none, or of the one that ends a text. */
  readonly pad: number;
}

/** What a config calls the numbers that a run needs. */
interface Keys {
  readonly kind: Stack;
  readonly heads: string;
  readonly width: string;
}

const STANDARD = { heads: "num_attention_heads", width: "hidden_size" };
const TEXT_MODELS: Readonly<Record<string, Keys>> = {
  bert: { kind: "encoder", ...STANDARD },
  gpt2: { kind: "decoder", heads: "n_head", width: "n_embd" },
  llama: { kind: "decoder", ...STANDARD },
};

/** How the stacks of a model hang together; throws "graph" for a kind that the site does not know. */
export function familyOf(config: unknown): Family {
  const { model_type: type } = Object(config);
  if (type === "t5") return "encoder-decoder";
  return keysOf(type).kind;
}

/** Reads the config of a model with one stack; an encoder has no `generation_config.json`. Throws "graph". */
export function readTextConfig(config: unknown, generation: unknown): TextConfig {
  const model: Record<string, unknown> = Object(config);
  const writing: Record<string, unknown> = Object(generation);
  const keys = keysOf(model.model_type);
  const heads = whole(model, keys.heads);
  const width = whole(model, keys.width);
  const ends = [writing.eos_token_id ?? model.eos_token_id].flat().filter((id) => typeof id === "number");
  return {
    kind: keys.kind,
    architecture: Array.isArray(model.architectures) ? String(model.architectures[0]) : String(model.model_type),
    heads,
    width,
    headWidth: typeof model.head_dim === "number" ? whole(model, "head_dim") : width / heads,
    vocabulary: whole(model, "vocab_size"),
    tied: keys.kind === "decoder" && model.tie_word_embeddings !== false,
    ends,
    pad: typeof model.pad_token_id === "number" ? model.pad_token_id : (ends[0] ?? 0),
  };
}

function keysOf(type: unknown): Keys {
  const keys = Object.hasOwn(TEXT_MODELS, String(type)) ? TEXT_MODELS[String(type)] : undefined;
  if (!keys) throw unfit(`config.json: model_type is ${String(type)}`);
  return keys;
}

function whole(json: Readonly<Record<string, unknown>>, key: string): number {
  const value = json[key];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw unfit(`${key} is ${String(value)}`);
}

function unfit(detail: string): FailureError {
  return new FailureError(failure("graph", "The model is of a kind that the site cannot run.", { detail }));
}
