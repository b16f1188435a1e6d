/** Facts about what models say with heads switched off, from the stored runs, sweeps and curves. */
import type { HeadRef } from "../../src/engine/model.ts";
import { HEAD_TASKS } from "../../src/stored/headTasks.ts";
import { type RankedHead, rankedHeads } from "../../src/stored/ranking.ts";
import type { Fill, Said } from "../../src/stored/said.ts";
import {
  headName as idOf,
  type StoredSwitches,
  storedCurve,
  storedSaid,
  storedSweep,
} from "../../src/stored/switches.ts";
import type { Fact } from "./fact.ts";
import { headName, percent } from "./words.ts";

/** Heads that the small decoder’s recipe guided for a while; layer and head counted from 0. */
const PREVIOUS = head(0, 0);
const COPIES = head(1, 0);
const PERSON = head(1, 1);
const HOME = head(2, 0);

/** Facts of the page "Switching heads off"; `read` gives a stored file by its path. */
export function aboutSwitches(read: (path: string) => unknown): Record<string, Fact> {
  const stored = read("src/stored/switches/decoder-small.json") as StoredSwitches;
  const real = read("src/stored/switches/smollm2-135m.json") as StoredSwitches;
  const card = read("public/models/decoder-small/card.json") as Card;
  return {
    ...aboutObjects(stored),
    ...aboutCopying(stored),
    ...aboutHops(stored),
    ...aboutFill(stored),
    ...aboutReal(real),
    "switch.unseen-frame": {
      text: percent(card.figures.objects_template?.value ?? Number.NaN),
      holds: (card.figures.objects_template?.value ?? 1) < 0.2,
    },
    "switch.unseen-preferred": {
      text: percent(card.figures.objects_template_preferred?.value ?? Number.NaN),
      holds: (card.figures.objects_template_preferred?.value ?? 0) > 0.8,
    },
  };
}

interface Card {
  readonly figures: Readonly<Record<string, { readonly value: number }>>;
}

/** Mary and John. */
function aboutObjects(stored: StoredSwitches): Record<string, Fact> {
  const whole = said(stored, "objects", []);
  const without = said(stored, "objects", [PREVIOUS]);
  const ranked = ranking(stored, "objects", "zero");
  const [first, second] = ranked;
  const against = ranked.at(-1);
  const curve = storedCurve(stored, "objects", "zero");
  const [order = [], ...random] = curve?.values ?? [];
  const mean = random.reduce((sum, row) => sum + (row[1] ?? 0), 0) / Math.max(1, random.length);
  return {
    "switch.objects-share": { text: whole.share.toFixed(4), holds: whole.stands },
    "switch.objects-gap": { text: whole.metric.toFixed(1) },
    "switch.objects-first": named(first, same(first?.ref, PREVIOUS) && (first?.high ?? 0) < 0),
    "switch.objects-without": { text: String(without.share), holds: without.share < 0.01 },
    "switch.objects-says": { text: without.text.replace(/\.$/, ""), holds: !without.stands },
    "switch.objects-kept": { text: without.metric.toFixed(1), holds: without.metric > 5 },
    "switch.objects-second": named(second, (second?.high ?? 0) < 0),
    "switch.objects-first-interval": { text: interval(first), holds: (first?.high ?? 0) > (second?.low ?? 0) },
    "switch.objects-second-interval": { text: interval(second), holds: width(first) > 3 * width(second) },
    "switch.objects-against": named(against, same(against?.ref, HOME) && (against?.effect ?? 0) > 1),
    "switch.objects-prompts": { text: String(prompts("objects")) },
    "switch.objects-cut": { text: (order[1] ?? Number.NaN).toFixed(2), holds: (order[1] ?? 1) < 0.1 },
    "switch.objects-cut-random": { text: mean.toFixed(2), holds: mean > 0.9 },
    "switch.objects-back": {
      text: Math.max(...order.slice(5)).toFixed(2),
      holds: Math.max(...order.slice(5)) > 2 * (order[1] ?? 1),
    },
  };
}

/** Words that come again. */
function aboutCopying(stored: StoredSwitches): Record<string, Fact> {
  const { copying } = stored;
  const ranked = ranking(stored, "repeats", "zero");
  const two = ranked.slice(0, 2).map(({ ref }) => idOf(ref));
  const third = ranked[2]?.effect ?? Number.NaN;
  const share = (value: number | undefined, holds: boolean): Fact => ({ text: percent(value ?? Number.NaN), holds });
  return {
    "switch.copy-previous": {
      text: headName(PREVIOUS),
      holds: copying?.off === idOf(PREVIOUS) && two.includes(idOf(PREVIOUS)),
    },
    "switch.copy-head": { text: headName(COPIES), holds: copying?.head === idOf(COPIES) && two.includes(idOf(COPIES)) },
    "switch.copy-effects": {
      text: ranked
        .slice(0, 2)
        .map(({ effect }) => signed(effect))
        .join(" and "),
      holds: (ranked[1]?.effect ?? 0) < 3 * third,
    },
    "switch.copy-third": { text: signed(third) },
    "switch.copy-score": { text: (copying?.on.score ?? Number.NaN).toFixed(2), holds: (copying?.on.score ?? 0) > 0.9 },
    "switch.copy-score-without": {
      text: (copying?.without.score ?? Number.NaN).toFixed(2),
      holds: (copying?.without.score ?? 1) < 0.1,
    },
    "switch.copy-right": share(copying?.on.right, (copying?.on.right ?? 0) > 0.9),
    "switch.copy-right-without": share(copying?.without.right, (copying?.without.right ?? 1) < 0.05),
    "switch.copy-sequences": { text: String(copying?.count ?? 0) },
  };
}

/** Jack and Tokyo: one hop and two. */
function aboutHops(stored: StoredSwitches): Record<string, Fact> {
  const one = ranking(stored, "country", "zero").slice(0, 4);
  const two = ranking(stored, "capital", "zero").slice(0, 4);
  const team = [PREVIOUS, PERSON, HOME].map(idOf).sort().join();
  const isTeam = (ranked: readonly RankedHead[]) =>
    ranked
      .slice(0, 3)
      .map(({ ref }) => idOf(ref))
      .sort()
      .join() === team;
  const apart = (ranked: readonly RankedHead[]) => (ranked[2]?.effect ?? 0) < 1.5 * (ranked[3]?.effect ?? -99);
  const home = said(stored, "capital", [HOME]);
  const cut = storedCurve(stored, "capital", "zero")?.values[0]?.[1] ?? Number.NaN;
  const list = (ranked: readonly RankedHead[]) =>
    ranked
      .slice(0, 3)
      .map(({ ref, effect }) => `${headName(ref)} (${signed(effect)})`)
      .join("; ");
  return {
    "switch.hop-one": { text: list(one), holds: isTeam(one) && apart(one) },
    "switch.hop-two": { text: list(two), holds: isTeam(two) && apart(two) },
    "switch.hop-one-fourth": { text: signed(one[3]?.effect ?? Number.NaN) },
    "switch.hop-two-fourth": { text: signed(two[3]?.effect ?? Number.NaN) },
    "switch.hop-cut": { text: cut.toFixed(2), holds: cut < 0.1 },
    "switch.home": { text: headName(HOME) },
    "switch.person": { text: headName(PERSON) },
    "switch.home-says": { text: home.text.replace(/\.$/, ""), holds: home.text === "Rome." },
    "switch.home-rome": { text: (home.words[1]?.probability ?? Number.NaN).toFixed(2), holds: !home.stands },
    "switch.home-tokyo": { text: home.share.toFixed(2) },
  };
}

/** Mary and John in SmolLM2. */
function aboutReal(stored: StoredSwitches): Record<string, Fact> {
  const ranked = ranking(stored, "objects", "zero");
  const [first] = ranked;
  const { values = [], steps = [] } = storedCurve(stored, "objects", "zero") ?? {};
  const [order = [], ...random] = values;
  const at = steps.indexOf(3);
  const mean = random.reduce((sum, row) => sum + (row[at] ?? 0), 0) / Math.max(1, random.length);
  const [whole = 0, one = 0, three = 1] = [order[0], order[steps.indexOf(1)], order[at]];
  return {
    "switch.real-heads": { text: String(ranked.length), holds: ranked.length === 270 },
    "switch.real-first": { text: first ? headName(first.ref) : "" },
    "switch.real-whole": { text: whole.toFixed(2), holds: whole > 0.8 },
    "switch.real-one": { text: one.toFixed(2), holds: one > 0.9 * whole },
    "switch.real-three": { text: three.toFixed(2), holds: three < 0.3 * whole },
    "switch.real-random": { text: mean.toFixed(2), holds: mean > 0.9 * whole },
  };
}

/** Zeros against means. */
function aboutFill(stored: StoredSwitches): Record<string, Fact> {
  const effect = (fill: Fill) =>
    ranking(stored, "capital", fill).find(({ ref }) => same(ref, PREVIOUS))?.effect ?? Number.NaN;
  const [first] = ranking(stored, "capital", "mean");
  return {
    "switch.fill-zero": { text: signed(effect("zero")), holds: effect("zero") < 2 * effect("mean") },
    "switch.fill-mean": { text: signed(effect("mean")), holds: effect("mean") < -1 },
    "switch.fill-first": { text: first ? headName(first.ref) : "", holds: !same(first?.ref, PREVIOUS) },
  };
}

function head(layer: number, place: number): HeadRef {
  return { kind: "decoder", layer, head: place };
}

function same(a: HeadRef | undefined, b: HeadRef): boolean {
  return a !== undefined && idOf(a) === idOf(b);
}

function said(stored: StoredSwitches, task: string, off: readonly HeadRef[]): Said {
  const found = storedSaid(stored, task, off.map(idOf), "zero");
  if (!found) throw new Error(`no run of ${task} is stored: npm run store:switches`);
  return found;
}

function ranking(stored: StoredSwitches, task: string, fill: Fill): readonly RankedHead[] {
  const sweep = storedSweep(stored, task, fill);
  return sweep ? rankedHeads(sweep) : [];
}

function prompts(task: string): number {
  return HEAD_TASKS.find(({ id }) => id === task)?.prompts.length ?? 0;
}

/** "layer 1, head 1 (−5.3)". */
function named(ranked: RankedHead | undefined, holds: boolean): Fact {
  return { text: ranked ? `${headName(ranked.ref)} (${signed(ranked.effect)})` : "", holds };
}

function interval(ranked: RankedHead | undefined): string {
  return ranked ? `${signed(ranked.low)} to ${signed(ranked.high)}` : "";
}

function width(ranked: RankedHead | undefined): number {
  return ranked ? ranked.high - ranked.low : 0;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
}
