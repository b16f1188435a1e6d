/** What a head that looks everywhere alike would score for a role: the measure of what stands out. */
import type { AnyTrace, AttentionKind, Role, Token } from "../../engine/model.ts";
import { keyTokens, queryTokens } from "./axes.ts";

/** The cells of each role; a test holds them to those that the engine scores (`engine/attention/roles.ts`). */
const NAMES: Readonly<Record<Role, (at: number, query: number, keys: readonly Token[], self: boolean) => boolean>> = {
  previous: (at, query) => at === query - 1,
  next: (at, query) => at === query + 1,
  same: (at, query) => at === query,
  duplicate: (at, query, keys) => at < query && keys[at]?.id === keys[query]?.id,
  induction: (at, query, keys) => at < query && keys[at - 1]?.id === keys[query]?.id,
  first: (at, query, _, self) => at === 0 && !(self && query === 0),
  end: (at, _, keys) => at === keys.length - 1,
  instruction: (at, _, keys) => keys[at]?.instruction === true,
  punctuation: (at, query, keys, self) => isMark(keys[at]) && !(self && at === query),
  // One token of all that are seen.
  alignment: (at) => at === 0,
};

function isMark(token: Token | undefined): boolean {
  return token !== undefined && !token.instruction && /^\p{P}+$/u.test(token.text);
}

/** The mean share of a role's cells among those that a row sees, over the rows of the sentence that have one. */
export function chanceOf(trace: AnyTrace, kind: AttentionKind, role: Role): number {
  const keys = keyTokens(trace, kind);
  const shares = queryTokens(trace, kind).flatMap((token, query) => {
    if (token.special || token.instruction) return [];
    const seen = kind === "decoder" ? keys.slice(0, query + 1) : keys;
    const named = seen.filter((_, at) => NAMES[role](at, query, seen, kind !== "cross")).length;
    return named > 0 ? [named / seen.length] : [];
  });
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
}
