/** Words of a text, as people count them: runs between spaces, punctuation apart. */

/** UTF-16 offsets of a word in the text, end exclusive. */
export interface WordSpan {
  readonly start: number;
  readonly end: number;
}

/** French words that lose their last vowel before another one: "l'", "qu'"; the apostrophe ends the word. */
const ELIDED = "(?:[cdjlmnst]|(?:jus|lors|puis)?qu)['’](?=[\\p{L}\\p{N}])";
/** Letters and digits, joined by hyphens and by other apostrophes ("est-ce", "didn't"). */
const JOINED = "[\\p{L}\\p{N}\\p{M}]+(?:['’-][\\p{L}\\p{N}\\p{M}]+)*";
/** Signs that are no punctuation, an emoji with its joiners for one, stay together. */
const SIGNS = "[^\\s\\p{L}\\p{N}\\p{P}]+";
const WORD = new RegExp(`(?<![\\p{L}\\p{N}])${ELIDED}|${JOINED}|${SIGNS}|\\p{P}`, "giu");

/** The words of a text in order. */
export function wordsOf(text: string): WordSpan[] {
  return Array.from(text.matchAll(WORD), ({ index, 0: word }) => ({ start: index, end: index + word.length }));
}
