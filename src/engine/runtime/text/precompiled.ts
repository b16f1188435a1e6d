/**
 * SentencePiece's normaliser: a table from short runs of characters to what replaces them, stored as a double-array trie
 * (Aoe 1989, in the layout of the Darts-clone library) behind its size, followed by the replacements, each ended by a zero.
 */
import { bytesOf } from "./bytes.ts";
import { type Followed, type Letter, standIns, textOf } from "./followed.ts";
import { unfitTokenizer } from "./unfit.ts";

/** Runs of characters that belong together are looked up as one if they are shorter than this, in bytes. */
const LONGEST_RUN = 6;

/** The normaliser of a `precompiled_charsmap`, in base 64. */
export function precompiled(charsmap: string): (letters: Followed) => Followed {
  const bytes = Uint8Array.from(atob(charsmap), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const size = bytes.length < 4 ? 0 : view.getUint32(0, true);
  if (size === 0 || size % 4 !== 0 || 4 + size > bytes.length)
    throw unfitTokenizer("its table of characters is damaged");
  const units = Uint32Array.from({ length: size / 4 }, (_, i) => view.getUint32(4 + i * 4, true));
  const replacements = bytes.subarray(4 + size);

  const replacement = (text: string): string | undefined => {
    const start = firstLeaf(units, bytesOf(text));
    if (start === undefined) return undefined;
    const end = replacements.indexOf(0, start);
    return new TextDecoder().decode(replacements.subarray(start, end < 0 ? undefined : end));
  };
  return (letters) => graphemesOf(letters).flatMap((grapheme) => replaced(grapheme, replacement));
}

/** The value of the shortest key that the bytes begin with. */
function firstLeaf(units: Uint32Array, key: readonly number[]): number | undefined {
  let unit = units[0] ?? 0;
  let at = offsetOf(unit);
  for (const byte of key) {
    if (byte === 0) return undefined;
    at ^= byte;
    unit = units[at] ?? 0;
    if ((unit & 0x800000ff) !== byte) return undefined;
    at ^= offsetOf(unit);
    if ((unit >>> 8) & 1) return (units[at] ?? 0) & 0x7fffffff;
  }
  return undefined;
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

function graphemesOf(letters: Followed): Followed[] {
  let at = 0;
  return Array.from(new Intl.Segmenter("en", { granularity: "grapheme" }).segment(textOf(letters)), ({ segment }) => {
    const start = at;
    at += Array.from(segment).length;
    return letters.slice(start, at);
  });
}

function replaced(grapheme: Followed, replacement: (text: string) => string | undefined): Letter[] {
  const text = textOf(grapheme);
  const whole = bytesOf(text).length < LONGEST_RUN ? replacement(text) : undefined;
  if (whole !== undefined) return aligned(grapheme, whole);
  return grapheme.flatMap((letter) => {
    const one = replacement(letter.character);
    return one === undefined ? [letter] : aligned([letter], one);
  });
}

/** Each new character stands for the one at its place; those beyond the last share it. */
function aligned(from: Followed, text: string): Letter[] {
  const last = from.at(-1);
  return Array.from(text).flatMap((character, i) => {
    const source = from[i] ?? last;
    return source ? standIns(character, source) : [];
  });
}
