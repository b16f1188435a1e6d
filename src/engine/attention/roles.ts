import type { Alignment, RoleScores, Trace } from "../model.ts";

/** What role scores need of a trace. */
export type RoleInput = Pick<Trace, "source" | "target" | "attention">;

/** Scores every head for every role that the text allows; alignment only where gold is given. */
export function scoreRoles(_input: RoleInput, _gold?: Alignment): RoleScores[] {
  throw new Error("not written yet");
}
