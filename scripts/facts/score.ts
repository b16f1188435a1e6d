/** Facts about single scores, from the stored insides of heads. */
import { recomputed, stepsOf } from "../../src/engine/attention/steps.ts";
import type { HeadInside } from "../../src/engine/model.ts";
import { weightText } from "../../src/lib/format.ts";
import { decodeInside, type StoredInside } from "../../src/stored/inside.ts";
import { INSIDES } from "../../src/stored/insideExamples.ts";
import { type Fact, read } from "./fact.ts";

/** How many products the prose singles out. */
const FEW = 3;

/** Facts of the page "What a score is". */
export function aboutScore(): Record<string, Fact> {
  const inside = (id: string): HeadInside => decodeInside(read<StoredInside>(`src/stored/inside/${id}.json`));
  return {
    ...aboutQuery(inside("decoder-small")),
    ...aboutOthers(inside("encoder-minilm"), inside("translator-encoder")),
    ...aboutAgreement(INSIDES.map(({ id }) => inside(id))),
  };
}

/** `dog` looks at `brown`, in the head that the figure starts with. */
function aboutQuery(inside: HeadInside): Record<string, Fact> {
  const [dog, brown] = [tokenAt(inside, "dog"), tokenAt(inside, "brown")];
  const steps = stepsOf(inside, dog);
  const width = inside.key.shape[1] ?? 0;
  const products = Array.from(steps.products.data.subarray(brown * width, (brown + 1) * width));
  const dot = steps.dots[brown] ?? Number.NaN;
  const few = sum(products.sort((a, b) => b - a).slice(0, FEW));
  const others = Array.from(steps.weights.keys()).filter((key) => key !== brown);
  const second = Math.max(...others.map((key) => steps.weights[key] ?? 0));
  const ahead = Array.from(steps.dots.slice(0, dog + 1)).filter((_, key) => key !== brown);
  const { layer, head } = inside.head;
  return {
    "score.head": { text: `layer ${layer + 1}, head ${head + 1}`, holds: looksBack(inside) },
    "score.width": { text: String(width) },
    "score.dot": { text: dot.toFixed(2) },
    "score.few": { text: few.toFixed(2), holds: Math.abs(few - dot) < 0.2 * dot },
    "score.weight": { text: weightText(steps.weights[brown] ?? 0), holds: (steps.weights[brown] ?? 0) > 0.6 },
    "score.times": { text: String(Math.round((steps.weights[brown] ?? 0) / second)) },
    "score.times-unscaled": {
      text: rounded(Math.exp(dot - Math.max(...ahead))),
      holds: Math.exp(dot - Math.max(...ahead)) > 1e5,
    },
  };
}

/** Every query but the first gives the token before it most. */
function looksBack(inside: HeadInside): boolean {
  return inside.queries.slice(1).every((_, before) => {
    const { weights } = stepsOf(inside, before + 1);
    return weights[before] === Math.max(...weights);
  });
}

function aboutOthers(minilm: HeadInside, t5: HeadInside): Record<string, Fact> {
  const ahead = stepsOf(minilm, tokenAt(minilm, "dog")).weights[tokenAt(minilm, "ran")] ?? 0;
  const row = tokenAt(t5, "dog");
  const keys = t5.keys.length;
  const bias = Array.from(t5.bias.data.subarray(row * keys, (row + 1) * keys));
  const before = bias[row - 1] ?? Number.NaN;
  return {
    "score.minilm-ahead": { text: weightText(ahead), holds: ahead > 0.4 },
    "score.t5-head": { text: `layer ${t5.head.layer + 1}, head ${t5.head.head + 1}` },
    "score.t5-bias": { text: before.toFixed(2), holds: before === Math.max(...bias) && before > 1 },
  };
}

/** How closely the steps multiply out to what the models used. */
function aboutAgreement(insides: readonly HeadInside[]): Record<string, Fact> {
  const furthest = Math.max(...insides.map((inside) => recomputed(inside).weights));
  return { "score.agreement": { text: `${(furthest * 1e6).toFixed(1)} millionths`, holds: furthest < 1e-4 } };
}

function tokenAt({ keys }: HeadInside, text: string): number {
  const at = keys.findIndex((token) => token.text.trim() === text);
  if (at < 0) throw new Error(`no token ${text}`);
  return at;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** A large number as it is spoken: "35 million". */
function rounded(value: number): string {
  if (value >= 1e6) return `${Math.round(value / 1e6).toLocaleString("en")} million`;
  return Math.round(value).toLocaleString("en");
}
