import type { Token } from "../../engine/model.ts";

/** A token as it is written in tables: its text, or its piece where it covers none. */
export function nameOf({ text, piece }: Token): string {
  return text.trim() || piece;
}
