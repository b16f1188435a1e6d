/** What the figures that colour a text show before a model runs: a text of each model, and the questions asked of it. */
import type { StoredQuestion } from "./attributionAnswers.ts";

/** A text of one model with the questions whose answers are stored. */
export interface AnswersExample {
  readonly id: string;
  readonly model: string;
  /** What all questions have in common. */
  readonly question: StoredQuestion;
  /** What a figure asks at first. */
  readonly start: StoredQuestion;
  /** What differs from question to question. */
  readonly asked: readonly StoredQuestion[];
}

/** Of every output, and of a single one where a method is slow. */
const FAST: readonly StoredQuestion[] = [
  { method: "input-x-gradient" },
  { method: "saliency", norm: 2 },
  { method: "saliency", norm: 1 },
  { method: "occlusion" },
  { method: "attention-x-gradient" },
  { method: "rollout" },
];
const SLOW: readonly StoredQuestion[] = [{ method: "integrated-gradients" }, { method: "shapley" }];

/** A followed number by itself and against a word. */
function both(question: StoredQuestion, against: string): StoredQuestion[] {
  return [question, { ...question, against }];
}

/** The same in each of the three scales. */
function scales(question: StoredQuestion, against: string): StoredQuestion[] {
  return ["logit", "log-probability", "probability"].flatMap((scale) => both({ ...question, scale }, against));
}

const DOG = "Translate to French: The brown dog ran.";
const NAMES = "When Mary and John went to the store, John gave a drink to";
const PUPPY = "A puppy was running.";
const BROWN = "The brown dog ran.";
/** Places in “Le chien brun a couru.” */
const [LE, CHIEN, BRUN] = [0, 1, 2];
const METHODS = ["integrated-gradients", "input-x-gradient", "saliency", "occlusion"];

export const ANSWERS: readonly AnswersExample[] = [
  {
    id: "brown-dog",
    model: "translator-en-fr",
    question: { source: DOG },
    start: { method: "saliency", place: CHIEN },
    asked: [...FAST, ...SLOW.map((each) => ({ ...each, place: CHIEN }))],
  },
  {
    id: "mary-john",
    model: "decoder-small",
    question: { source: NAMES },
    start: { method: "saliency" },
    asked: [...FAST, ...SLOW],
  },
  {
    id: "mary-john-smollm2",
    model: "smollm2-135m",
    question: { source: NAMES },
    start: { method: "saliency" },
    asked: FAST,
  },
  {
    id: "two-sentences",
    model: "encoder-minilm",
    question: { source: BROWN, to: PUPPY },
    start: { method: "saliency" },
    asked: [...FAST, ...SLOW, ...[...FAST, ...SLOW].map((each) => ({ ...each, source: PUPPY, to: BROWN }))],
  },
  {
    id: "mary-not-john",
    model: "decoder-small",
    question: { source: NAMES },
    start: { method: "integrated-gradients", against: "John" },
    asked: METHODS.flatMap((method) => scales({ method }, "John")),
  },
  {
    id: "dog-not-cat",
    model: "translator-en-fr",
    question: { source: DOG },
    start: { method: "integrated-gradients", place: CHIEN, against: "chat" },
    asked: [
      ...METHODS.flatMap((method) => scales({ method, place: CHIEN }, "chat")),
      ...METHODS.flatMap((method) => both({ method, place: LE }, "La")),
      ...METHODS.flatMap((method) => both({ method, place: BRUN }, "brune")),
    ],
  },
  {
    id: "mary-not-john-smollm2",
    model: "smollm2-135m",
    question: { source: NAMES },
    // Its paths take minutes.
    start: { method: "input-x-gradient", against: "John" },
    asked: ["input-x-gradient", "saliency", "occlusion"].flatMap((method) => both({ method }, "John")),
  },
  // What the exercises of chapter 2 start from.
  {
    id: "exercise-dog",
    model: "translator-en-fr",
    question: { source: "Translate to French: The brown dog ran." },
    start: { place: CHIEN },
    // One answer an output, so that each has its own cost.
    asked: Array.from({ length: 7 }, (_, place) => place).flatMap((place) => [
      { method: "saliency", place },
      { method: "occlusion", place },
    ]),
  },
  {
    id: "exercise-kate",
    model: "decoder-small",
    question: { source: "When Kate and Paul went to the store, Paul gave a drink to", against: "Paul" },
    start: {},
    asked: ["input-x-gradient", "saliency", "occlusion", "integrated-gradients"].map((method) => ({ method })),
  },
];
