/** The way back from pieces to text: one row for each decoder of `tokenizer.json`. */
import { bytesOfPiece, type ReadCharacter, readBytes } from "./bytes.ts";
import { type Json, listOf, part, patternOf, textIn } from "./json.ts";
import { unfitTokenizer } from "./unfit.ts";

/** One character with the tokens that it was read from, first and last. */
interface Cell {
  readonly character: string;
  readonly first: number;
  readonly last: number;
}

/** Text under way: parts as the steps see them, at first one a token. */
type Parts = readonly (readonly Cell[])[];

type Step = (parts: Parts) => Parts;
type Maker = (json: Json, made: unknown) => Step;

/** A text with the range of each token; tokens that share a character overlap. */
export interface DecodedText {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/** Turns the pieces of some tokens into text. */
export type Decoder = (pieces: readonly string[]) => DecodedText;

const BYTE = /^<0x([0-9A-Fa-f]{2})>$/;

const MAKERS: Readonly<Record<string, Maker>> = {
  ByteLevel: () => byteLevel,
  ByteFallback: () => byteFallback,
  Fuse: () => (parts) => [parts.flat()],
  Metaspace: metaspace,
  WordPiece: wordPiece,
  BPEDecoder: (json) => (parts) =>
    parts.map((cells, i) => replaced(cells, textIn(json.suffix, "</w>"), i === parts.length - 1 ? "" : " ")),
  Strip: (json) => (parts) => parts.map((cells) => stripped(cells, json)),
  Replace: (json, made) => (parts) => parts.map((cells) => replaced(cells, patternOf(made), textIn(json.content, ""))),
  Sequence: (json, made) => {
    const inner = listOf(part(made).decoders);
    const steps = listOf(json.decoders).map((step, i) => stepOf(step, inner[i]));
    return (parts) => steps.reduce((under, step) => step(under), parts);
  },
};

/** Where transformers takes out spaces that English spelling has not, one after the other. */
const NEEDLESS_SPACES = [/ \./g, / \?/g, / !/g, / ,/g, / ' /g, / n't/g, / 'm/g, / 's/g, / 've/g, / 're/g] as const;

/**
 * The decoder of a file; null stands for none, which puts spaces between pieces. Throws "graph" for one that cannot be
 * followed.
 * @param made the same as transformers.js made it
 * @param cleansUp whether needless spaces are taken out of the text
 */
export function decoderOf(json: unknown, made: unknown, cleansUp: boolean): Decoder {
  const step = json === null || json === undefined ? spaced : stepOf(json, made);
  return (pieces) => {
    const cells = step(pieces.map((piece, i) => cellsOf(piece, i))).flat();
    return laid(cleansUp ? withoutNeedlessSpaces(cells) : cells, pieces.length);
  };
}

function stepOf(json: unknown, made: unknown): Step {
  const name = String(part(json).type);
  const maker = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
  if (!maker) throw unfitTokenizer(`its decoder is a ${name}`);
  return maker(part(json), made);
}

function cellsOf(text: string, token: number): Cell[] {
  return Array.from(text, (character) => ({ character, first: token, last: token }));
}

function textOf(cells: readonly Cell[]): string {
  return cells.map(({ character }) => character).join("");
}

function laid(cells: readonly Cell[], tokens: number): DecodedText {
  const spans: ({ start: number; end: number } | undefined)[] = Array.from({ length: tokens });
  let start = 0;
  for (const { character, first, last } of cells) {
    const end = start + character.length;
    for (let token = first; token <= last; token += 1) spans[token] = { start: spans[token]?.start ?? start, end };
    start = end;
  }
  // A token without a character stands at the end of the one before it.
  let at = 0;
  return {
    text: textOf(cells),
    spans: spans.map((span) => {
      const laidOut = span ?? { start: at, end: at };
      at = laidOut.end;
      return laidOut;
    }),
  };
}

function spaced(parts: Parts): Parts {
  return parts.map((cells, i) => (i === 0 ? cells : withSpace(cells)));
}

function withSpace(cells: readonly Cell[]): readonly Cell[] {
  const [next] = cells;
  return next ? [{ ...next, character: " " }, ...cells] : cells;
}

/** All pieces together are one text in UTF-8: a character may lie across several. */
function byteLevel(parts: Parts): Parts {
  const tokens = parts.flatMap((cells) => {
    const token = cells[0]?.first ?? 0;
    return bytesOfPiece(textOf(cells)).map((byte) => ({ byte, token }));
  });
  const read = readBytes(tokens.map(({ byte }) => byte));
  return [read.map((one) => cellOf(one, (at) => tokens[at]?.token ?? 0))];
}

function cellOf({ character, start, end }: ReadCharacter, tokenAt: (byte: number) => number): Cell {
  return { character, first: tokenAt(start), last: tokenAt(end - 1) };
}

/** A run of byte pieces is read together; one that is no text becomes U+FFFD for each of its bytes. */
function byteFallback(parts: Parts): Parts {
  const result: (readonly Cell[])[] = [];
  let run: { readonly byte: number; readonly token: number }[] = [];
  const close = () => {
    const read = readBytes(run.map(({ byte }) => byte));
    const broken = read.some(({ character }) => character === "\ufffd") && !isText(run.map(({ byte }) => byte));
    if (broken) result.push(...run.map(({ token }) => cellsOf("\ufffd", token)));
    else if (run.length > 0) result.push(read.map((one) => cellOf(one, (at) => run[at]?.token ?? 0)));
    run = [];
  };
  for (const cells of parts) {
    const hex = BYTE.exec(textOf(cells))?.[1];
    if (hex !== undefined) run.push({ byte: Number.parseInt(hex, 16), token: cells[0]?.first ?? 0 });
    else {
      close();
      result.push(cells);
    }
  }
  close();
  return result;
}

function isText(bytes: readonly number[]): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
    return true;
  } catch {
    return false;
  }
}

function metaspace(json: Json): Step {
  const mark = textIn(json.replacement, "▁");
  const prepends = json.prepend_scheme !== "never" && json.add_prefix_space !== false;
  return (parts) => parts.map((cells, i) => replaced(cells, mark, i === 0 && prepends ? "" : " "));
}

function wordPiece(json: Json): Step {
  const prefix = textIn(json.prefix, "##");
  return (parts) =>
    parts.map((cells, i) => {
      const continues = i > 0 && textOf(cells).startsWith(prefix);
      const joined = continues ? cells.slice(Array.from(prefix).length) : i > 0 ? withSpace(cells) : cells;
      return json.cleanup === false ? joined : withoutNeedlessSpaces(joined);
    });
}

function stripped(cells: readonly Cell[], json: Json): readonly Cell[] {
  const content = textIn(json.content, " ");
  const isContent = (at: number) => cells[at]?.character === content;
  let [start, end] = [0, cells.length];
  while (start < Number(json.start) && isContent(start)) start += 1;
  while (cells.length - end < Number(json.stop) && isContent(end - 1)) end -= 1;
  return cells.slice(start, Math.max(start, end));
}

/** What is put in comes from the tokens of what it replaces. */
function replaced(cells: readonly Cell[], pattern: string | RegExp, content: string): Cell[] {
  const text = textOf(cells);
  const found =
    typeof pattern === "string" ? new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gu") : pattern;
  const at = unitPlaces(cells);
  let last = 0;
  const parts = Array.from(text.matchAll(found)).flatMap(({ index, 0: match }) => {
    const [start, end] = [at[index] ?? 0, at[index + match.length] ?? cells.length];
    const kept = cells.slice(last, start);
    last = end;
    const from = { first: cells[start]?.first ?? 0, last: cells[end - 1]?.last ?? 0 };
    return [...kept, ...Array.from(content, (character) => ({ character, ...from }))];
  });
  return [...parts, ...cells.slice(last)];
}

function withoutNeedlessSpaces(cells: readonly Cell[]): readonly Cell[] {
  return NEEDLESS_SPACES.reduce<readonly Cell[]>((kept, pattern) => {
    const at = unitPlaces(kept);
    const matches = Array.from(
      textOf(kept).matchAll(pattern),
      ({ index, 0: { length } }) => [at[index], length] as const,
    );
    const touched = new Set(matches.flatMap(([from = 0, length]) => Array.from({ length }, (_, i) => from + i)));
    return matches.length === 0 ? kept : kept.filter(({ character }, i) => character !== " " || !touched.has(i));
  }, cells);
}

/** Index of the cell at each UTF-16 unit of their text. */
function unitPlaces(cells: readonly Cell[]): number[] {
  const places = cells.flatMap(({ character }, i) => Array.from({ length: character.length }, () => i));
  return [...places, cells.length];
}
