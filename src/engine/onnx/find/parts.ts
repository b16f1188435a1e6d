/** What a model's graph is made of, found by how its nodes hang together; names only label what was found. */
import type { Stack } from "../../model.ts";
import type { Graph } from "../graph.ts";
import { findAttentionSites } from "./attention.ts";
import { type EmbeddingPart, findEmbedding } from "./embedding.ts";
import { findHidden } from "./hidden.ts";
import { type AttentionPart, arrangeLayers } from "./layers.ts";
import { findStream } from "./stream.ts";
import { wire } from "./wiring.ts";

export type { AttentionPart, EmbeddingPart };

/** The parts of one stack, in the order in which they run. */
export interface Parts {
  readonly stack: Stack;
  /** How many layers the stack has. */
  readonly layers: number;
  readonly attentions: readonly AttentionPart[];
  /** Hidden states as Hugging Face counts them: 0 is the embedding, then each layer's output, the last after the final norm. */
  readonly hidden: readonly string[];
  readonly embedding: EmbeddingPart;
  /** The output that the search ended at: logits or last hidden state. */
  readonly sink: string;
}

/**
 * Finds the parts of a stack. A merged decoder must be promoted first (`edit/promote.ts`); which stack the file holds is
 * the caller's knowledge. Throws `FailureError("graph")` that names what is missing and where.
 */
export function findParts(graph: Graph, { stack }: { readonly stack: Stack }): Parts {
  const wiring = wire(graph);
  const embedding = findEmbedding(wiring);
  const stream = findStream(wiring, embedding.output);
  const sites = findAttentionSites(wiring, stream);
  const attentions = arrangeLayers(wiring, stream, sites, stack);
  const hidden = findHidden(wiring, stream, attentions);
  return { stack, layers: hidden.length - 1, attentions, hidden, embedding, sink: stream.sink };
}
