/** Facts about what heads do, from the stored studies and one stored run. */
import type { AnyTrace, Role } from "../../src/engine/model.ts";
import type { HeadScores, HeadStudy } from "../../src/engine/study.ts";
import { decodeTrace, type StoredRun } from "../../src/stored/format.ts";
import { decodeStudy, type StoredStudy } from "../../src/stored/study.ts";
import type { Fact } from "./fact.ts";

/** Facts of the page "Heads with jobs"; `read` gives a stored file by its path. */
export function aboutHeads(read: (path: string) => unknown): Record<string, Fact> {
  const study = (id: string): HeadStudy => decodeStudy(read(`src/stored/studies/${id}.json`) as StoredStudy);
  const decoder = study("decoder-small-treebank");
  const minilm = study("encoder-minilm-treebank");
  const translator = study("translator-en-fr-treebank");
  const smollm2 = study("smollm2-135m-treebank");
  const repeats = {
    decoder: study("decoder-small-repeats"),
    minilm: study("encoder-minilm-repeats"),
    smollm2: study("smollm2-135m-repeats"),
  };
  const det = best(minilm, "head:det");
  const amod = best(minilm, "dependant:amod");
  return {
    "heads.sentences": { text: String(decoder.sentences), holds: [minilm, translator, smollm2].every(same(decoder)) },
    "heads.sequences": { text: String(repeats.decoder.sentences) },
    "heads.previous": named(best(decoder, "previous")),
    "heads.previous-even": { text: even(decoder, "previous") },
    "heads.minilm-previous": named(best(minilm, "previous"), best(minilm, "previous").mean > 0.95),
    "heads.det": named(det, det.low > det.offset),
    "heads.det-interval": { text: `${det.low.toFixed(2)} to ${det.high.toFixed(2)}` },
    "heads.det-offset": { text: det.offset.toFixed(2), holds: det.by === 1 },
    "heads.translator-det": named(best(translator, "head:det"), falls(best(translator, "head:det"))),
    "heads.amod": named(amod, amod.mean === amod.offset && amod.by === -1),
    "heads.minilm-beaten": beaten(minilm, (won, all) => won > 0 && won < all / 2),
    "heads.translator-beaten": beaten(translator, (won) => won === 0),
    "heads.decoder-beaten": beaten(decoder, (won, all) => won < all / 4),
    "heads.smollm2-beaten": beaten(smollm2, (won, all) => won > all / 2),
    "heads.induction": named(best(repeats.decoder, "induction"), best(repeats.decoder, "induction").mean > 0.9),
    "heads.induction-even": { text: even(repeats.decoder, "induction") },
    "heads.minilm-induction": named(best(repeats.minilm, "induction"), best(repeats.minilm, "induction").mean < 0.1),
    "heads.minilm-duplicate": named(best(repeats.minilm, "duplicate"), best(repeats.minilm, "duplicate").mean > 0.5),
    "heads.smollm2-induction": named(best(repeats.smollm2, "induction"), best(repeats.smollm2, "induction").mean > 0.7),
    "heads.smollm2-previous": named(best(repeats.smollm2, "previous"), isAbove(repeats.smollm2)),
    ...aboutRepeat(decodeTrace(read("src/stored/repeat-decoder.json") as StoredRun)),
  };
}

/** The sequence of the walk: ten random tokens, twice. */
function aboutRepeat(trace: AnyTrace): Record<string, Fact> {
  const half = trace.source.tokens.filter(({ special }) => !special).length / 2;
  const mean = (from: number, to: number): number => {
    const part = trace.tokenLoss.slice(from, to);
    return part.reduce((sum, loss) => sum + loss, 0) / part.length;
  };
  // The loss at place t is that of token t + 1; one special token stands in front.
  const [first, second] = [mean(0, half + 1), mean(half + 1, 2 * half)];
  const even = Math.log(4000);
  return {
    "repeat.half": { text: String(half), holds: half === 10 },
    "repeat.first-loss": { text: first.toFixed(1), holds: first > even },
    "repeat.even-loss": { text: even.toFixed(1) },
    "repeat.second-loss": { text: second.toFixed(2), holds: second < 0.1 },
    "repeat.previous": inRun(trace, "previous", 0.8),
    "repeat.induction": inRun(trace, "induction", 0.9),
  };
}

function inRun(trace: AnyTrace, role: Role, least: number): Fact {
  const values = trace.roles.find((scores) => scores.role === role)?.values;
  if (!values) return { text: "", holds: false };
  const [, heads = 1] = values.shape;
  const score = Math.max(...values.data);
  const at = values.data.indexOf(score);
  return { text: `${name(Math.floor(at / heads), at % heads)} (${score.toFixed(2)})`, holds: score >= least };
}

interface Best {
  readonly layer: number;
  readonly head: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly offset: number;
  readonly by: number;
}

function best(study: HeadStudy, measure: HeadScores["measure"]): Best {
  const scores = study.scores.find((each) => each.measure === measure);
  if (!scores) throw new Error(`${study.model} has no scores of ${measure}`);
  const { mean, low, high, offset } = scores;
  const [, heads = 1] = mean.shape;
  const at = mean.data.indexOf(mean.data.reduce((most, value) => Math.max(most, value), 0));
  return {
    layer: Math.floor(at / heads),
    head: at % heads,
    mean: mean.data[at] ?? 0,
    low: low.data[at] ?? 0,
    high: high.data[at] ?? 0,
    // To the thousandth, as scores are stored.
    offset: Math.fround(offset?.score ?? 0),
    by: offset?.by ?? 0,
  };
}

/** In how many relations the best head's whole interval lies above the best fixed offset. */
function beaten(study: HeadStudy, holds: (won: number, all: number) => boolean): Fact {
  const relations = study.scores.filter(({ offset }) => offset !== null);
  const won = relations.filter(({ measure }) => {
    const { low, offset } = best(study, measure);
    return low > offset;
  });
  return { text: `${won.length} of ${relations.length}`, holds: holds(won.length, relations.length) };
}

function falls({ high, offset }: Best): boolean {
  return high < offset;
}

/** Induction works through a head that looks one token back, in an earlier layer. */
function isAbove(study: HeadStudy): boolean {
  return best(study, "induction").layer > best(study, "previous").layer;
}

function named({ layer, head, mean }: Best, holds = true): Fact {
  return { text: `${name(layer, head)} (${share(mean)})`, holds };
}

function even(study: HeadStudy, measure: HeadScores["measure"]): string {
  return (study.scores.find((each) => each.measure === measure)?.even ?? Number.NaN).toFixed(2);
}

function same({ sentences }: HeadStudy): (study: HeadStudy) => boolean {
  return (study) => study.sentences === sentences;
}

/** Two decimals, and a third where two would say "all". */
function share(value: number): string {
  return value.toFixed(value < 1 && value >= 0.995 ? 3 : 2);
}

/** As the figures count: from 1. */
function name(layer: number, head: number): string {
  return `layer ${layer + 1}, head ${head + 1}`;
}
