/** The measures by name, as a reader reads them. */
import type { Measure } from "../../../engine/study.ts";

/** The plain patterns and figures, in the order of the list. */
const PLAIN: Readonly<Record<Exclude<Measure, `head:${string}` | `dependant:${string}`>, string>> = {
  previous: "previous token",
  next: "next token",
  same: "the token itself",
  first: "first token",
  end: "closing token",
  duplicate: "same token, earlier",
  induction: "induction: after the same token, earlier",
  punctuation: "punctuation",
  instruction: "instruction",
  alignment: "word alignment",
  special: "weight on special tokens",
  entropy: "entropy",
  distance: "mean distance",
};

/** Relations of Universal Dependencies in words; a subtype that is missing is named as what it is a kind of. */
const RELATIONS: Readonly<Record<string, string>> = {
  det: "determiner",
  nsubj: "subject",
  "nsubj:pass": "subject of a passive",
  obj: "object",
  iobj: "indirect object",
  obl: "oblique",
  nmod: "noun after a preposition",
  "nmod:poss": "possessor",
  amod: "adjective",
  advmod: "adverb",
  aux: "auxiliary",
  "aux:pass": "passive auxiliary",
  cop: "copula",
  case: "preposition",
  mark: "subordinator",
  cc: "conjunction",
  conj: "second conjunct",
  compound: "compound part",
  punct: "punctuation mark",
  xcomp: "open complement",
  ccomp: "clause as object",
  advcl: "adverbial clause",
  "acl:relcl": "relative clause",
  acl: "clause that modifies a noun",
  appos: "apposition",
  "cc:preconj": "first half of a paired conjunction",
  "compound:prt": "verb particle",
  csubj: "clause as subject",
  "det:predet": "word before a determiner",
  discourse: "discourse word",
  expl: "expletive",
  fixed: "later word of a fixed phrase",
  flat: "later part of a name",
  "nmod:desc": "title before a name",
  nummod: "numeral",
  "obl:agent": "agent of a passive",
  "obl:unmarked": "oblique without a preposition",
  vocative: "name that is called",
};

/** A relation that nobody has named. */
const UNNAMED = "dependent";

const ORDER = Object.keys(PLAIN);

/** Whether a measure is a dependency relation. */
export function isRelation(measure: Measure): measure is `head:${string}` | `dependant:${string}` {
  return measure.startsWith("head:") || measure.startsWith("dependant:");
}

/** Whether a measure is a plain figure, not a share of weight on named cells. */
export function isFigure(measure: Measure): boolean {
  return measure === "entropy" || measure === "distance" || measure === "special";
}

/** Its place in the list: patterns and figures first, then relations by name. */
export function orderOf(measure: Measure): number {
  const at = ORDER.indexOf(measure);
  return at < 0 ? ORDER.length : at;
}

/** A measure in a few words: "previous token", "determiner → its head (det)". */
export function measureName(measure: Measure): string {
  if (!isRelation(measure)) return PLAIN[measure as keyof typeof PLAIN];
  const { toHead, relation, word } = relationOf(measure);
  return toHead ? `${word} → its head (${relation})` : `head → its ${word} (${relation})`;
}

/** A relation taken apart. */
export function relationOf(measure: `head:${string}` | `dependant:${string}`): {
  readonly toHead: boolean;
  readonly relation: string;
  readonly word: string;
} {
  const at = measure.indexOf(":");
  const relation = measure.slice(at + 1);
  return { toHead: measure.startsWith("head:"), relation, word: wordOf(relation) };
}

function wordOf(relation: string): string {
  const [base = relation] = relation.split(":");
  return RELATIONS[relation] ?? RELATIONS[base] ?? UNNAMED;
}

/** How many digits a score and its interval take: three where two would say "all", the same for all three numbers. */
export function digitsOf({ mean, high }: { readonly mean: number; readonly high: number }): number {
  return mean < 1 && high >= 0.995 ? 3 : 2;
}

/** A score with its unit. @param digits of a share; three where two would say "all" */
export function scoreText(measure: Measure, value: number, digits = value >= 0.995 && value < 1 ? 3 : 2): string {
  if (measure === "entropy") return `${value.toFixed(2)} nats`;
  if (measure === "distance") return `${value.toFixed(1)} tokens`;
  return value.toFixed(digits);
}

/** A score as it stands in a cell: a share is never rounded up to all. */
export function shortScore(measure: Measure, value: number): string {
  if (measure === "entropy" || measure === "distance") return value.toFixed(measure === "distance" ? 1 : 2);
  return (value < 1 ? Math.min(value, 0.99) : value).toFixed(2);
}
