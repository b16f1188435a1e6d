/** How a tokenizer splits a text before it looks for pieces: one row for each pre-tokenizer of `tokenizer.json`. */
import { inByteAlphabet } from "./bytes.ts";
import { type Followed, matchesOf, type Span, standIns, textOf, withPrefix } from "./followed.ts";
import { type Json, listOf, part, patternOf, textIn } from "./json.ts";
import { unfitTokenizer } from "./unfit.ts";

/** Splits a part of a text into smaller ones; spaces may become marks, and bytes characters. */
export type PreTokenizer = (letters: Followed) => Followed[];

type Maker = (json: Json, made: unknown) => PreTokenizer;

/** What becomes of the matches of a pattern. */
const BEHAVIOURS: Readonly<Record<string, (parts: readonly Part[]) => readonly Span[]>> = {
  Isolated: (parts) => parts,
  Removed: (parts) => parts.filter(({ match }) => !match),
  Contiguous: (parts) => joined(parts, (part, last) => part.match === last.match),
  MergedWithPrevious: (parts) => joined(parts, (part, last) => part.match && !last.match),
  MergedWithNext: (parts) => joined(parts, (part, last) => last.match && !part.match),
};

interface Part extends Span {
  readonly match: boolean;
}

const SPACES = /\p{White_Space}+/gu;
const ONE_SPACE = /\p{White_Space}/gu;
/** Unicode's punctuation and all marks of ASCII. */
const ONE_MARK = /[\p{P}$+<=>^`|~]/gu;
const WORDS_OR_MARKS =
  /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]+|[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}\p{White_Space}]+/gu;
/** GPT-2's words: endings apart, a space goes with what follows it. */
const GPT2 =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

const MAKERS: Readonly<Record<string, Maker>> = {
  WhitespaceSplit: () => splitting(SPACES, "Removed"),
  Whitespace: () => splitting(WORDS_OR_MARKS, "Removed", true),
  Punctuation: (json) => splitting(ONE_MARK, textIn(json.behavior, "Isolated")),
  Digits: (json) => splitting(/\p{N}/gu, json.individual_digits ? "Isolated" : "Contiguous"),
  BertPreTokenizer: () => inTurn([splitting(ONE_SPACE, "Removed"), splitting(ONE_MARK, "Isolated")]),
  Split: (json, made) => splitting(patternOf(made), textIn(json.behavior, ""), json.invert === true),
  Metaspace: metaspace,
  ByteLevel: byteLevel,
  Sequence: (json, made) => {
    const inner = listOf(part(made).tokenizers);
    return inTurn(listOf(json.pretokenizers).map((step, i) => preTokenizerOf(step, inner[i])));
  },
};

/**
 * The pre-tokenizer of a file; null stands for none, which leaves a text whole. Throws "graph" for one that cannot be
 * followed.
 * @param made the same as transformers.js made it
 */
export function preTokenizerOf(json: unknown, made: unknown): PreTokenizer {
  if (json === null || json === undefined) return (letters) => [letters];
  const name = String(part(json).type);
  const maker = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
  if (!maker) throw unfitTokenizer(`its pre-tokenizer is a ${name}`);
  return maker(part(json), made);
}

function inTurn(steps: readonly PreTokenizer[]): PreTokenizer {
  return (letters) => steps.reduce<Followed[]>((parts, step) => parts.flatMap(step), [letters]);
}

/** Splits at a pattern; `inverted` takes what lies between its matches for the matches. */
function splitting(pattern: RegExp, behaviour: string, inverted = false): PreTokenizer {
  const laid = Object.hasOwn(BEHAVIOURS, behaviour) ? BEHAVIOURS[behaviour] : undefined;
  if (!laid) throw unfitTokenizer(`its pre-tokenizer splits in the way "${behaviour}"`);
  return (letters) =>
    laid(partsOf(letters, pattern, inverted))
      .filter(({ start, end }) => end > start)
      .map(({ start, end }) => letters.slice(start, end));
}

/** The matches and what lies between them, in order. */
function partsOf(letters: Followed, pattern: RegExp, inverted: boolean): Part[] {
  let last = 0;
  const parts = matchesOf(letters, pattern).flatMap(({ start, end }) => {
    const between = { start: last, end: start, match: inverted };
    last = end;
    return [between, { start, end, match: !inverted }];
  });
  parts.push({ start: last, end: letters.length, match: inverted });
  return parts.filter(({ start, end }) => end > start);
}

function joined(parts: readonly Part[], joins: (part: Part, last: Part) => boolean): Span[] {
  const whole: Span[] = [];
  parts.forEach((part, i) => {
    const [before, open] = [parts[i - 1], whole.at(-1)];
    if (before && open && joins(part, before)) whole[whole.length - 1] = { start: open.start, end: part.end };
    else whole.push(part);
  });
  return whole;
}

function metaspace(json: Json): PreTokenizer {
  const mark = textIn(json.replacement, "▁");
  const scheme = textIn(json.prepend_scheme, json.add_prefix_space === false ? "never" : "always");
  const words = splitting(new RegExp(mark.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gu"), "MergedWithNext");
  return (letters) => {
    const marked = letters.flatMap((letter) => (letter.character === " " ? standIns(mark, letter) : [letter]));
    const wanted = scheme === "always" || (scheme === "first" && letters[0]?.start === 0);
    const whole = wanted && !textOf(marked).startsWith(mark) ? withPrefix(mark, marked) : marked;
    return json.split === false ? [whole] : words(whole);
  };
}

function byteLevel(json: Json): PreTokenizer {
  const words: PreTokenizer = json.use_regex === false ? (letters) => [letters] : splitting(GPT2, "Isolated");
  return (letters) => {
    const spaced = json.add_prefix_space && letters[0]?.character !== " " ? withPrefix(" ", letters) : letters;
    return words(spaced).map((word) => word.flatMap((letter) => standIns(inByteAlphabet(letter.character), letter)));
  };
}
