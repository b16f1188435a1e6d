/** How scores become colours and words: to either side of the paper where they have a sign, one grey scale where not. */

/** What a score is measured against. */
export interface ScoreScale {
  /** False for strengths without a sign: norms, rollout. */
  readonly signed: boolean;
  /** The largest absolute score; 0 where there is none. */
  readonly extreme: number;
}

/** Which hue a score has; `none` for a place that cannot have one. */
export type Tone = "positive" | "negative" | "strength" | "none";

/** Steps of the colour scale on each side of the paper. */
export const STEPS = 10;

/** Share of the hue at the last step, so that ink on it passes 4.5:1 in both themes; `styles/attribution.css` says the same. */
export const MOST = 0.55;

/** A scale over some scores; places without one (NaN) do not count. */
export function scaleOf(scores: Iterable<number>, signed: boolean): ScoreScale {
  let extreme = 0;
  for (const score of scores) if (Math.abs(score) > extreme && Number.isFinite(score)) extreme = Math.abs(score);
  return { signed, extreme };
}

/** Hue and step of a score, as the attributes `data-tone` and `data-step` carry them. */
export function toneOf(score: number, { signed, extreme }: ScoreScale): { readonly tone: Tone; readonly step: number } {
  if (!Number.isFinite(score)) return { tone: "none", step: 0 };
  const step = Math.round(Math.min(1, Math.abs(score) / (extreme || 1)) * STEPS);
  if (!signed) return { tone: "strength", step };
  return { tone: score < 0 ? "negative" : "positive", step };
}

/** The same as a fill for a picture that stands alone. */
export function fillOf(score: number, scale: ScoreScale): { readonly fill: string; readonly opacity: number } {
  const { tone, step } = toneOf(score, scale);
  if (tone === "none") return { fill: "none", opacity: 0 };
  const opacity = (MOST * step) / STEPS;
  // Ink is darker than the hues: two thirds of it make the same strength.
  return tone === "strength"
    ? { fill: "var(--uh-ink)", opacity: (opacity * 2) / 3 }
    : { fill: `var(--uh-${tone})`, opacity };
}

/** Decimals that show three figures of the largest score, and no more than six. */
export function decimalsOf({ extreme }: ScoreScale): number {
  if (extreme === 0) return 2;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(extreme))));
}

/** A score as it stands under its token: with its sign where it can have one ("+1.24", "−0.30", "0"). */
export function scoreText(score: number, scale: ScoreScale): string {
  if (!Number.isFinite(score)) return "";
  const size = Math.abs(score).toFixed(decimalsOf(scale));
  if (Number(size) === 0) return "0";
  return scale.signed ? `${score < 0 ? "−" : "+"}${size}` : size;
}

/** The same in as few letters as a small cell holds: two figures of the largest, no zero before a long fraction. */
export function shortScore(score: number, scale: ScoreScale): string {
  if (!Number.isFinite(score)) return "";
  const decimals = Math.min(4, Math.max(0, decimalsOf(scale) - 1));
  const size = Math.abs(score).toFixed(decimals);
  if (Number(size) === 0) return "0";
  const short = decimals > 2 ? size.replace(/^0/, "") : size;
  return scale.signed ? `${score < 0 ? "−" : "+"}${short}` : short;
}
