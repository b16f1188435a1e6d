import type { Prediction, Token, Trace } from "../../../engine/model.ts";

/** One position of the target: what is read, what had to be written, and how likely the model thought it. */
export interface LossRow {
  readonly position: number;
  readonly reads: Token | undefined;
  readonly writes: Token;
  /** −log P(written), in nats. */
  readonly loss: number;
  readonly probability: number;
  /** The most probable tokens, best first. */
  readonly predictions: readonly Prediction[];
  /** Place of the written token among the predictions, from 0; −1 when it is not among them. */
  readonly rank: number;
}

/** The loss of a run, token by token. */
export function lossRows(trace: Trace): readonly LossRow[] {
  return trace.target.written.map((writes, position) => {
    const loss = trace.tokenLoss[position] ?? Number.NaN;
    const predictions = trace.predictions[position] ?? [];
    return {
      position,
      reads: trace.target.read[position],
      writes,
      loss,
      probability: Math.exp(-loss),
      predictions,
      rank: predictions.findIndex(({ id }) => id === writes.id),
    };
  });
}

/** The position with the largest loss, or null for an empty target. */
export function hardest(rows: readonly LossRow[]): LossRow | null {
  return rows.reduce<LossRow | null>((worst, row) => (worst && worst.loss >= row.loss ? worst : row), null);
}

/** A token of the vocabulary with its score. */
export interface Scored {
  readonly id: number;
  readonly logit: number;
  readonly probability: number;
}

/** The `k` largest logits of a row with their softmax, best first. */
export function topLogits(row: Float32Array, k: number): readonly Scored[] {
  const largest = row.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const total = row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  const ids = Array.from(row.keys()).sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0));
  return ids.slice(0, k).map((id) => {
    const logit = row[id] ?? Number.NaN;
    return { id, logit, probability: Math.exp(logit - largest) / total };
  });
}
