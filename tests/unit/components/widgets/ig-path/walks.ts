import type { TokenAttribution } from "../../../../../src/engine/attribute.ts";
import { RULES, type Rule } from "../../../../../src/engine/attribution/quadrature.ts";
import type { Token } from "../../../../../src/engine/model.ts";
import { encodeWalk, type StoredIg, VERSION } from "../../../../../src/stored/ig.ts";

/** How steep the number rises in the middle of the way. */
const STEEP = 20;
/** What each token has of it. */
const SHARES = [0.75, -0.25, 0.5];
const WORDS = ["Mary", "or", "John"];

const tokens: readonly Token[] = WORDS.map((text, at) => ({
  id: at,
  piece: `▁${text}`,
  text,
  start: 0,
  end: text.length,
  word: at,
  special: false,
  instruction: false,
}));

/** A number that rises from 1 to 9 around the middle of the way, as a walk of so many steps sees it. */
export function attributionOver(rule: Rule, count: number): TokenAttribution {
  const value = (place: number): number => 1 + 8 / (1 + Math.exp(-STEEP * (place - 0.5)));
  const slope = (place: number): number => ((value(place) - 1) * (9 - value(place)) * STEEP) / 8;
  const { places, weights } = RULES[rule](count);
  const slopes = Array.from(places, slope);
  const tokenSlopes = slopes.flatMap((each) => SHARES.map((share) => share * each));
  const sum = slopes.reduce((total, each, at) => total + each * (weights[at] ?? 0), 0);
  const gap = sum - (value(1) - value(0));
  return {
    model: "decoder-small",
    method: "integrated-gradients",
    of: "tokens",
    source: tokens,
    target: null,
    targets: [{ kind: "token", row: 2, id: 0, scale: "logit" }],
    values: Float32Array.of(value(1)),
    scores: {
      source: { data: Float32Array.from(SHARES, (share) => share * sum), shape: [1, SHARES.length] },
      target: null,
    },
    signed: true,
    completeness: { baseline: Float32Array.of(value(0)), gap: Float32Array.of(gap) },
    error: null,
    paths: [
      {
        places: Float32Array.from(places),
        weights: Float32Array.from(weights),
        values: Float32Array.from(places, value),
        slopes: Float32Array.from(slopes),
        tokenSlopes: { data: Float32Array.from(tokenSlopes), shape: [count, SHARES.length] },
        tried: [{ steps: count, gap }],
      },
    ],
    cost: { forward: count + 2, backward: count, milliseconds: 50 },
  };
}

/** The same as `npm run store:ig` would store it. */
export function storedOver(model: string): StoredIg {
  const starts = ["pad", "mean", "zero"];
  const walks = [8, 32].flatMap((count) =>
    starts.map((baseline) => encodeWalk(attributionOver("riemann", count), baseline, "riemann")),
  );
  const shares = [1, 0.5, 0.2, 0.1, 0.01, 0.001, 0.0001, 0];
  return {
    version: VERSION,
    model,
    text: { source: "Mary or John", target: null, place: null, follow: "", to: "" },
    source: tokens,
    target: null,
    predictions: [{ id: 0, piece: "▁Mary", probability: 0.9 }],
    walks,
    gaps: starts.map((baseline) => ({ baseline, rule: "riemann", steps: [2, 4, 8, 16, 32, 64, 128, 256], shares })),
    curves: starts.map((baseline) => ({ baseline, places: [0.25, 0.5, 0.75], values: [1.1, 5, 8.9] })),
  };
}
