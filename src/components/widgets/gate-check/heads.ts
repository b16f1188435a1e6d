/** The heads of a study as one list. */
import type { GateCheckStudy } from "../../../engine/attribute.ts";
import type { AttentionKind } from "../../../engine/model.ts";

/** A head with both changes of the followed number; layer and head from 0. */
export interface HeadChange {
  readonly kind: AttentionKind;
  readonly layer: number;
  readonly head: number;
  /** By a straight line along the slope of its switch. */
  readonly foretold: number;
  /** With the head off. */
  readonly change: number;
}

/** All heads, kind after kind and layer after layer. */
export function headsOf({ kinds }: GateCheckStudy): HeadChange[] {
  return kinds.flatMap(({ kind, foretold, true: changes }) => {
    const count = changes.shape[1] ?? 1;
    return Array.from(changes.data, (change, at) => ({
      kind,
      layer: Math.floor(at / count),
      head: at % count,
      foretold: foretold.data[at] ?? Number.NaN,
      change,
    }));
  });
}

/** How far the line is off. */
export function offBy({ foretold, change }: HeadChange): number {
  return Math.abs(change - foretold);
}

/** The head on which the line is farthest off; null where there are no heads. */
export function farthestOf(heads: readonly HeadChange[]): HeadChange | null {
  return heads.reduce<HeadChange | null>((worst, head) => (worst && offBy(worst) >= offBy(head) ? worst : head), null);
}

/** A name that is its own in the figure: "cross/0/3". */
export function nameOf({ kind, layer, head }: Pick<HeadChange, "kind" | "layer" | "head">): string {
  return `${kind}/${layer}/${head}`;
}
