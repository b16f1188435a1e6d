/** Tokens in the text fields, counted while the reader types. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AnyTrace } from "../../../engine/model.ts";
import type { LiveClient, Side } from "./liveClient.ts";

/** How many tokens a field holds, against the most that are sent. */
export interface TokenCount {
  /** Null until it is known. */
  readonly count: number | null;
  readonly limit: number;
  /** Tokens at the end that are not sent. */
  readonly cut: number;
}

/** The counts of both fields; a text that is not the trace's is counted by the tokenizer alone. */
export function countsOf(
  client: LiveClient,
  source: Signal<string>,
  target: Signal<string | null>,
  trace: Signal<AnyTrace>,
  held: Signal<string | null>,
): Record<Side, ReadonlySignal<TokenCount>> {
  const counted = {
    source: signal<readonly [string, number] | null>(null),
    target: signal<readonly [string, number] | null>(null),
  };
  const count = (side: Side, text: string, shown: string, tokens: number, cut: number): TokenCount => {
    const limit = client.modelInfo.limits[side];
    if (text === shown) return { count: tokens + cut, limit, cut };
    const known = counted[side].value;
    if (known?.[0] === text) return { count: known[1], limit, cut: Math.max(0, known[1] - limit) };
    if (typeof document !== "undefined" && held.value === null) ask(client, side, text, counted[side]);
    return { count: null, limit, cut: 0 };
  };
  return {
    source: computed(() => {
      const { source: shown, cut } = trace.value;
      return count("source", source.value, shown.text, shown.tokens.length, cut.source);
    }),
    target: computed(() => {
      const { target: shown, cut } = trace.value;
      if (shown === null) return { count: 0, limit: 0, cut: 0 };
      return count("target", target.value ?? shown.text, shown.text, shown.written.length, cut.target);
    }),
  };
}

function ask(client: LiveClient, side: Side, text: string, into: Signal<readonly [string, number] | null>): void {
  void client.tokenize(text, side).then((answer) => {
    if (answer.ok) into.value = [text, answer.value.length];
  });
}
