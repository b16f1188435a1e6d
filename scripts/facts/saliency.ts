/** Facts about coloured texts, alone and against a word, from the stored answers. */
import type { Question } from "../../src/components/views/attribution/question.ts";
import { numbersOf } from "../../src/components/widgets/attribution-text/numbers.ts";
import { decodeAnswers, type StoredAnswers, type StoredQuestion } from "../../src/stored/attributionAnswers.ts";
import type { Fact } from "./fact.ts";
import { percent } from "./words.ts";

type Read = (path: string) => unknown;
type Look = (question: StoredQuestion, name: string) => number;

/** Facts of the page "Saliency and input × gradient". */
export function aboutSaliency(read: Read): Record<string, Fact> {
  const [dog, mary] = ["brown-dog", "mary-john"].map((id) => lookup(read, id));
  if (!dog || !mary) throw new Error("the coloured texts are not stored");
  return { ...aboutChien(dog), ...aboutLe(dog), ...aboutTarget(dog), ...aboutMary(mary) };
}

/** Facts of the page "Why A and not B". */
export function aboutContrast(read: Read): Record<string, Fact> {
  const ids = ["dog-not-cat", "mary-not-john", "mary-not-john-smollm2"];
  const [dog, mary, smollm2] = ids.map((id) => lookup(read, id));
  if (!dog || !mary || !smollm2) throw new Error("the contrasts are not stored");
  return { ...aboutNames(mary), ...aboutScales(mary), ...aboutGender(dog), ...aboutSign(smollm2) };
}

/** Reads a number of a stored answer, by what was asked and by the name under which the figure publishes it. */
function lookup(read: Read, id: string): Look {
  const stored = read(`src/stored/attributions/${id}.json`) as StoredAnswers;
  const decode = decodeAnswers(stored);
  return (question, name) => {
    const at = stored.answers.findIndex((answer) => JSON.stringify(answer.question) === JSON.stringify(question));
    const { method } = question as Pick<Question, "method">;
    const value = numbersOf({ plain: decode(at), contrast: null }, { method })[`${method}.${name}`];
    if (value === undefined) throw new Error(`${id} stores no ${name} of ${JSON.stringify(question)}`);
    return value;
  };
}

const SALIENCY = { method: "saliency", norm: 2 };
const IXG = { method: "input-x-gradient" };
/** Places in “Translate to French: The brown dog ran.” */
const SOURCE = Array.from({ length: 10 }, (_, place) => place);
const DOG = 6;

function aboutChien(look: Look): Record<string, Fact> {
  const dog = look(SALIENCY, `chien.${DOG}`);
  const rest = SOURCE.filter((place) => place !== DOG).map((place) => look(SALIENCY, `chien.${place}`));
  const largest = Math.max(
    ...SOURCE.map((place) => Math.abs(look(IXG, `chien.${place}`))),
    ...[0, 1].map((place) => Math.abs(look(IXG, `target.chien.${place}`))),
  );
  const lost = look({ method: "occlusion" }, `chien.${DOG}`);
  return {
    "saliency.chien-dog": { text: dog.toFixed(2), holds: dog > 3 * Math.max(...rest) },
    "saliency.chien-next": { text: Math.max(...rest).toFixed(2) },
    "saliency.chien-value": { text: look(SALIENCY, "value.chien").toFixed(1) },
    "saliency.chien-ixg": { text: largest.toFixed(2), holds: largest < 0.1 },
    "saliency.chien-lost": { text: lost.toFixed(1), holds: lost > 10 },
  };
}

/** The article, whose gender no word but the noun decides. */
function aboutLe(look: Look): Record<string, Fact> {
  const of = (place: number) => look(SALIENCY, `Le.${place}`);
  return {
    "saliency.le-dog": {
      text: of(DOG).toFixed(2),
      holds: SOURCE.every((place) => place === DOG || of(place) < of(DOG)),
    },
    "saliency.le-the": { text: of(4).toFixed(2) },
  };
}

function aboutTarget(look: Look): Record<string, Fact> {
  const [brun, le] = [look(SALIENCY, "share.brun"), look(SALIENCY, "target.chien.1")];
  const lost = look({ method: "occlusion" }, "target.chien.1");
  return {
    "saliency.brun-share": { text: percent(brun / 100), holds: brun > 30 && brun < 60 },
    "saliency.chien-le": { text: le.toFixed(2), holds: le > look(SALIENCY, "chien.4") },
    "saliency.chien-le-lost": { text: lost.toFixed(1), holds: lost > 5 },
  };
}

/** Places in “<|endoftext|> When Mary and John went to the store, John gave a drink to”. */
const [MARY, JOHN, WENT, AGAIN] = [2, 4, 5, 10];

function aboutMary(look: Look): Record<string, Fact> {
  const of = (place: number) => look(IXG, `Mary.${place}`);
  const long = (place: number) => look(SALIENCY, `Mary.${place}`);
  return {
    "saliency.mary-mary": { text: signed(of(MARY)), holds: of(MARY) > of(WENT) && long(MARY) > long(JOHN) },
    "saliency.mary-john": { text: signed(of(JOHN)), holds: of(JOHN) < -0.1 },
    "saliency.mary-again": { text: signed(of(AGAIN)), holds: of(AGAIN) < -0.1 },
    "saliency.mary-went": { text: signed(of(WENT)), holds: of(WENT) > 0.3 },
    "saliency.mary-john-lost": {
      text: look({ method: "occlusion" }, `Mary.${JOHN}`).toFixed(2),
      holds: look({ method: "occlusion" }, `Mary.${JOHN}`) > 0.5,
    },
    "saliency.mary-long": { text: long(MARY).toFixed(1) },
    "saliency.mary-long-john": { text: long(JOHN).toFixed(1), holds: long(JOHN) > long(WENT) * 2 },
  };
}

const IG = { method: "integrated-gradients", scale: "logit" };
const AGAINST = { ...IG, against: "John" };

function aboutNames(look: Look): Record<string, Fact> {
  const pair = (place: number) => [look(IG, `Mary.${place}`), look(AGAINST, `Mary.${place}`)] as const;
  const [mary, john, drink] = [pair(MARY), pair(JOHN), pair(13)];
  return {
    "contrast.john": { text: signed(john[0]), holds: john[0] > 0.5 },
    "contrast.john-against": { text: signed(john[1]), holds: john[1] < -0.2 },
    "contrast.mary": { text: signed(mary[0]) },
    "contrast.mary-against": { text: signed(mary[1]), holds: mary[1] > 0.7 * mary[0] },
    "contrast.drink": { text: signed(drink[0]), holds: drink[0] > mary[0] },
    "contrast.drink-against": { text: signed(drink[1]), holds: drink[1] < 0.8 * drink[0] && drink[1] < mary[1] },
    "contrast.value": { text: look(IG, "value.Mary").toFixed(1) },
    "contrast.value-against": { text: look(AGAINST, "value.Mary").toFixed(1) },
    "contrast.lost": {
      text: signed(look({ method: "occlusion", scale: "logit" }, `Mary.${JOHN}`)),
      holds: look({ method: "occlusion", scale: "logit" }, `Mary.${JOHN}`) > 0,
    },
    "contrast.lost-against": {
      text: signed(look({ method: "occlusion", scale: "logit", against: "John" }, `Mary.${JOHN}`)),
      holds: look({ method: "occlusion", scale: "logit", against: "John" }, `Mary.${JOHN}`) < -3,
    },
  };
}

/** Where the model is sure, the probability no longer moves; a difference of log-probabilities does. */
function aboutScales(look: Look): Record<string, Fact> {
  const longest = (question: StoredQuestion) =>
    Math.max(...Array.from({ length: 15 }, (_, place) => look(question, `Mary.${place}`)));
  const of = (scale: string) => longest({ method: "saliency", scale });
  const same = Array.from({ length: 15 }, (_, place) =>
    Math.abs(look(AGAINST, `Mary.${place}`) - look({ ...AGAINST, scale: "log-probability" }, `Mary.${place}`)),
  );
  return {
    "contrast.sure": { text: look({ ...IG, scale: "probability" }, "value.Mary").toFixed(4) },
    "contrast.steep": { text: of("logit").toFixed(1), holds: Math.max(...same) < 1e-3 },
    "contrast.flat": { text: of("probability").toFixed(4), holds: of("probability") < 0.01 },
    "contrast.log-flat": { text: of("log-probability").toFixed(4), holds: of("log-probability") < 0.01 },
  };
}

function aboutGender(look: Look): Record<string, Fact> {
  const le = { method: "saliency", place: 0 };
  const against = { ...le, against: "La" };
  const others = (question: StoredQuestion) =>
    Math.max(...SOURCE.filter((place) => place !== DOG).map((place) => look(question, `Le.${place}`)));
  return {
    "contrast.le-dog": { text: look(le, `Le.${DOG}`).toFixed(2), holds: look(le, `Le.${DOG}`) < 1.5 * others(le) },
    "contrast.le-next": { text: others(le).toFixed(2) },
    "contrast.la-dog": {
      text: look(against, `Le.${DOG}`).toFixed(2),
      holds: look(against, `Le.${DOG}`) > 2.5 * others(against),
    },
    "contrast.la-next": { text: others(against).toFixed(2) },
  };
}

/** In a model that normalises first, the sign of input × gradient and the effect of a word can part; no start token here. */
function aboutSign(look: Look): Record<string, Fact> {
  const of = (method: string) => look({ method, against: "John" }, `Mary.${MARY - 1}`);
  return {
    "contrast.smol-slope": { text: signed(of("input-x-gradient")), holds: of("input-x-gradient") < -1 },
    "contrast.smol-lost": { text: of("occlusion").toFixed(1), holds: of("occlusion") > 3 },
  };
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}
