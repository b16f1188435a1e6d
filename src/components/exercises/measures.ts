/** Measuring heads: every head of a part with its score, and what a head does otherwise. */
import type { AnyTrace, AttentionKind, HeadRef, Role, RoleScores } from "../../engine/model.ts";
import { keyTokens, queryTokens } from "./axes.ts";
import { headsOf, tokenText, wordAt, wordWeight } from "./cells.ts";
import { chanceOf } from "./chance.ts";
import type { HeadMeasure } from "./types.ts";

/** A head with its score. */
export interface Scored {
  readonly head: HeadRef;
  readonly score: number;
}

/** A role stands out from this many times what a head gets that looks everywhere alike. */
const STANDS_OUT = 2;

/** A role that a head plays, with what chance alone would give. */
export interface Played {
  readonly role: Role;
  readonly score: number;
  readonly chance: number;
}

/** Every head of a kind with its score, best first; null if this text does not allow the measure. */
export function ranked(trace: AnyTrace, kind: AttentionKind, measure: HeadMeasure): Scored[] | null {
  const score = scorer(trace, kind, measure);
  if (!score) return null;
  return headsOf(trace, kind)
    .map((head) => ({ head, score: score(head) }))
    .sort((a, b) => b.score - a.score);
}

function scorer(trace: AnyTrace, kind: AttentionKind, measure: HeadMeasure): ((head: HeadRef) => number) | null {
  if ("role" in measure) {
    const found = rolesOf(trace, kind).find(({ role }) => role === measure.role);
    return found ? (head) => scoreOf(found, head) : null;
  }
  const [from, to] = rowAndColumn(trace, kind, measure);
  return from.length && to.length ? (head) => wordWeight(trace, head, from, to) : null;
}

/** Over how many rows a role's score is a mean; 1 for a single cell. */
export function rowsOf(trace: AnyTrace, kind: AttentionKind, measure: HeadMeasure): number {
  if (!("role" in measure)) return 1;
  return rolesOf(trace, kind).find(({ role }) => role === measure.role)?.rows ?? 0;
}

/** Positions of the two words of a cell: in the query rows, and in the key columns. */
export function rowAndColumn(
  trace: AnyTrace,
  kind: AttentionKind,
  words: { readonly from: string; readonly to: string },
): [number[], number[]] {
  return [wordAt(queryTokens(trace, kind), words.from), wordAt(keyTokens(trace, kind), words.to)];
}

/** Of the other roles of a head that stand out against chance, the one furthest above it; null if none stands out. */
export function otherRole(trace: AnyTrace, head: HeadRef, except: Role): Played | null {
  const [strongest] = rolesOf(trace, head.kind)
    .filter(({ role }) => role !== except)
    .map((scores) => ({
      role: scores.role,
      score: scoreOf(scores, head),
      chance: chanceOf(trace, head.kind, scores.role),
    }))
    .filter(({ score, chance }) => score >= STANDS_OUT * chance)
    .sort((a, b) => b.score - b.chance - (a.score - a.chance));
  return strongest ?? null;
}

/** The token that a head looks at most from a word. */
export function lookedAt(trace: AnyTrace, head: HeadRef, from: readonly number[]): { token: string; weight: number } {
  const tokens = keyTokens(trace, head.kind);
  const weights = tokens.map((_, position) => wordWeight(trace, head, from, [position]));
  const most = weights.indexOf(Math.max(...weights));
  return { token: tokenText(tokens[most]), weight: weights[most] ?? 0 };
}

function rolesOf(trace: AnyTrace, kind: AttentionKind): RoleScores[] {
  return trace.roles.filter((scores) => scores.kind === kind);
}

function scoreOf({ values }: RoleScores, { layer, head }: HeadRef): number {
  return values.data[layer * (values.shape[1] ?? 0) + head] ?? 0; // [layer, head]
}
