/** Which characters of a text its normal form came from, and which of those its pieces cover. */

/** Half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text in normal form C. */
export interface Normalised {
  readonly text: string;
  /** The range of the original that a range of the normal form came from. */
  origin(start: number, end: number): Span;
}

/** A character with what may melt into it: marks after a base, the letters of a Korean syllable. */
const CLUSTER =
  /[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7]?[\u11a8-\u11ff]?|[\uac00-\ud7a3][\u11a8-\u11ff]?|[^\p{M}]\p{M}*|\p{M}+/gu;

/**
 * Normal form C of a text. Where several characters became one, its range is that of the first of them, as in the Python
 * tokenizer: "e" + accent became "é", which stands at the "e".
 */
export function normaliseWithOrigin(text: string): Normalised {
  const whole = text.normalize("NFC");
  if (whole === text) return { text, origin: (start, end) => ({ start, end }) };

  const units: Span[] = [];
  let joined = "";
  for (const { index, 0: cluster } of text.matchAll(CLUSTER)) {
    const normal = cluster.normalize("NFC");
    units.push(...clusterOrigin(cluster, normal, index));
    joined += normal;
  }
  // A text whose clusters are others than ours is covered whole rather than wrongly.
  if (joined !== whole) return { text: whole, origin: () => ({ start: 0, end: text.length }) };
  return { text: whole, origin: (start, end) => rangeOf(units, start, end) };
}

function rangeOf(units: readonly Span[], start: number, end: number): Span {
  const first = units[start]?.start ?? units.at(-1)?.end ?? 0;
  return { start: first, end: end > start ? (units[end - 1]?.end ?? first) : first };
}

/** The k-th character from the end came from the k-th from the end; the first one from the first. */
function clusterOrigin(cluster: string, normal: string, at: number): Span[] {
  const before = Array.from(new Set(charactersOf(cluster)));
  const after = Array.from(new Set(charactersOf(normal)));
  return after.flatMap((character, i) => {
    const from = before[i === 0 ? 0 : Math.max(0, before.length - after.length + i)] ?? { start: 0, end: 0 };
    const span = { start: at + from.start, end: at + from.end };
    return Array.from({ length: character.end - character.start }, () => span);
  });
}

/** For each UTF-16 unit the range of its whole character; the two halves of a pair share one object. */
function charactersOf(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const character of text) {
    const span = { start, end: start + character.length };
    for (let i = 0; i < character.length; i += 1) spans.push(span);
    start = span.end;
  }
  return spans;
}

/** A stand-in for each half of a surrogate pair that stands alone: it cannot be encoded, and no tokenizer takes it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
