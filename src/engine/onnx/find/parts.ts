import type { AttentionKind, Stack } from "../../model.ts";
import type { Graph, Node } from "../graph.ts";

/** One attention of one layer, by the names of its tensors. Sizes: B batch, H head, Q query, K key, d head width. */
export interface AttentionPart {
  readonly kind: AttentionKind;
  readonly layer: number;
  /** Output of the softmax, `[B, H, Q, K]`. */
  readonly probabilities: string;
  /** Left factor of the score product, `[B, H, Q, d]`. */
  readonly query: string;
  /** Right factor of the score product, transposed: `[B, H, d, K]`. */
  readonly key: string;
  /** `[B, H, K, d]`. */
  readonly value: string;
  /** Residual stream before the attention (and before its norm), `[B, Q, D]`. */
  readonly entry: string;
  /** Residual stream after the attention was added, `[B, Q, D]`. */
  readonly exit: string;
}

/** The lookup of token embeddings. */
export interface EmbeddingPart {
  /** The table's name, as the lookup reads it, `[V, D]`. */
  readonly table: string;
  /** The graph input that holds the token ids. */
  readonly ids: string;
  /** The looked-up rows, `[B, T, D]`. */
  readonly output: string;
  /** The nodes between ids and rows that a cut takes away. */
  readonly nodes: readonly Node[];
}

/** The parts of one stack, in the order in which they run. */
export interface Parts {
  readonly stack: Stack;
  readonly layers: number;
  readonly attentions: readonly AttentionPart[];
  /** Hidden states as Hugging Face counts them: 0 is the embedding, then each layer's output, the last after the final norm. */
  readonly hidden: readonly string[];
  readonly embedding: EmbeddingPart;
  /** The output that the search ended at: logits or last hidden state. */
  readonly sink: string;
}

/** Finds the parts of a stack by the graph's topology; throws `FailureError("graph")` that names what is missing and where. */
export function findParts(_graph: Graph, _as: { readonly stack: Stack }): Parts {
  throw new Error("not written yet");
}
