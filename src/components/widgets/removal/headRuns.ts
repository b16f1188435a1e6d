/** Live runs on the reader's sentence for the figure of heads: without each token, then without each head. */
import type { AttentionKind } from "../../../engine/model.ts";
import type { HeadSweep, RemovalRow } from "../../../engine/study.ts";
import type { HeadLevel } from "../../../stored/removal.ts";
import { meanLists, topOf, weightsOf } from "../../../stored/removalRows.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";
import type { Found, RemovalClient, Tell, Texts } from "./ownText.ts";
import { counting, promptOf, removeTokens } from "./removalRuns.ts";

/** The heads' weights and costs; of one sentence there is no interval, and no correlation is taken. */
export interface Level extends Found {
  readonly heads: Omit<HeadLevel, "rho"> & { readonly rho: number | null };
}

/** Finds the token that matters most to each output, then switches off every head by itself. */
export async function removeHeads(
  client: RemovalClient,
  channel: string,
  texts: Texts,
  kind: AttentionKind,
  tell: Tell,
): Promise<Outcome<Level>> {
  const removed = await removeTokens(client, channel, texts, tell);
  if (!removed.ok) return removed;
  const { rows, runs, trace } = removed.value;
  const counted = counting(tell);
  const sweep = await client.sweep([promptOf(client, texts, trace)], channel, counted.tell);
  if (!sweep.ok) return sweep;
  return { ok: true, value: { heads: levelOf(rows, sweep.value, kind), live: true, runs: runs + counted.total() } };
}

function levelOf(
  rows: readonly RemovalRow[],
  { effects }: Pick<HeadSweep, "effects">,
  kind: AttentionKind,
): Level["heads"] {
  const moved = effects.find((each) => each.kind === kind)?.mean.data ?? new Float32Array();
  const fall = Array.from(moved, (value) => -value);
  const weight = meanLists(rows.map((row) => fall.map((_, head) => weightsOf(row, head)[topOf(row.effect)] ?? 0)));
  return { prompts: 1, weight, fall, low: fall, high: fall, rho: null };
}
