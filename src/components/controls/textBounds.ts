/** Tokens in a field, against the most that the model takes. */
export interface TokenTally {
  /** Null until it is known. */
  readonly count: number | null;
  readonly limit: number;
  readonly cut: number;
}

/** The most characters that a field keeps: far over what 512 tokens can cover, far under what would slow the page. */
export const MAX_CHARACTERS = 8_000;

/** A text held to what a field keeps, never cut inside a character. */
export function boundText(text: string): { text: string; cut: boolean } {
  if (text.length <= MAX_CHARACTERS) return { text, cut: false };
  const last = text.charCodeAt(MAX_CHARACTERS - 1);
  const splits = last >= 0xd800 && last < 0xdc00;
  return { text: text.slice(0, splits ? MAX_CHARACTERS - 1 : MAX_CHARACTERS), cut: true };
}

/** "12 of 512 tokens". */
export function countText(tally: TokenTally): string {
  return `${tally.count ?? "…"} of ${tally.limit} tokens`;
}
