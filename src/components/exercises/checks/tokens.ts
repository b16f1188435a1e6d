/** Click the tokens that are meant: by what they are, or by the weight that lies on them. */
import type { AnyTrace, Token } from "../../../engine/model.ts";
import { keyTokens, queryTokens } from "../axes.ts";
import { strongest, tokenText, wordAt } from "../cells.ts";
import type { Evidence } from "../evidence.ts";
import {
  type Checker,
  type Keys,
  type Solution,
  type TokenAnswer,
  type TokenRule,
  unsettled,
  type Verdict,
} from "../types.ts";

function check(answer: TokenAnswer | null, key: Keys["tokens"], evidence: Evidence | null): Verdict {
  if (answer === null || answer.places.length === 0) return unsettled("no-answer");
  if (!evidence) return unsettled("no-figure");
  const tokens = tokensOn(evidence.trace, key.side);
  if (answer.tokens !== tokens.length) return unsettled("other-size");
  const meant = meantBy(evidence, key);
  if (meant === null || meant.length === 0) return unsettled("other-text");

  const extra = answer.places.filter((place) => !meant.includes(place));
  const missing = meant.filter((place) => !answer.places.includes(place));
  const facts = { all: meant.length, extra: extra.length, missing: missing.length };
  const named = (place: number | undefined) => ({ ...facts, token: tokenText(tokens[place ?? -1]) });
  if (extra.length > 0) return { state: "wrong", why: "extra", facts: named(extra[0]) };
  // A token left out is not named: finding it is the exercise.
  if (missing.length > 0) return { state: "close", why: "missing", facts };
  return { state: "right", why: "right", facts };
}

/** The tokens of a side; all of them where a model has a single stack. */
export function tokensOn({ source, target }: AnyTrace, side: Keys["tokens"]["side"]): readonly Token[] {
  return target === null || side === "source" ? source.tokens : target[side];
}

/** Places of the tokens that a rule means; null where this run cannot settle it. */
function meantBy({ trace, numbers }: Evidence, { side, rule }: Keys["tokens"]): number[] | null {
  const tokens = tokensOn(trace, side);
  if ("most" in rule) return largest(tokens, (place) => numbers?.[`${rule.most}.${place}`]);
  if ("below" in rule) {
    const known = numbers && tokens.some((_, place) => numbers[`${rule.below}.${place}`] !== undefined);
    if (!known) return null;
    return placesWhere(tokens, (_, place) => (numbers[`${rule.below}.${place}`] ?? rule.limit) < rule.limit);
  }
  if ("are" in rule) return placesWhere(tokens, (token, place) => IS[rule.are](token, place, tokens));
  const { part, from, above } = rule;
  const rows = wordAt(queryTokens(trace, part), from);
  if (rows.length === 0 || keyTokens(trace, part) !== tokens) return null;
  return placesWhere(tokens, (_, key) => rows.some((query) => strongest(trace, part, { query, key }).weight > above));
}

type Are = Extract<TokenRule, { are: string }>["are"];

const IS: Readonly<Record<Are, (token: Token, place: number, tokens: readonly Token[]) => boolean>> = {
  special: ({ special }) => special,
  instruction: ({ instruction }) => instruction,
  pieces: ({ word }, place, tokens) =>
    word >= 0 && (tokens[place - 1]?.word === word || tokens[place + 1]?.word === word),
};

/** The place with the largest number; null where no place has one. */
function largest(tokens: readonly Token[], of: (place: number) => number | undefined): number[] | null {
  const known = placesWhere(tokens, (_, place) => of(place) !== undefined);
  const [top] = known.sort((a, b) => (of(b) ?? 0) - (of(a) ?? 0));
  return top === undefined ? null : [top];
}

function placesWhere(tokens: readonly Token[], holds: (token: Token, place: number) => boolean): number[] {
  return tokens.flatMap((token, place) => (holds(token, place) ? [place] : []));
}

/** Tokens of a text. */
export const tokens: Checker<"tokens"> = {
  check,
  solve: (key, evidence): Solution<"tokens"> => {
    const meant = evidence && meantBy(evidence, key);
    if (!meant || meant.length === 0) return { answer: null, facts: {} };
    const answer = { places: meant, tokens: tokensOn(evidence.trace, key.side).length };
    return { answer, facts: { all: meant.length } };
  },
  explanations: () => ["right", "extra", "missing"],
  facts: ["all", "extra", "missing", "token"],
  ends: ["right"],
  measured: () => true,
};
