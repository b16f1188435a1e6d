/** Bytes as byte-level tokenizers write them: each is a visible character ("Ġ" is the space). */
import { byteOf, bytesIn } from "../../../lib/byteAlphabet.ts";

/** Character of each byte. */
const CHARACTERS: ReadonlyMap<number, string> = new Map(
  Array.from({ length: 0x144 }, (_, code) => String.fromCodePoint(code)).flatMap((character) => {
    const byte = byteOf(character);
    return byte === undefined ? [] : [[byte, character]];
  }),
);

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The bytes of a text in UTF-8. */
export function bytesOf(text: string): number[] {
  return Array.from(encoder.encode(text));
}

/** A text in the alphabet of bytes. */
export function inByteAlphabet(text: string): string {
  return bytesOf(text)
    .map((byte) => CHARACTERS.get(byte))
    .join("");
}

/** The bytes of a piece in that alphabet; those of its text where it has a character outside. */
export function bytesOfPiece(piece: string): number[] {
  return bytesIn(piece) ?? bytesOf(piece);
}

/** A character with the range of bytes that it was read from. */
export interface ReadCharacter {
  readonly character: string;
  readonly start: number;
  readonly end: number;
}

/** Reads UTF-8; what is no character becomes U+FFFD, as often as Unicode recommends and Python does. */
export function readBytes(bytes: readonly number[]): ReadCharacter[] {
  const read: ReadCharacter[] = [];
  for (let start = 0; start < bytes.length; ) {
    const next = readOne(bytes, start);
    read.push(next);
    start = next.end;
  }
  return read;
}

/** The most bytes that make one character, a whole one or U+FFFD. */
function readOne(bytes: readonly number[], start: number): ReadCharacter {
  for (let end = Math.min(start + 4, bytes.length); end > start + 1; end -= 1) {
    const character = decoder.decode(Uint8Array.from(bytes.slice(start, end)));
    if (Array.from(character).length === 1) return { character, start, end };
  }
  return { character: decoder.decode(Uint8Array.from(bytes.slice(start, start + 1))), start, end: start + 1 };
}
