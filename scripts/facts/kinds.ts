/** Facts about the three kinds of attention, from the stored runs of one sentence in four models. */
import type { AnyTrace, AttentionKind } from "../../src/engine/model.ts";
import { megabytes } from "../../src/lib/format.ts";
import type { StoredRun } from "../../src/stored/format.ts";
import { decodeTrace } from "../../src/stored/format.ts";
import { aboutModel } from "../../src/stored/models.ts";
import { type Fact, read } from "./fact.ts";
import { percent } from "./words.ts";

/** Facts of the page "Three kinds of attention". */
export function aboutKinds(): Record<string, Fact> {
  const run = (id: string): AnyTrace => decodeTrace(read<StoredRun>(`src/stored/${id}.json`));
  const [minilm, decoder, smollm2] = ["brown-dog-minilm", "brown-dog-decoder", "brown-dog-smollm2"].map(run);
  if (!minilm || !decoder || !smollm2) throw new Error("a stored run is missing");
  const tokens = decoder.source.tokens.length;
  const { layers, heads } = aboutModel("encoder-minilm").info;
  const isWord = minilm.source.tokens.map((token) => !token.special);
  const between = (query: number, key: number): boolean =>
    key !== query && isWord[query] === true && isWord[key] === true;
  const ahead =
    share(minilm, "encoder", (query, key) => key > query && between(query, key)) / share(minilm, "encoder", between);
  const first = share(smollm2, "decoder", (_, key) => key === 0);
  // Row t has t open cells, one of them the first token.
  const rows = smollm2.source.tokens.length;
  const even = Array.from({ length: rows }, (_, row) => 1 / (row + 1)).reduce((sum, part) => sum + part, 0) / rows;
  const leak = share(decoder, "decoder", (query, key) => key > query);
  return {
    "kinds.minilm-size": {
      text: `${layers.encoder} layers of ${heads} heads, ${megabytes(aboutModel("encoder-minilm").info.bytes)} MB`,
    },
    "kinds.minilm-ahead": { text: percent(ahead), holds: ahead > 0.25 },
    "kinds.decoder-cells": { text: String(tokens ** 2) },
    "kinds.decoder-allowed": { text: String((tokens * (tokens + 1)) / 2) },
    "kinds.decoder-ahead": { text: String(leak), holds: leak === 0 },
    "kinds.smollm2-first": { text: percent(first), holds: first > 1.3 * even },
    "kinds.even-first": { text: percent(even) },
  };
}

/** The share of all weight of a kind that falls on some cells, over all heads. */
function share(trace: AnyTrace, kind: AttentionKind, counts: (query: number, key: number) => boolean): number {
  const { data, shape } = trace.attention[kind] ?? { data: new Float32Array(), shape: [] };
  const [layers = 0, heads = 0, queries = 0, keys = 0] = shape; // [layer, head, query, key]
  let sum = 0;
  data.forEach((weight, at) => {
    if (counts(Math.floor(at / keys) % queries, at % keys)) sum += weight;
  });
  return sum / (layers * heads * queries);
}
