/**
 * What our tokens cover where Python's cover `[start, end)`. Ours differ in two ways that a reader sees: the space before a
 * word is not counted to it, and a space that the tokenizer put in front of the text covers nothing (in Python, the text's
 * first character).
 */
export function expectedSpan(text: string, piece: string, [start, end]: readonly [number, number]): [number, number] {
  const space = text[start] === " " || text[start] === "▁";
  const written = space || text[start] === "\u3000" || text[start] === piece;
  if ((piece === "▁" || piece === "Ġ") && !written) return [start, start];
  return end - start > 1 && space ? [start + 1, end] : [start, end];
}
