/** What a model's `config.json` and `generation_config.json` say, as far as a run needs it. */
import { FailureError, failure } from "../../lib/failure.ts";
import type { ModelInfo } from "../model.ts";

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
    longest: whole(writing, "max_new_tokens"),
  };
}

function whole(json: Readonly<Record<string, unknown>>, key: string): number {
  const value = json[key];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw unfit(`${key} is ${String(value)}`);
}

function unfit(detail: string): FailureError {
  return new FailureError(failure("graph", "The model is of a kind that the site cannot run.", { detail }));
}
