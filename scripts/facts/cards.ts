/** Facts about what the models' evaluations measured, from their cards. */
import { type Fact, read } from "./fact.ts";
import { millions, percent } from "./words.ts";

interface Card {
  readonly revision: string;
  readonly licence: string;
  readonly attribution: string;
  readonly training: { readonly minutes: number; readonly tokens: number };
  readonly figures: Readonly<Record<string, { readonly value: number; readonly n?: number }>>;
  readonly probes: readonly unknown[];
  readonly samples: readonly { readonly english: string; readonly answer: string }[];
}

/** Facts of the models' pages. */
export function aboutCards(): Record<string, Fact> {
  return aboutTranslator(read<Card>("public/models/translator-en-fr/card.json"));
}

function aboutTranslator(card: Card): Record<string, Fact> {
  const value = (figure: string): number => card.figures[figure]?.value ?? Number.NaN;
  const taught = value("attention_grammar");
  const diagonal = value("attention_grammar_diagonal");
  const exact = value("tatoeba_exact");
  const garbled = card.samples.find(({ english }) => english === "He hastily packed his bags.");
  return {
    "card.revision": { text: card.revision.slice(0, 8) },
    "card.licence": { text: card.licence },
    "card.attribution": { text: card.attribution },
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
