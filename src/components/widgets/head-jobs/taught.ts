/** Heads that were shown in training where to look: what they do was asked of them. */
import type { HeadRef } from "../../../engine/model.ts";

/** One of them, as the files beside the models name it. */
export interface TaughtHead {
  readonly model: string;
  readonly kind: string;
  readonly layer: number;
  readonly head: number;
  readonly name: string;
  readonly note: string;
}

/** The entry of a head, if it was taught. */
export function taughtAs(taught: readonly TaughtHead[], model: string, ref: HeadRef): TaughtHead | undefined {
  return taught.find(
    (each) => each.model === model && each.kind === ref.kind && each.layer === ref.layer && each.head === ref.head,
  );
}
