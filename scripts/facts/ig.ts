/** Facts about integrated gradients, from the stored walks. */
import { checkedIg, type StoredIg, type StoredWalk } from "../../src/stored/ig.ts";
import type { Fact } from "./fact.ts";

/** Facts of the page "Integrated gradients"; `read` gives a stored file by its path. */
export function aboutIg(read: (path: string) => unknown): Record<string, Fact> {
  const of = (model: string): StoredIg => checkedIg(read(`src/stored/ig/${model}.json`) as StoredIg);
  return {
    ...aboutCliff(of("decoder-small")),
    ...aboutZeros(of("translator-en-fr")),
    ...aboutSmooth(of("encoder-minilm")),
    ...aboutRough(of("smollm2-135m")),
  };
}

/** The small decoder, whose climb is a cliff. */
function aboutCliff(stored: StoredIg): Record<string, Fact> {
  const [pad, mean] = ["pad", "mean"].map((baseline) => walkOf(stored, baseline));
  if (!pad || !mean) throw new Error("a walk is not stored");
  const [[from, to], [fromMean]] = [endsOf(pad), endsOf(mean)];
  const slope = pad.slopes.at(-1) ?? Number.NaN;
  const [tenth, most] = [0.1, 0.9].map((share) => placeOf(stored, "pad", from + share * (to - from)));
  const gap = (rule: string, steps: number) => gapOf(stored, "pad", rule, steps);
  const tops = ["pad", "mean"].map((baseline) => topOf(stored, walkOf(stored, baseline, 64)));
  return {
    "ig.from": { text: number(from), holds: from < 5 },
    "ig.to": { text: number(to) },
    "ig.change": { text: number(to - from) },
    "ig.end-slope": { text: number(slope), holds: Math.abs(slope) < 0.1 * (to - from) },
    "ig.tenth": { text: (tenth ?? 0).toFixed(2), holds: (tenth ?? 0) > 0.3 },
    "ig.nine-tenths": { text: (most ?? 0).toFixed(2), holds: (most ?? 1) < 0.7 && (most ?? 0) - (tenth ?? 0) < 0.25 },
    "ig.gap-8": { text: percent(gap("riemann", 8)), holds: gap("riemann", 16) > gap("riemann", 8) },
    "ig.gap-32": { text: percent(gap("riemann", 32)), holds: gap("riemann", 32) > 0.05 },
    "ig.gap-64": { text: percent(gap("riemann", 64)), holds: gap("riemann", 64) < 0.01 },
    "ig.gap-gl-32": {
      text: percent(gap("gauss-legendre", 32)),
      holds: gap("gauss-legendre", 32) > gap("riemann", 32) && gap("gauss-legendre", 64) > gap("riemann", 64),
    },
    "ig.from-mean": {
      text: number(fromMean),
      holds: (placeOf(stored, "mean", (fromMean + to) / 2) ?? 1) < (tenth ?? 0),
    },
    "ig.top-pad": { text: listed(tops[0]), holds: listed(tops[0]) !== listed(tops[1]) },
    "ig.top-mean": { text: listed(tops[1]), holds: gapOf(stored, "mean", "riemann", 64) < 0.01 },
  };
}

/** The translator from zeros: all of the climb lies before the first step. */
function aboutZeros(stored: StoredIg): Record<string, Fact> {
  const [from, to] = endsOf(walkOf(stored, "zero"));
  const curve = stored.curves.find(({ baseline }) => baseline === "zero");
  const [place = Number.NaN, early = Number.NaN] = [curve?.places[0], curve?.values[0]];
  const zero = (steps: number) => gapOf(stored, "zero", "riemann", steps);
  const pad = gapOf(stored, "pad", "riemann", 128);
  return {
    "ig.tr-from": { text: number(from) },
    "ig.tr-to": { text: number(to) },
    "ig.tr-early-place": { text: place.toFixed(3), holds: place < 1 / 64 },
    "ig.tr-early": { text: number(early), holds: early - from > 0.9 * (to - from) },
    "ig.tr-zero-32": { text: percent(zero(32)), holds: zero(32) > 0.9 },
    "ig.tr-zero-128": { text: percent(zero(128)), holds: zero(128) > 0.2 },
    "ig.tr-zero-256": { text: percent(zero(256)), holds: zero(256) > 0.2 },
    "ig.tr-pad-128": { text: percent(pad), holds: pad < 0.01 },
  };
}

/** MiniLM, whose way is smooth: there Gauss–Legendre is the better rule. */
function aboutSmooth(stored: StoredIg): Record<string, Fact> {
  const [gl, middles] = ["gauss-legendre", "riemann"].map((rule) => gapOf(stored, "mean", rule, 32));
  return {
    "ig.mini-gl": { text: percent(gl ?? Number.NaN), holds: (gl ?? 1) < 0.001 },
    "ig.mini-middles": { text: percent(middles ?? Number.NaN), holds: (middles ?? 0) > 10 * (gl ?? 1) },
  };
}

/** SmolLM2, whose way is rough from any start. */
function aboutRough(stored: StoredIg): Record<string, Fact> {
  const gap = (baseline: string) => gapOf(stored, baseline, "riemann", 64);
  return {
    "ig.smol-pad": { text: percent(gap("pad")), holds: gap("pad") > 0.5 },
    "ig.smol-mean": { text: percent(gap("mean")), holds: gap("mean") > 0.5 },
  };
}

/** A walk in the middles. */
function walkOf({ walks, model }: StoredIg, baseline: string, steps = 32): StoredWalk {
  const middles = walks.filter(({ rule, places }) => rule === "riemann" && places.length === steps);
  const found = middles.find((walk) => walk.baseline === baseline);
  if (!found) throw new Error(`${model}: no walk from ${baseline} is stored`);
  return found;
}

function endsOf({ ends: [from = Number.NaN, to = Number.NaN] }: StoredWalk): [number, number] {
  return [from, to];
}

function gapOf({ gaps }: StoredIg, baseline: string, rule: string, steps: number): number {
  const found = gaps.find((each) => each.baseline === baseline && each.rule === rule);
  return found?.shares[found.steps.indexOf(steps)] ?? Number.NaN;
}

/** The first place at which the number is as high. */
function placeOf({ curves }: StoredIg, start: string, value: number): number | undefined {
  const curve = curves.find(({ baseline }) => baseline === start);
  return curve?.places.find((_, at) => (curve.values[at] ?? Number.NEGATIVE_INFINITY) >= value);
}

/** The three words with the largest scores. */
function topOf({ source }: StoredIg, { scores }: StoredWalk): string[] {
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  return order.slice(0, 3).map((at) => `“${source[at]?.text ?? ""}” (+${(scores[at] ?? 0).toFixed(1)})`);
}

function listed(words: readonly string[] = []): string {
  return words.join(", ").replace(/, ([^,]*)$/, " and $1");
}

function number(value: number): string {
  return value.toFixed(1).replace("-", "−");
}

function percent(share: number): string {
  const value = 100 * share;
  return `${value < 1 ? value.toPrecision(1) : Math.round(value)} %`;
}
