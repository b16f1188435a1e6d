/** Facts about tokens that are nudged, from the stored nudges. */
import type { NudgeStudy } from "../../src/engine/attribute.ts";
import { aboutModel } from "../../src/stored/models.ts";
import { type NudgeMove, type StoredNudges, storedNudge } from "../../src/stored/nudge.ts";
import type { Fact } from "./fact.ts";

/** Facts of the page "Nudge an input"; `read` gives a stored file by its path. */
export function aboutNudges(read: (path: string) => unknown): Record<string, Fact> {
  const [decoder, translator] = ["decoder-small", "translator-en-fr"].map(
    (model) => read(`src/stored/nudge/${model}.json`) as StoredNudges,
  );
  if (!decoder || !translator) throw new Error("the nudges of a model are not stored");
  const of = (move: Partial<NudgeMove>) => studyOf(decoder, { ...TOWARDS, ...move });
  const [whole, tenth, steepest] = [of({}), of({ reach: 0.1 }), of({ way: "gradient", word: "" })];
  const random = of({ way: "random", word: "" });
  const anna = of({ token: SECOND_JOHN, word: "Anna" });
  const cat = studyOf(translator, { ...TOWARDS, token: DOG, word: "cat" });
  const { width } = aboutModel("decoder-small").info;
  const tokens = decoder.source.length;
  return {
    "nudge.width": { text: String(width) },
    "nudge.tokens": { text: String(tokens) },
    "nudge.numbers": { text: (tokens * width).toLocaleString("en-GB") },
    "nudge.value": { text: whole.value.toFixed(1) },
    ...aboutSlope(whole, decoder),
    ...fall("nudge.tenth", tenth, (model, line) => model > 1.3 * line && model < 2 * line),
    ...fall("nudge.end", whole, (model, line) => model > 5 * line && gentleAtFirst(whole)),
    ...fall("nudge.cat", cat, (model, line) => model > 5 * line),
    "nudge.anna-slope": { text: signed(anna.slope), holds: anna.slope > 0.2 && Math.max(...anna.values) > anna.value },
    "nudge.anna-model": { text: (anna.value - last(anna)).toFixed(1), holds: last(anna) < anna.value - 1 },
    "nudge.random": { text: signed(random.slope), holds: Math.abs(random.slope) < steepest.slope / 5 },
    "nudge.steepest-line": { text: signed(steepest.slope, 1) },
    "nudge.steepest-most": {
      text: signed(Math.max(...steepest.values) - steepest.value, 1),
      holds: last(steepest) < steepest.value && Math.max(...steepest.values) - steepest.value < steepest.slope / 3,
    },
  };
}

/** What the page speaks of: `Mary` on its way to `John`, the second `John`, and `dog`. */
const TOWARDS: NudgeMove = { side: "source", token: 2, way: "word", word: "John", seed: 1, reach: 1 };
const SECOND_JOHN = 10;
const DOG = 6;
const GAVE = 11;

function studyOf(stored: StoredNudges, move: NudgeMove): NudgeStudy {
  const study = storedNudge(stored, move);
  if (!study) throw new Error(`${stored.model}: a nudge of token ${move.token} is not stored`);
  return study;
}

/** The slope in both ways, of one token and of all. */
function aboutSlope(whole: NudgeStudy, { source, steepest, steepestMeasured }: StoredNudges): Record<string, Fact> {
  const { slope, measured } = whole;
  const gaps = steepest.source.map((byGradient, place) => gap(byGradient, steepestMeasured.source[place] ?? 0));
  const mary = steepest.source[TOWARDS.token] ?? 0;
  const first = source[TOWARDS.token]?.text === "Mary" && source[GAVE]?.text === "gave";
  return {
    "nudge.slope": { text: signed(slope, 3), holds: slope < 0 },
    "nudge.measured": { text: signed(measured.slope, 3) },
    "nudge.measured-apart": { text: share(gap(slope, measured.slope)), holds: gap(slope, measured.slope) < 0.005 },
    "nudge.worst": { text: share(Math.max(...gaps)), holds: Math.max(...gaps) < 0.01 },
    "nudge.mary": { text: mary.toFixed(1), holds: first && mary === Math.max(...steepest.source) },
    "nudge.gave": { text: (steepest.source[GAVE] ?? 0).toFixed(2), holds: (steepest.source[GAVE] ?? 1) < mary / 20 },
  };
}

/** How far the number falls at the end, and how far the line lets it fall. */
function fall(name: string, study: NudgeStudy, holds: (model: number, line: number) => boolean): Record<string, Fact> {
  const model = study.value - last(study);
  const line = -study.slope * (study.shares.at(-1) ?? 0);
  return {
    [`${name}-model`]: { text: model.toFixed(2), holds: holds(model, line) },
    [`${name}-line`]: { text: line.toFixed(2) },
  };
}

/** Most of the fall lies between a quarter and three quarters of the way. */
function gentleAtFirst({ shares, values, value }: NudgeStudy): boolean {
  const at = (share: number) => values[shares.findIndex((each) => Math.abs(each - share) < 1e-6)] ?? Number.NaN;
  const all = value - at(1);
  return value - at(0.25) < 0.1 * all && value - at(0.75) > 0.6 * all;
}

function last({ values }: NudgeStudy): number {
  return values.at(-1) ?? Number.NaN;
}

function gap(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

/** A small share: "0.05 %". */
function share(value: number): string {
  return `${(value * 100).toPrecision(1)} %`;
}

function signed(value: number, decimals = 2): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(decimals)}`;
}
