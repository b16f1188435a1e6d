import type { Alignment } from "../engine/model.ts";
import { EXAMPLES } from "./examples.ts";

/** Gold word alignment of a pair that is one of the stored examples. */
export function alignmentOf(source: string, target: string | null): Alignment | undefined {
  return EXAMPLES.find((example) => example.source === source && example.target === target)?.alignment;
}
