/** Tokens that are found in a text before everything else, such as `<|endoftext|>` or `[MASK]`. */
import { type Followed, follow, matchesOf, type Span, textOf } from "./followed.ts";
import { type Json, listOf, part } from "./json.ts";
import type { Normaliser } from "./normalisers.ts";

/** A part of a text: one added token, or what lies between two of them. */
export interface Section {
  /** Id of the token. */
  readonly id?: number;
  readonly letters: Followed;
}

const WORD = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;
const SPACE = /\p{White_Space}/u;

/** An added token as the file writes it. */
interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly json: Json;
}

/** Splits a text at the added tokens of a `tokenizer.json` and normalises what lies between them. */
export function addedTokensOf(json: unknown, normalise: Normaliser): (letters: Followed) => Section[] {
  const tokens = listOf(json).map((token): AddedToken => {
    const { id, content } = part(token);
    return { id: Number(id), content: String(content), json: part(token) };
  });
  const asWritten = finder(tokens.filter(({ json: { normalized } }) => !normalized));
  const normalised = finder(
    tokens
      .filter(({ json: { normalized } }) => normalized)
      .map((token) => ({ ...token, content: textOf(normalise(follow(token.content))) })),
  );
  const between = (letters: Followed) => normalised(normalise(letters));
  return (letters) => asWritten(letters).flatMap((section) => ("id" in section ? [section] : between(section.letters)));
}

function finder(tokens: readonly AddedToken[]): (letters: Followed) => Section[] {
  const byContent = new Map(tokens.filter(({ content }) => content !== "").map((token) => [token.content, token]));
  const longestFirst = Array.from(byContent.keys()).sort((a, b) => b.length - a.length);
  const pattern = longestFirst.map((content) => content.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  if (pattern === "") return (letters) => whole(letters);

  return (letters) => {
    let last = 0;
    const sections: Section[] = [];
    for (const match of matchesOf(letters, new RegExp(pattern, "gu"))) {
      const token = byContent.get(textOf(letters.slice(match.start, match.end)));
      if (!token || (token.json.single_word && !standsAlone(letters, match))) continue;
      const { start, end } = withSpaces(letters, match, token.json);
      sections.push(...whole(letters.slice(last, Math.max(last, start))));
      sections.push({ id: token.id, letters: letters.slice(Math.max(last, start), end) });
      last = end;
    }
    return [...sections, ...whole(letters.slice(last))];
  };
}

function whole(letters: Followed): Section[] {
  return letters.length === 0 ? [] : [{ letters }];
}

function standsAlone(letters: Followed, { start, end }: Span): boolean {
  return [letters[start - 1], letters[end]].every((letter) => !letter || !WORD.test(letter.character));
}

/** Some tokens take the spaces beside them. */
function withSpaces(letters: Followed, span: Span, { lstrip, rstrip }: Json): Span {
  let { start, end } = span;
  const isSpace = (at: number) => SPACE.test(letters[at]?.character ?? "");
  while (lstrip && isSpace(start - 1)) start -= 1;
  while (rstrip && isSpace(end)) end += 1;
  return { start, end };
}
