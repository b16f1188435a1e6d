/** The alphabet of byte-level tokenizers: bytes that can be seen stand for themselves, the others for U+0100 to U+0143. */

/** The byte of a character of the alphabet; undefined for any other character. */
export function byteOf(character: string): number | undefined {
  const code = character.codePointAt(0) ?? 0x144;
  if (code < 0x100) return (code > 0x20 && code < 0x7f) || (code > 0xa0 && code !== 0xad) ? code : undefined;
  if (code < 0x121) return code - 0x100;
  if (code < 0x143) return code - 0xa2;
  return code === 0x143 ? 0xad : undefined;
}

/** The bytes of a piece that is written in the alphabet; undefined where one of its characters is outside. */
export function bytesIn(piece: string): number[] | undefined {
  const bytes = Array.from(piece, byteOf);
  return bytes.every((byte) => byte !== undefined) ? bytes : undefined;
}
