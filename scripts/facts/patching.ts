/** Facts about states that are put back and about the slopes of heads' switches, from the stored checks. */
import { pearson } from "../../src/engine/attention/statistics.ts";
import type { GateCheckStudy, PatchingStudy } from "../../src/engine/attribute.ts";
import type { StoredSummary } from "../../src/stored/checkSummary.ts";
import { type Check, decodeChecks, type StoredCheck } from "../../src/stored/checks.ts";
import type { Fact } from "./fact.ts";

type Read = (path: string) => unknown;

/** Facts of the page "Put a state back"; `read` gives a stored file by its path. */
export function aboutPatching(read: Read): Record<string, Fact> {
  const patched = (model: string) => first("patching", read, model) as PatchingStudy;
  const gated = (model: string) => first("gate-check", read, model) as GateCheckStudy;
  return {
    ...aboutNames(patched("decoder-small")),
    ...aboutDog(patched("translator-en-fr")),
    ...aboutSmol(patched("smollm2-135m")),
    ...aboutGates(gated("decoder-small"), gated("translator-en-fr"), gated("smollm2-135m")),
    ...aboutManyTexts(read),
  };
}

function first(check: Check, read: Read, model: string): unknown {
  const stored = read(`src/stored/checks/${check}-${model}.json`) as StoredCheck<Check>;
  const [study] = decodeChecks(check, stored);
  if (!study) throw new Error(`no ${check} of ${model} is stored`);
  return study;
}

type Side = "source" | "target";

function shareAt({ recovered }: PatchingStudy, side: Side, layer: number, token: number): number {
  const shares = recovered[side];
  return shares?.data[layer * (shares.shape[1] ?? 0) + token] ?? Number.NaN;
}

/** The second `John` and the last `to` of the small decoder's prompt, which begins with a token of its own. */
const [JOHN, LAST] = [10, 14];

function aboutNames(study: PatchingStudy): Record<string, Fact> {
  const { clean, corrupted } = study.values;
  const [john, last] = [JOHN, LAST].map((token) => [0, 1, 2].map((layer) => shareAt(study, "source", layer, token)));
  const [atJohn = 0, atLast = 0] = [john?.[1], last?.[1]];
  const pieces = [study.clean.source[JOHN]?.text, study.corrupted.source[JOHN]?.text, study.clean.source[LAST]?.text];
  return {
    "patch.clean": { text: clean.toFixed(1), holds: clean > 0 && pieces.join(" ") === "John Mary to" },
    "patch.corrupted": { text: (-corrupted).toFixed(1), holds: corrupted < 0 },
    "patch.embedding": { text: percent(john?.[0] ?? 0), holds: (john?.[0] ?? 0) > 0.995 },
    "patch.john-1": { text: percent(atJohn), holds: atJohn > 0.2 && atJohn < 0.5 },
    "patch.last-1": { text: percent(atLast), holds: atLast > 0.7 && atLast < 0.95 },
    "patch.sum-1": { text: percent(atJohn + atLast), holds: atJohn + atLast > 1.05 },
    "patch.last-2": {
      text: percent(last?.[2] ?? 0),
      holds: (last?.[2] ?? 0) > 0.995 && Math.abs(john?.[2] ?? 1) < 0.005,
    },
    "patch.runs": { text: String(study.cost.forward) },
  };
}

/** `dog` among the source tokens, and the place among those read at which `chien` is written. */
const [DOG, LE] = [6, 1];

function aboutDog(study: PatchingStudy): Record<string, Fact> {
  const dog = [0, 1, 2, 3].map((layer) => shareAt(study, "source", layer, DOG));
  const le = [0, 1, 2, 3].map((layer) => shareAt(study, "target", layer, LE));
  return {
    "patch.dog": { text: percent(Math.min(...dog)), holds: Math.min(...dog) > 0.98 },
    "patch.le-1": { text: percent(le[1] ?? 0), holds: (le[1] ?? 1) < 0.1 && Math.abs(le[0] ?? 1) < 0.005 },
    "patch.le-2": { text: percent(le[2] ?? 0), holds: (le[2] ?? 0) > 0.3 && (le[2] ?? 1) < 0.7 },
    "patch.le-3": { text: percent(le[3] ?? 0), holds: (le[3] ?? 0) > 0.995 },
  };
}

function aboutSmol(study: PatchingStudy): Record<string, Fact> {
  const [john, last] = [JOHN - 1, LAST - 1];
  const layers = Array.from({ length: study.recovered.source.shape[0] ?? 0 }, (_, layer) => layer);
  const until = layers.findLastIndex((layer) => shareAt(study, "source", layer, john) > 0.9);
  const from = layers.findIndex((layer) => shareAt(study, "source", layer, last) > 0.9);
  const between = layers.slice(until + 1, from).map((layer) => shareAt(study, "source", layer, last));
  return {
    "patch.smol-until": { text: String(until), holds: until > 15 },
    "patch.smol-from": { text: String(from), holds: from > until + 1 && Math.max(...between) < 0.5 },
    "patch.smol-layers": { text: String(layers.length - 1) },
    "patch.smol-runs": { text: String(study.cost.forward) },
  };
}

/** Foretold and true changes of all heads. */
function changesOf({ kinds }: GateCheckStudy): { foretold: number; change: number }[] {
  return kinds.flatMap(({ foretold, true: changes }) =>
    Array.from(changes.data, (change, at) => ({ foretold: foretold.data[at] ?? 0, change })),
  );
}

function aboutGates(decoder: GateCheckStudy, translator: GateCheckStudy, smol: GateCheckStudy): Record<string, Fact> {
  const heads = changesOf(decoder);
  const [far, ...rest] = heads;
  if (!far) throw new Error("the small decoder has no heads");
  const without = pearson(
    rest.map(({ foretold }) => foretold),
    rest.map(({ change }) => change),
  );
  const largest = Math.max(...rest.map(({ change }) => Math.abs(change)));
  const { pearson: straight, spearman: order } = decoder.correlation;
  return {
    "gate.heads": { text: String(heads.length) },
    "gate.value": { text: decoder.value.toFixed(1) },
    "gate.pearson": { text: signed(straight), holds: Math.abs(straight) < 0.2 },
    "gate.spearman": { text: signed(order), holds: order > 0.4 && order < 0.65 },
    "gate.far-foretold": { text: signed(far.foretold), holds: far.foretold > 0 },
    "gate.far-change": { text: signed(far.change, 1), holds: far.change < -5 * largest },
    "gate.rest": { text: signed(without), holds: without > 0.5 },
    "gate.translator": { text: signed(translator.correlation.pearson), holds: translator.correlation.pearson > 0.7 },
    "gate.smol": { text: signed(smol.correlation.pearson), holds: smol.correlation.pearson > 0.7 },
    "gate.smol-heads": { text: String(changesOf(smol).length) },
    "gate.runs": { text: String(decoder.cost.forward - 1), holds: decoder.cost.forward - 1 === heads.length },
  };
}

function aboutManyTexts(read: Read): Record<string, Fact> {
  const [decoder, translator] = ["decoder-small", "translator-en-fr"].map(
    (model) => read(`src/stored/checks/summary-${model}.json`) as StoredSummary,
  );
  if (!decoder || !translator) throw new Error("the checks of a model are not summed up");
  const [one, other] = [decoder.gates.pearson, translator.gates.pearson];
  return {
    "gate.texts": { text: String(decoder.texts), holds: decoder.texts === translator.texts },
    "gate.mean-decoder": { text: signed(one.mean), holds: one.high < other.low },
    "gate.mean-translator": { text: signed(other.mean), holds: other.mean > 0.4 },
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function signed(value: number, decimals = 2): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(decimals)}`;
}
