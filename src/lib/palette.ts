/**
 * One colour, one meaning, one place. The values stand in `styles/palette.css`, tuned for both themes;
 * everything else speaks of meanings.
 */

/** What a colour can mean, in pictures and in the words of the text. */
export const MEANINGS = [
  "query",
  "key",
  "value",
  "positive",
  "negative",
  "probe",
  "control",
  "gold",
  "attention",
  "right",
  "wrong",
] as const;

export type Meaning = (typeof MEANINGS)[number];

/** The most heads that get a hue of their own; further heads start again, told apart by their number. */
export const HEAD_HUES = 12;

/** The colour of a meaning, as a CSS value that follows the theme. */
export function colourOf(meaning: Meaning): string {
  return `var(--uh-${meaning})`;
}

/** The colour of a head, counted from 0, as a CSS value that follows the theme. */
export function headColour(head: number): string {
  return `var(--uh-head-${head % HEAD_HUES})`;
}
