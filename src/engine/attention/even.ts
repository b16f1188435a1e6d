import type { Tensor, TextTrace, Trace } from "../model.ts";
import { type Block, type BlockInput, blocksOf } from "./blocks.ts";

/**
 * A run with one head of each kind, which spreads its weight evenly over the tokens that it may see: in a decoder the row's own
 * and those before, elsewhere all. What such a head scores is what chance alone would give.
 */
export function evenRun(trace: BlockInput): BlockInput {
  const even = blocksOf(trace).map((block) => [block.kind, evenHead(block)] as const);
  // Same kinds as in the run.
  const attention: unknown = Object.fromEntries(even);
  if (trace.target === null) return { ...trace, attention: attention as TextTrace["attention"] };
  return { ...trace, attention: attention as Trace["attention"] };
}

/** `[1, 1, query, key]` */
function evenHead({ kind, queries, keys }: Block): Tensor {
  const data = new Float32Array(queries.length * keys.length);
  for (let query = 0; query < queries.length; query++) {
    const seen = kind === "decoder" ? query + 1 : keys.length;
    data.fill(1 / seen, query * keys.length, query * keys.length + seen);
  }
  return { data, shape: [1, 1, queries.length, keys.length] };
}
