/** Predict, then compare: the verdict sets the guess beside what the heads did. Any outcome ends the exercise. */
import type { AnyTrace, AttentionKind, Token } from "../../../engine/model.ts";
import { keyTokens, queryTokens, shapeOf, tensorOf } from "../axes.ts";
import { strongest, tokenText } from "../cells.ts";
import type { Evidence, Mark } from "../evidence.ts";
import {
  type Cell,
  type Checker,
  type Facts,
  type Guess,
  type Keys,
  type Solution,
  unsettled,
  type Verdict,
} from "../types.ts";
import { ordinal } from "../words.ts";

/** One cell of a query row with the most that any head puts there. */
interface Peak extends Cell {
  readonly weight: number;
  readonly layer: number;
  readonly head: number;
}

/** The cells that a row sees, by the largest weight that any head of the kind puts on each, largest first. */
function peaks(trace: AnyTrace, kind: AttentionKind, query: number): Peak[] {
  const { keys } = shapeOf(tensorOf(trace, kind));
  return Array.from({ length: keys }, (_, key) => {
    const { head, weight } = strongest(trace, kind, { query, key });
    return { query, key, weight, layer: head.layer, head: head.head };
  })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
}

function factsOf(trace: AnyTrace, guess: Guess, row: readonly Peak[], rank: number): Facts {
  const [top] = row;
  const own = row[rank];
  const keys = keyTokens(trace, guess.kind);
  return {
    query: tokenText(queryTokens(trace, guess.kind)[guess.query]),
    key: tokenText(keys[guess.key]),
    weight: own?.weight ?? 0,
    layer: ordinal(own?.layer ?? 0),
    head: ordinal(own?.head ?? 0),
    rank: rank + 1,
    keys: row.length,
    top: tokenText(keys[top?.key ?? 0]),
    topWeight: top?.weight ?? 0,
    topLayer: ordinal(top?.layer ?? 0),
    topHead: ordinal(top?.head ?? 0),
  };
}

function check(guess: Guess | null, key: Keys["predict"], evidence: Evidence | null): Verdict {
  if (guess === null) return unsettled("no-answer");
  if (!evidence) return unsettled("no-figure");
  const { trace } = evidence;
  const { queries, keys } = shapeOf(tensorOf(trace, guess.kind));
  if (guess.query >= queries || guess.key >= keys) return unsettled("other-size");

  const row = peaks(trace, guess.kind, guess.query);
  const rank = row.findIndex((peak) => peak.key === guess.key);
  const facts = factsOf(trace, guess, row, rank);
  const mark = markOf(guess, row[rank]);
  if (rank < 0) return { state: "wrong", why: "masked", facts, mark };
  // A row that sees one token gives it all its weight, whatever the model has learned.
  if (row.length === 1) return unsettled("forced");
  const state = stateOf(row[rank]?.weight ?? 0, key.much);
  return { state, why: rank === 0 ? "first" : state, facts, mark };
}

function stateOf(weight: number, much: number): "right" | "close" | "wrong" {
  if (weight >= much) return "right";
  return weight >= much / 2 ? "close" : "wrong";
}

function markOf(guess: Guess, peak: Peak | undefined): Mark {
  return {
    head: { kind: guess.kind, layer: peak?.layer ?? 0, head: peak?.head ?? 0 },
    cells: [{ query: guess.query, key: guess.key }],
    label: `your guess: ${(peak?.weight ?? 0).toFixed(2)}`,
  };
}

const KINDS: readonly AttentionKind[] = ["encoder", "decoder", "cross"];

/** The cell between two different words that some head gives the largest weight of all. */
function outstanding(trace: AnyTrace, kinds: readonly AttentionKind[]): Guess | null {
  const found = kinds.flatMap((kind) => {
    const keys = keyTokens(trace, kind);
    return queryTokens(trace, kind).flatMap((token, query) => {
      const peak =
        isWord(token) && peaks(trace, kind, query).find(({ key }) => isWord(keys[key]) && !isSelf(kind, query, key));
      return peak ? [{ guess: { kind, query, key: peak.key }, weight: peak.weight }] : [];
    });
  });
  return found.sort((a, b) => b.weight - a.weight)[0]?.guess ?? null;
}

const isSelf = (kind: AttentionKind, query: number, key: number): boolean => kind !== "cross" && query === key;

/** Something that was said: no special token, no instruction, no punctuation. */
function isWord(token: Token | undefined): boolean {
  return token !== undefined && !token.special && !token.instruction && /[\p{L}\p{N}]/u.test(token.text);
}

/** A guess about where attention goes. */
export const predict: Checker<"predict"> = {
  check,
  solve: (key, evidence): Solution<"predict"> => {
    const answer = evidence && outstanding(evidence.trace, key.part ? [key.part] : KINDS);
    if (!answer) return { answer: null, facts: {} };
    const { facts, mark } = check(answer, key, evidence);
    return { answer, facts, mark: mark && { ...mark, label: "the largest weight between two words" } };
  },
  explanations: () => ["first", "right", "close", "wrong", "masked"],
  facts: ["query", "key", "weight", "layer", "head", "rank", "keys", "top", "topWeight", "topLayer", "topHead"],
  ends: ["right", "close", "wrong"],
  measured: () => true,
};
