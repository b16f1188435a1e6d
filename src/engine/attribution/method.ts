/** The one signature of all methods. */
import type { AttributionRequest, HeadAttribution, LayerAttribution, TokenAttribution } from "../attribute.ts";
import type { Runner } from "./runner.ts";
import type { Subject } from "./subject.ts";

/** What every attribution says beside its scores. */
type Common = "model" | "method" | "source" | "target" | "targets" | "cost";

/** What a method finds. */
export type Found = Omit<TokenAttribution, Common> | Omit<LayerAttribution, Common> | Omit<HeadAttribution, Common>;

/** A way to attribute a followed number. */
export interface Method {
  /** How many runs (points) it takes for all rows; the most, where it may end sooner. */
  readonly runs: (subject: Subject, request: AttributionRequest) => number;
  readonly attribute: (runner: Runner, subject: Subject, request: AttributionRequest) => Promise<Found>;
}

/** One run a row: what a method takes that asks for nothing but the run as it is. */
export function onePerRow(_: Subject, { targets }: AttributionRequest): number {
  return targets.length;
}

/** What a method of tokens leaves out that neither starts from a baseline nor draws. */
export const PLAIN = { of: "tokens", completeness: null, error: null, paths: null } as const;
