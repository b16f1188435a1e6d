/** Facts about what hangs on the states of every layer, from the stored answers. */
import { type Layered, storedAnswers } from "../../src/components/widgets/layer-trace/askLayers.ts";
import { numbersOf } from "../../src/components/widgets/layer-trace/numbers.ts";
import { type LayerMap, longestAt, mapsOf, rowAt, shareAt } from "../../src/components/widgets/layer-trace/row.ts";
import { decodeTrace, type StoredTrace } from "../../src/stored/format.ts";
import type { StoredLayers } from "../../src/stored/layers.ts";
import { aboutModel } from "../../src/stored/models.ts";
import type { Fact } from "./fact.ts";

type Read = (path: string) => unknown;

/** Facts of the page "Through the layers"; `read` gives a stored file by its path. */
export function aboutLayers(read: Read): Record<string, Fact> {
  const of = (model: string, follow = "") => {
    const stored = read(`src/stored/layers/${model}.json`) as StoredLayers;
    const { first, find } = storedAnswers(stored, aboutModel(model).info.family);
    const answer = find({ ...first, method: "layer-input-x-gradient", place: null, follow });
    if (!answer) throw new Error(`${model}: the layers of “${follow}” are not stored`);
    return lookedAt(answer, first.place ?? 0);
  };
  return {
    ...aboutNames(of("decoder-small"), of("decoder-small", "John")),
    ...aboutSmol(of("smollm2-135m")),
    ...aboutDog(of("translator-en-fr")),
    ...aboutAttention(read),
  };
}

interface Looked {
  readonly maps: readonly LayerMap[];
  readonly numbers: Readonly<Record<string, number>>;
  readonly at: (name: string) => number;
}

function lookedAt(answer: Layered, place: number): Looked {
  const row = rowAt(answer, place);
  const numbers = numbersOf(answer, row);
  return { maps: mapsOf(answer, row), numbers, at: (name) => numbers[name] ?? Number.NaN };
}

/** Places in the small decoder's prompt, which begins with a token of its own. */
const [MARY, AND, JOHN, WENT, LAST] = [2, 3, 4, 5, 14];

function aboutNames({ maps, at, numbers }: Looked, john: Looked): Record<string, Fact> {
  const [map] = maps;
  if (!map) throw new Error("the small decoder has no map");
  const last = [0, 1, 2].map((layer) => shareAt(map, layer, LAST));
  const same = numbersNamed(numbers, "rollout").every(([name, score]) => Math.abs(score - john.at(name)) < 0.01);
  const others = [AND, WENT].map((place) => at(`norm.2.${place}`));
  const rest = numbersNamed(numbers, "norm.2").filter(([name]) => ![AND, WENT, LAST].includes(placeOf(name)));
  return {
    "layers.value": { text: at("value").toFixed(2), holds: Math.abs(at("value") - at("top")) < 0.01 },
    "layers.top": { text: at("top").toFixed(2) },
    "layers.mary-0": { text: at(`norm.0.${MARY}`).toFixed(1), holds: longestAt(map, 0) === MARY },
    "layers.and-1": { text: at(`norm.1.${AND}`).toFixed(2), holds: longestAt(map, 1) === AND },
    "layers.mary-1": { text: at(`norm.1.${MARY}`).toFixed(2) },
    "layers.went-1": { text: at(`norm.1.${WENT}`).toFixed(2), holds: at(`norm.1.${WENT}`) > 0.8 },
    "layers.last-0": { text: percent(last[0] ?? 1), holds: (last[0] ?? 1) < 0.1 },
    "layers.last-2": {
      text: percent(last[2] ?? 0),
      holds: Math.min(...others) > 0.2 && rest.every(([, norm]) => norm < 0.05),
    },
    "layers.alone": { text: String(at("alone")), holds: at("alone") === 3 },
    "layers.attention-and": {
      text: "and",
      holds: strongest(numbers, "attention") === AND && strongest(john.numbers, "attention") === WENT,
    },
    "layers.rollout-last": {
      text: percent(at(`rollout.${LAST}`) / 100),
      holds: same && strongest(numbers, "rollout") === LAST,
    },
    "layers.rollout-mary": { text: percent(at(`rollout.${MARY}`) / 100) },
    "layers.rollout-john": { text: percent(at(`rollout.${JOHN}`) / 100) },
  };
}

/** SmolLM2 puts no token of its own in front. */
function aboutSmol({ maps, at, numbers }: Looked): Record<string, Fact> {
  const [map] = maps;
  if (!map) throw new Error("SmolLM2 has no map");
  const share = (layer: number) => shareAt(map, layer, LAST - 1);
  return {
    "layers.smol-0": { text: percent(share(0)), holds: share(0) < 0.05 },
    "layers.smol-15": { text: percent(share(15)), holds: share(15) > 0.1 && share(15) < 0.3 },
    "layers.smol-28": { text: percent(share(28)), holds: share(28) > 0.5 },
    "layers.smol-rollout": {
      text: percent(at("rollout.0") / 100),
      holds: at("rollout.0") > 99 && strongest(numbers, "rollout") === 0,
    },
  };
}

/** `dog` in the encoder, and the `Le` from which `chien` is written. */
const [DOG, LE] = [6, 1];

function aboutDog({ maps, at }: Looked): Record<string, Fact> {
  const [encoder] = maps;
  if (!encoder) throw new Error("the translator has no map");
  const everywhere = [0, 1, 2, 3].every((layer) => longestAt(encoder, layer) === DOG);
  return {
    "layers.dog-0": { text: at(`norm.0.${DOG}`).toFixed(2), holds: everywhere },
    "layers.dog-1": { text: at(`norm.1.${DOG}`).toFixed(2), holds: at(`norm.1.${DOG}`) < at(`norm.0.${DOG}`) / 20 },
    "layers.dog-3": { text: at(`norm.3.${DOG}`).toFixed(2), holds: at(`norm.3.${DOG}`) > 1 },
    "layers.dog-share": { text: percent(shareAt(encoder, 3, DOG)), holds: shareAt(encoder, 3, DOG) > 0.5 },
    "layers.le-top": { text: at(`target.score.3.${LE}`).toFixed(1), holds: Math.abs(at("value") - at("top")) < 0.01 },
  };
}

/** The heads behind it: the first of layer 1 looks one token back, some of layer 3 read what stands after the names. */
function aboutAttention(read: Read): Record<string, Fact> {
  const { attention } = decodeTrace(read("src/stored/mary-john.json") as StoredTrace);
  const weights = "decoder" in attention ? attention.decoder : undefined;
  if (!weights) throw new Error("the small decoder has no attention");
  const [, heads = 0, tokens = 0] = weights.shape;
  const look = (layer: number, head: number, query: number, key: number) =>
    weights.data[((layer * heads + head) * tokens + query) * tokens + key] ?? 0;
  const reads = [AND, WENT].map((key) =>
    Math.max(...Array.from({ length: heads }, (_, head) => look(2, head, LAST, key))),
  );
  return {
    "layers.back": {
      text: look(0, 0, AND, MARY).toFixed(2),
      holds: Math.min(look(0, 0, AND, MARY), look(0, 0, WENT, JOHN)) > 0.8,
    },
    "layers.reads": { text: (reads[0] ?? 0).toFixed(2), holds: Math.min(...reads) > 0.8 },
  };
}

function numbersNamed(numbers: Readonly<Record<string, number>>, name: string): [string, number][] {
  return Object.entries(numbers).filter(([each]) => each.startsWith(`${name}.`));
}

function placeOf(name: string): number {
  return Number(name.split(".").at(-1));
}

/** The place with the highest score. */
function strongest(numbers: Readonly<Record<string, number>>, name: string): number {
  const [best] = numbersNamed(numbers, name).sort(([, a], [, b]) => b - a);
  return best ? placeOf(best[0]) : -1;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
