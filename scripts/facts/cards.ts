/** Facts about what the models' evaluations measured, from their cards. */
import type { HeadRef } from "../../src/engine/model.ts";
import { listText } from "../../src/lib/format.ts";
import { aboutModel } from "../../src/stored/models.ts";
import { type Fact, read } from "./fact.ts";
import { count, headName, millions, percent } from "./words.ts";

type Place = Pick<HeadRef, "layer" | "head">;

interface Card {
  readonly figures: Readonly<Record<string, { readonly value: number; readonly n?: number } & Partial<Place>>>;
}

interface Trained extends Card {
  readonly training: { readonly minutes: number; readonly tokens: number };
}

interface Translator extends Trained {
  readonly probes: readonly unknown[];
  readonly samples: readonly { readonly english: string; readonly answer: string }[];
}

interface Minilm extends Card {
  readonly corpora: { readonly treebank: { readonly relations: readonly Relation[] } };
}

interface Relation extends Place {
  readonly measure: string;
  /** Share of arcs found by the head as served, and by the best fixed offset. */
  readonly eight: number;
  readonly offsetScore: number;
}

/** Facts of the models' pages. */
export function aboutCards(): Record<string, Fact> {
  return {
    ...aboutTranslator(read<Translator>("public/models/translator-en-fr/card.json")),
    ...aboutMinilm(read<Minilm>("public/models/encoder-minilm/card.json")),
    ...aboutDecoder(read<Trained>("public/models/decoder-small/card.json")),
    ...aboutGuides(read<{ heads: readonly (Place & { guided: boolean })[] }>("public/models/decoder-small/heads.json")),
    ...aboutSmollm2(read<Card>("models/smollm2/card/card.json")),
  };
}

/** The value of a figure by its name; a name that the card lacks is an error. */
function valuesOf({ figures }: Card): (name: string) => number {
  return (name) => {
    const figure = figures[name];
    if (!figure) throw new Error(`a card has no figure ${name}`);
    return figure.value;
  };
}

function aboutTranslator(card: Translator): Record<string, Fact> {
  const value = valuesOf(card);
  const taught = value("attention_grammar");
  const diagonal = value("attention_grammar_diagonal");
  const exact = value("tatoeba_exact");
  const garbled = card.samples.find(({ english }) => english === "He hastily packed his bags.");
  return {
    "card.minutes": { text: String(card.training.minutes) },
    "card.tokens": { text: millions(card.training.tokens, 0) },
    "card.taught-grammar": { text: percent(taught), holds: taught > diagonal },
    "card.mean-grammar": { text: percent(value("attention_grammar_mean_of_heads")) },
    "card.diagonal-grammar": { text: percent(diagonal) },
    "card.taught-names": { text: percent(value("attention_names")) },
    "card.diagonal-names": { text: percent(value("attention_names_diagonal")) },
    "card.exact": { text: percent(exact), holds: exact < 0.5 },
    "card.exact-items": { text: card.figures.tatoeba_exact?.n?.toLocaleString("en") ?? "" },
    "card.garbled": { text: garbled?.answer ?? "", holds: garbled?.answer === "Il n'a pas de sa flication." },
    "card.probes-right": { text: String(value("probes_right")) },
    "card.probes": { text: String(card.probes.length), holds: card.probes.length === card.figures.probes_right?.n },
  };
}

function aboutMinilm(card: Minilm): Record<string, Fact> {
  const value = valuesOf(card);
  const worse = (figure: string): number => Math.max(value(`${figure}_treebank`), value(`${figure}_ewt`));
  const found = (relation: string): Relation => {
    const entry = card.corpora.treebank.relations.find(({ measure }) => measure === `head:${relation}`);
    if (!entry) throw new Error(`the card has no relation ${relation}`);
    return entry;
  };
  const [determiner, adverb] = [found("det"), found("advmod")];
  const cosine = Math.min(value("cosine_least_treebank"), value("cosine_least_ewt"));
  return {
    "minilm.longest": { text: String(aboutModel("encoder-minilm").info.limits.source) },
    "minilm.attention-most": { text: worse("attention_largest").toFixed(2) },
    "minilm.attention-mean": { text: worse("attention_mean").toFixed(4) },
    "minilm.cosine": { text: cosine.toFixed(4), holds: cosine > 0.998 },
    "minilm.det-head": { text: headName(determiner) },
    "minilm.det": { text: percent(determiner.eight), holds: determiner.eight > determiner.offsetScore + 0.1 },
    "minilm.det-offset": { text: percent(determiner.offsetScore) },
    "minilm.advmod": { text: percent(adverb.eight), holds: adverb.eight < adverb.offsetScore },
    "minilm.advmod-offset": { text: percent(adverb.offsetScore) },
  };
}

function aboutDecoder(card: Trained): Record<string, Fact> {
  const value = valuesOf(card);
  const unseen = value("objects_template");
  return {
    "decoder.longest": { text: String(aboutModel("decoder-small").info.limits.source) },
    "decoder.minutes": { text: String(card.training.minutes) },
    "decoder.tokens": { text: millions(card.training.tokens, 0) },
    "decoder.previous": { text: value("previous_token_head").toFixed(2), holds: value("previous_token_head") >= 0.8 },
    "decoder.induction": { text: value("induction_head").toFixed(2), holds: value("induction_head") >= 0.6 },
    "decoder.copying": { text: percent(value("copying_accuracy")), holds: value("copying_accuracy") >= 0.9 },
    "decoder.objects": { text: percent(value("objects_names")), holds: value("objects_names") >= 0.9 },
    "decoder.unseen": { text: percent(unseen), holds: unseen < 0.5 },
    "decoder.unseen-preferred": { text: percent(value("objects_template_preferred")) },
    "decoder.capitals": { text: String(card.figures.capital_facts?.n), holds: value("capital_facts") === 1 },
  };
}

/** Heads of the small decoder that were shown where to look for a while. */
function aboutGuides({ heads }: { heads: readonly (Place & { guided: boolean })[] }): Record<string, Fact> {
  const guided = heads.filter((head) => head.guided);
  return {
    "decoder.guided": { text: count(guided.length), holds: guided.length > 1 },
    "decoder.guided-heads": {
      text: listText(guided.map(({ layer, head }) => `head ${head + 1} of layer ${layer + 1}`)),
    },
  };
}

function aboutSmollm2(card: Card): Record<string, Fact> {
  const value = valuesOf(card);
  const served = (name: string): number => value(`${name}_onnx`);
  const apart = (name: string): number =>
    Math.max(...["onnx", "web"].map((runtime) => Math.abs(value(`${name}_${runtime}`) - value(`${name}_pytorch`))));
  const { layer = Number.NaN, head = Number.NaN } = card.figures.best_induction_head ?? {};
  return {
    "smollm2.paris": { text: served("paris").toFixed(2), holds: apart("paris") <= 0.0001 },
    "smollm2.mary": { text: served("mary").toFixed(2), holds: apart("mary") <= 0.0001 },
    "smollm2.attention": { text: `${(value("attention_difference") * 1e6).toFixed(0)} millionths` },
    "smollm2.first-choice": {
      text: String(card.figures.same_first_choice?.n),
      holds: value("same_first_choice") === 1,
    },
    "smollm2.first-token": {
      text: percent(value("first_token_attention")),
      holds: value("first_token_attention") > 0.5,
    },
    "smollm2.induction-head": { text: headName({ layer, head }) },
    "smollm2.induction": { text: value("best_induction_head").toFixed(2), holds: value("best_induction_head") > 0.8 },
    "smollm2.copying": { text: percent(value("copying_accuracy")), holds: value("copying_accuracy") < 0.6 },
    "smollm2.memory": { text: `${(value("web_megabytes") / 1e3).toFixed(1)} GB` },
  };
}
