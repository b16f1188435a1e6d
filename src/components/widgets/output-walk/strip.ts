import type { Token, Trace } from "../../../engine/model.ts";

/** A stretch of a text: the characters of one token, or what lies between tokens. */
export interface Stretch {
  readonly text: string;
  /** Index of the token, or −1 between tokens. */
  readonly token: number;
}

/** Cuts a text where its tokens begin and end, so that every character stands in exactly one stretch. */
export function stretches(text: string, tokens: readonly Token[]): readonly Stretch[] {
  const cuts: Stretch[] = [];
  let at = 0;
  tokens.forEach((token, index) => {
    if (token.special || token.end <= at) return;
    const start = Math.max(at, token.start);
    if (start > at) cuts.push({ text: text.slice(at, start), token: -1 });
    cuts.push({ text: text.slice(start, token.end), token: index });
    at = token.end;
  });
  if (at < text.length) cuts.push({ text: text.slice(at), token: -1 });
  return cuts;
}

/** The stretches from one token up to another, with an ellipsis where text is left out. */
export function stretchesWithin(all: readonly Stretch[], from: number, to: number): readonly Stretch[] {
  const first = all.findIndex(({ token }) => token >= from);
  const last = all.findLastIndex(({ token }) => token >= 0 && token < to);
  const whole =
    first <= all.findIndex(({ token }) => token >= 0) && last === all.findLastIndex(({ token }) => token >= 0);
  if (whole || first < 0) return all;
  const mark: Stretch = { text: "…", token: -1 };
  return [...(first > 0 ? [mark] : []), ...all.slice(first, last + 1), ...(last < all.length - 1 ? [mark] : [])];
}

/** One token as the strip shows it. */
export interface StripToken {
  readonly index: number;
  readonly token: Token;
  /** Goes on with the word of the token before it. */
  readonly joined: boolean;
  /** "3–8", or a word where the token stands for no characters. */
  readonly offsets: string;
}

/** The tokens of one text, with sub-word joints and offsets. */
export function stripTokens(tokens: readonly Token[]): readonly StripToken[] {
  return tokens.map((token, index) => ({
    index,
    token,
    joined: !token.special && token.word >= 0 && tokens[index - 1]?.word === token.word,
    offsets: token.special ? "no text" : `${token.start}–${token.end}`,
  }));
}

/** A place in the strip: a token of the source, or a step of the decoder. */
export interface Place {
  readonly line: "source" | "read" | "written";
  readonly index: number;
}

/**
 * The places that belong to a place: what is written at t is read at t + 1.
 */
export function linked(place: Place, trace: Trace): readonly Place[] {
  const steps = trace.target.read.length;
  if (place.line === "written" && place.index + 1 < steps) return [place, { line: "read", index: place.index + 1 }];
  if (place.line === "read" && place.index > 0) return [place, { line: "written", index: place.index - 1 }];
  return [place];
}

/** Says a place in words: id, piece, characters, and what the decoder does there. */
export function placeText(place: Place, trace: Trace): string {
  const token = tokensOf(place.line, trace)[place.index];
  if (!token) return "";
  const covers = token.special
    ? "it stands for no text"
    : `it covers “${token.text}”, characters ${token.start} to ${token.end}`;
  return `${LINES[place.line]} ${place.index}: id ${token.id}, piece ${token.piece}; ${covers}.`;
}

const LINES = { source: "Source token", read: "Read at position", written: "Written at position" } as const;

/** The tokens of a line of the strip. */
export function tokensOf(line: Place["line"], trace: Trace): readonly Token[] {
  return line === "source" ? trace.source.tokens : trace.target[line];
}
