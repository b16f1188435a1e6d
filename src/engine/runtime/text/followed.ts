/** A text whose characters know where they came from, through everything that a tokenizer does to it. */

/** Half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One character (code point) and the range of the original that it stands for. */
export interface Letter extends Span {
  readonly character: string;
}

/** A text or a part of it. */
export type Followed = readonly Letter[];

/** The characters of a text, each standing for itself. */
export function follow(text: string): Letter[] {
  let start = 0;
  return Array.from(wellFormed(text), (character) => {
    const letter = { character, start, end: start + character.length };
    start = letter.end;
    return letter;
  });
}

/** The text as it reads now. */
export function textOf(letters: Followed): string {
  return letters.map(({ character }) => character).join("");
}

/** Characters that stand for the same part of the original as another one. */
export function standIns(text: string, { start, end }: Span): Letter[] {
  return Array.from(text, (character) => ({ character, start, end }));
}

/** A text put in front: it stands for nothing. */
export function withPrefix(prefix: string, letters: Followed): Followed {
  const [first] = letters;
  return first ? [...standIns(prefix, { start: first.start, end: first.start }), ...letters] : letters;
}

/** Where a pattern matches, as ranges of letters. */
export function matchesOf(letters: Followed, pattern: RegExp): Span[] {
  const at: number[] = [];
  letters.forEach(({ character }, i) => {
    for (let unit = 0; unit < character.length; unit += 1) at.push(i);
  });
  at.push(letters.length);
  const place = (unit: number) => at[unit] ?? letters.length;
  return Array.from(textOf(letters).matchAll(pattern), ({ index, 0: match }) => ({
    start: place(index),
    end: place(index + match.length),
  })).filter(({ start, end }) => end > start);
}

/** A stand-in for each half of a surrogate pair that stands alone: it cannot be encoded, and no tokenizer takes it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
