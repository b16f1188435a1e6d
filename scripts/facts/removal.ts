/** Facts about attention beside the effect of removal, from the stored studies. */
import { decodeRemoval, type Measured, type Removal, type StoredRemoval } from "../../src/stored/removal.ts";
import { topOf, weightsOf } from "../../src/stored/removalRows.ts";
import type { Fact } from "./fact.ts";
import { count, headName, percent } from "./words.ts";

/** Facts of the page "Is attention an explanation?"; `read` gives a stored file by its path. */
export function aboutRemoval(read: (path: string) => unknown): Record<string, Fact> {
  const study = (model: string): Removal => decodeRemoval(read(`src/stored/removal/${model}.json`) as StoredRemoval);
  const [translator, decoder, smollm2] = ["translator-en-fr", "decoder-small", "smollm2-135m"].map(study);
  if (!translator || !decoder || !smollm2) throw new Error("a study of removals is not stored");
  const taught = read("public/models/translator-en-fr/alignment.json") as { layer: number; head: number };
  return {
    ...aboutTranslator(translator, taught),
    ...aboutChien(translator),
    ...aboutRuth(decoder),
    ...aboutLevel(translator, decoder, taught),
    ...both("removal.decoder", decoder, (hit) => hit < 0.3),
    ...both("removal.smollm2", smollm2, () => true),
    "removal.smollm2-heads": { text: String(smollm2.hit.mean.length - 1) },
    "removal.smollm2-best": {
      text: percent(Math.max(...smollm2.hit.mean.slice(0, -1))),
      holds: Math.max(...smollm2.hit.mean.slice(0, -1)) > last(smollm2.hit.mean) + 0.3,
    },
  };
}

/** Both figures of the mean of all heads, with what stands beside them. */
function both(
  name: string,
  { rho, hit, chance, texts }: Removal,
  holds: (hit: number) => boolean,
): Record<string, Fact> {
  const share = last(hit.mean);
  return {
    [`${name}-texts`]: { text: String(texts) },
    [`${name}-rho`]: { text: `${last(rho.mean).toFixed(2)} (${between(rho)})`, holds: last(rho.low) > 0 },
    [`${name}-hit`]: { text: percent(share), holds: holds(share) },
    [`${name}-chance`]: { text: percent(chance) },
  };
}

function aboutTranslator(study: Removal, { layer, head }: { layer: number; head: number }): Record<string, Fact> {
  const { rho, hit, shape, outputs, still } = study;
  const best = topOf(rho.mean.slice(0, -1));
  const place = layer * (shape[1] ?? 0) + head;
  return {
    ...both("removal.translator", study, (share) => share > 0.75 && last(rho.mean) < 0.5),
    "removal.outputs": { text: String(outputs) },
    "removal.still": { text: percent(still), holds: still > 0.7 },
    "removal.heads-above": {
      text: count(rho.low.slice(0, -1).filter((low) => low > 0).length),
      holds: rho.low.every((low) => low > 0),
    },
    "removal.best-head": {
      text: placeName(best, shape),
      holds: best === place && topOf(hit.mean.slice(0, -1)) === best,
    },
    "removal.best-rho": { text: (rho.mean[best] ?? 0).toFixed(2), holds: (rho.mean[best] ?? 0) < last(rho.mean) },
    "removal.best-hit": { text: percent(hit.mean[best] ?? 0), holds: (hit.mean[best] ?? 0) < last(hit.mean) },
  };
}

/** The translator's word "chien", whose removals nearly all change nothing. */
function aboutChien({ shown }: Removal): Record<string, Fact> {
  const row = shown.find(({ output }) => output === "chien");
  if (!row) throw new Error("no row explains “chien”");
  const weights = weightsOf(row, null);
  const dog = topOf(row.effect);
  const others = row.effect.filter((_, at) => at !== dog);
  return {
    "removal.chien-fall": {
      text: (row.effect[dog] ?? 0).toFixed(1),
      holds: row.tokens[dog] === "dog" && topOf(weights) === dog,
    },
    "removal.chien-weight": { text: (weights[dog] ?? 0).toFixed(2) },
    "removal.chien-rest": {
      text: Math.max(...others.map(Math.abs)).toFixed(2),
      holds: others.every((fall) => Math.abs(fall) < 0.05),
    },
    "removal.chien-rho": { text: last(row.correlation).toFixed(2), holds: last(row.correlation) < 0.5 },
  };
}

/** The small decoder's prompt, in which a name is read from the word after it. */
function aboutRuth({ shown }: Removal): Record<string, Fact> {
  const [row] = shown;
  if (!row) throw new Error("the decoder's text is not stored");
  const weights = weightsOf(row, null);
  const [ruth, were] = ["Ruth", "were"].map((word) => row.tokens.indexOf(word));
  if (ruth === undefined || were === undefined) throw new Error("the decoder's text has other words");
  return {
    "removal.ruth-fall": { text: (row.effect[ruth] ?? 0).toFixed(1), holds: topOf(row.effect) === ruth },
    "removal.ruth-weight": { text: (weights[ruth] ?? 0).toFixed(2), holds: (weights[ruth] ?? 0) < 0.05 },
    "removal.were-fall": { text: (row.effect[were] ?? 0).toFixed(1), holds: (row.effect[were] ?? 0) > 5 },
    "removal.were-weight": { text: (weights[were] ?? 0).toFixed(2), holds: (weights[were] ?? 0) > 0.1 },
  };
}

/** Whole heads: how much they look at the token that matters, and what they cost. */
function aboutLevel(
  translator: Removal,
  decoder: Removal,
  { layer, head }: { layer: number; head: number },
): Record<string, Fact> {
  const taught = layer * (translator.shape[1] ?? 0) + head;
  const [costs, reads] = [costliest(translator), costliest(decoder)];
  return {
    "removal.level-rho": { text: (translator.heads?.rho ?? 0).toFixed(2), holds: (translator.heads?.rho ?? 0) > 0.3 },
    "removal.level-taught": {
      text: (translator.heads?.weight[taught] ?? 0).toFixed(2),
      holds: topOf(translator.heads?.weight ?? []) === taught,
    },
    "removal.level-taught-fall": { text: (translator.heads?.fall[taught] ?? 0).toFixed(3) },
    "removal.level-costs": { text: costs.name, holds: costs.at !== taught },
    "removal.level-costs-weight": { text: costs.weight },
    "removal.level-costs-fall": { text: costs.fall.toFixed(3) },
    "removal.level-decoder-rho": {
      text: (decoder.heads?.rho ?? 0).toFixed(2),
      holds: Math.abs(decoder.heads?.rho ?? 1) < 0.2,
    },
    "removal.level-decoder": { text: reads.name },
    "removal.level-decoder-weight": { text: reads.weight, holds: Number(reads.weight) < 0.1 },
    "removal.level-decoder-fall": { text: reads.fall.toFixed(1) },
  };
}

/** The head whose switching off costs most. */
function costliest({ heads, shape }: Removal): { at: number; name: string; weight: string; fall: number } {
  const at = topOf(heads?.fall ?? []);
  return { at, name: placeName(at, shape), weight: (heads?.weight[at] ?? 0).toFixed(2), fall: heads?.fall[at] ?? 0 };
}

function placeName(at: number, [, heads = 1]: readonly number[]): string {
  return headName({ layer: Math.floor(at / heads), head: at % heads });
}

function between({ low, high }: Measured): string {
  return `${last(low).toFixed(2)} to ${last(high).toFixed(2)}`;
}

function last(values: readonly number[]): number {
  return values.at(-1) ?? Number.NaN;
}
