/** Axes longer than this label only some of their tokens. */
const EVERY = 40;

/** Which tokens of an axis are labelled, and over how many places each label stands. */
export function labelRuns(length: number): { at: number; span: number }[] {
  const stride = Math.max(1, Math.ceil(length / EVERY));
  return Array.from({ length: Math.ceil(length / stride) }, (_, run) => {
    const at = run * stride;
    return { at, span: Math.min(stride, length - at) };
  });
}
