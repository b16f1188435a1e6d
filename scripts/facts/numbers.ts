/** Facts of the page "Working with the numbers", from the stored studies. */

import { numbersOf } from "../../src/components/widgets/numbers/numbersOf.ts";
import { spearman } from "../../src/engine/attention/statistics.ts";
import type { AttentionKind } from "../../src/engine/model.ts";
import type { HeadPairs, HeadScores, HeadStudy, Measure } from "../../src/engine/study.ts";
import { decodePairs, type StoredPairs } from "../../src/stored/headPairs.ts";
import { diagonalShare, type GoldPair } from "../../src/stored/pairs.ts";
import { decodeStudy, type StoredStudy } from "../../src/stored/study.ts";
import { type Fact, read } from "./fact.ts";
import { count, headName, percent } from "./words.ts";

/** Heads from the lowest entropy that the prose speaks of. */
const LOWEST = 10;

export function aboutNumbers(): Record<string, Fact> {
  const study = (name: string): HeadStudy => decodeStudy(read<StoredStudy>(`src/stored/studies/${name}.json`));
  const [minilm, translator] = [study("encoder-minilm-treebank"), study("translator-en-fr-treebank")];
  const smollm2 = study("smollm2-135m-treebank");
  return {
    "numbers.sentences": { text: String(minilm.sentences), holds: minilm.sentences === translator.sentences },
    ...aboutSpread(minilm),
    ...aboutSpecial(minilm, translator, smollm2),
    ...aboutPairs(decodePairs(read<StoredPairs>("src/stored/numbers/encoder-minilm-pairs.json"))[0], minilm),
    ...aboutAlignment(study("translator-en-fr-pairs"), read<GoldPair[]>("src/stored/gold-pairs.json")),
    ...aboutRelations(minilm),
  };
}

function aboutSpread(study: HeadStudy): Record<string, Fact> {
  const [wide, back, rest] = (["entropy", "previous", "first"] as const).map((name) =>
    scoresOf(study, name, "encoder"),
  );
  if (!wide || !back || !rest) throw new Error("measures are missing");
  const order = [...wide.mean.data.keys()].sort((a, b) => value(wide, a) - value(wide, b));
  const [lowest = 0, ...next] = order.slice(0, LOWEST);
  const resting = next.filter((head) => value(rest, head) > 0.6).length;
  return {
    "numbers.minilm-heads": { text: String(wide.mean.data.length) },
    "numbers.lowest": { text: nameOf(wide, lowest), holds: value(back, lowest) > 0.99 && value(wide, lowest) < 0.01 },
    "numbers.next": { text: count(next.length) },
    "numbers.resting": { text: count(resting), holds: resting > 0.8 * next.length },
  };
}

function aboutSpecial(minilm: HeadStudy, translator: HeadStudy, smollm2: HeadStudy): Record<string, Fact> {
  const [special, wide] = [scoresOf(minilm, "special", "encoder"), scoresOf(minilm, "entropy", "encoder")];
  const over = Array.from(special.mean.data).filter((weight) => weight > 0.5).length;
  const rho = spearman(special.mean.data, wide.mean.data);
  const other = scoresOf(translator, "special", "encoder");
  const across = spearman(other.mean.data, scoresOf(translator, "entropy", "encoder").mean.data);
  const most = Math.max(...other.mean.data);
  const sink = scoresOf(smollm2, "first", "decoder");
  const sinks = Array.from(sink.mean.data).filter((weight) => weight > 0.5).length;
  return {
    "numbers.over-half": { text: String(over), holds: over > special.mean.data.length / 2 },
    "numbers.special-even": { text: percent(special.even ?? 0) },
    "numbers.special-rho": { text: rho.toFixed(2).replace("-", "−"), holds: rho < -0.6 },
    "numbers.translator-special": { text: percent(most), holds: most < 0.1 },
    "numbers.translator-rho": { text: across.toFixed(2), holds: across > 0.2 },
    "numbers.sinks": { text: String(sinks), holds: sinks > sink.mean.data.length / 2 },
    "numbers.sinks-of": { text: String(sink.mean.data.length) },
  };
}

function aboutPairs(pairs: HeadPairs | undefined, study: HeadStudy): Record<string, Fact> {
  if (!pairs) throw new Error("pairs are missing");
  const all = pairs.distances.shape[0] ?? 0;
  const heads = 12;
  const list = Array.from(pairs.distances.data)
    .map((distance, at) => ({ distance, one: Math.floor(at / all), other: at % all }))
    .filter(({ one, other }) => other < one)
    .sort((a, b) => a.distance - b.distance);
  const [closest] = list;
  if (!closest) throw new Error("pairs are missing");
  const mean = (of: typeof list) => of.reduce((sum, { distance }) => sum + distance, 0) / of.length;
  const same = ({ one, other }: (typeof list)[number]) => Math.floor(one / heads) === Math.floor(other / heads);
  const [within, between] = [mean(list.filter(same)), mean(list.filter((pair) => !same(pair)))];
  const far = list.slice(-5);
  const rest = scoresOf(study, "first", "encoder");
  const apart = Math.floor(closest.one / heads) - Math.floor(closest.other / heads);
  const bothRest = value(rest, closest.one) > 0.8 && value(rest, closest.other) > 0.8;
  return {
    "numbers.pair-sentences": { text: String(pairs.sentences) },
    "numbers.closest": {
      text: `${placeName(closest.one, heads)} and ${placeName(closest.other, heads)}`,
      holds: apart === 2 && bothRest,
    },
    "numbers.closest-distance": { text: closest.distance.toFixed(2) },
    "numbers.within": { text: within.toFixed(2), holds: within < between },
    "numbers.between": { text: between.toFixed(2), holds: between - within < 0.1 },
    "numbers.kept": { text: percent(pairs.kept), holds: pairs.kept < 0.5 },
    // Layer 1, head 3 is in all of the pairs that are furthest apart.
    "numbers.loner": { text: placeName(2, heads), holds: far.every(({ one, other }) => one === 2 || other === 2) },
  };
}

function aboutAlignment(study: HeadStudy, pairs: readonly GoldPair[]): Record<string, Fact> {
  const diagonal = diagonalShare(pairs);
  const scores = scoresOf(study, "alignment", "cross");
  const taught = read<{ layer: number; head: number }>("public/models/translator-en-fr/alignment.json");
  const heads = scores.mean.shape[1] ?? 1;
  const taughtAt = taught.layer * heads + taught.head;
  const order = [...scores.mean.data.keys()].sort((a, b) => value(scores, b) - value(scores, a));
  const [second = 0, third = 0] = order.filter((head) => head !== taughtAt);
  const interval = `${percent(scores.low.data[second] ?? 0)} to ${percent(scores.high.data[second] ?? 0)}`;
  return {
    "numbers.pairs": { text: String(study.sentences), holds: study.sentences === pairs.length },
    "numbers.diagonal": { text: percent(diagonal) },
    "numbers.taught": { text: headName(taught), holds: order[0] === taughtAt },
    "numbers.taught-share": { text: percent(value(scores, taughtAt)) },
    "numbers.second": { text: nameOf(scores, second), holds: (scores.low.data[second] ?? 0) > diagonal },
    "numbers.second-share": { text: percent(value(scores, second)) },
    "numbers.second-interval": { text: interval },
    // No other untaught head does better than the diagonal.
    "numbers.third-share": { text: percent(value(scores, third)), holds: value(scores, third) < diagonal },
  };
}

function aboutRelations(study: HeadStudy): Record<string, Fact> {
  const ways = (["head", "dependant"] as const).map((way) => {
    const data = numbersOf("relations", study, way);
    if (data.plot !== "relations") throw new Error("relations are missing");
    return data.rows;
  });
  const [rows = []] = ways;
  const won = rows.filter(({ share, offset }) => share[1] > offset).length;
  const det = rows.find(({ relation }) => relation === "det");
  const compound = rows.find(({ relation }) => relation === "compound");
  if (!det || !compound) throw new Error("a relation is missing");
  return {
    "numbers.relations": { text: String(rows.length) },
    "numbers.relations-won": { text: String(won), holds: won > rows.length / 3 && won < rows.length },
    "numbers.det": { text: headName(det), holds: det.share[1] > det.offset },
    "numbers.det-share": { text: percent(det.share[0]) },
    "numbers.det-offset": { text: percent(det.offset), holds: det.by === 1 },
    "numbers.compound": {
      text: percent(compound.share[0]),
      holds: compound.share[0] === compound.offset && compound.by === 1,
    },
  };
}

function scoresOf(study: HeadStudy, measure: Measure, kind: AttentionKind): HeadScores {
  const scores = study.scores.find((each) => each.measure === measure && each.kind === kind);
  if (!scores) throw new Error(`${study.model} has no ${measure} of its ${kind}`);
  return scores;
}

function value({ mean }: HeadScores, head: number): number {
  return mean.data[head] ?? 0;
}

function nameOf({ mean }: HeadScores, at: number): string {
  return placeName(at, mean.shape[1] ?? 1);
}

function placeName(at: number, heads: number): string {
  return headName({ layer: Math.floor(at / heads), head: at % heads });
}
