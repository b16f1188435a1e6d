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

/** A followed number in each of its three scales, by itself and against a word. */
function scales(question: StoredQuestion, against: string): StoredQuestion[] {
  return ["logit", "log-probability", "probability"].flatMap((scale) => [
    { ...question, scale },
    { ...question, scale, against },
  ]);
}

const NAMES = "When Mary and John went to the store, John gave a drink to";
/** The place of "chien" in “Le chien brun a couru.” */
const CHIEN = 1;

export const ANSWERS: readonly AnswersExample[] = [
  {
    id: "brown-dog",
    model: "translator-en-fr",
    question: { source: "Translate to French: The brown dog ran." },
    start: { place: CHIEN },
    asked: [...FAST, ...SLOW.map((each) => ({ ...each, place: CHIEN }))],
  },
  { id: "mary-john", model: "decoder-small", question: { source: NAMES }, start: {}, asked: [...FAST, ...SLOW] },
  {
    id: "mary-john-smollm2",
    model: "smollm2-135m",
    question: { source: NAMES },
    start: {},
    asked: FAST.filter(({ method }) => method !== "occlusion"),
  },
  {
    id: "two-sentences",
    model: "encoder-minilm",
    question: { source: "The brown dog ran.", to: "A puppy was running." },
    start: {},
    asked: [
      ...[...FAST, ...SLOW],
      ...[...FAST, ...SLOW].map((each) => ({ ...each, source: "A puppy was running.", to: "The brown dog ran." })),
    ],
  },
  {
    id: "dog-not-cat",
    model: "translator-en-fr",
    question: { source: "Translate to French: The brown dog ran." },
    start: { place: CHIEN, against: "chat" },
    asked: [
      { method: "input-x-gradient" },
      { method: "input-x-gradient", place: CHIEN },
      { method: "saliency", place: CHIEN },
      { method: "occlusion", place: CHIEN },
    ].flatMap((each) => ("place" in each ? scales(each, "chat") : [each])),
  },
  {
    id: "mary-not-john",
    model: "decoder-small",
    question: { source: NAMES },
    start: { against: "John" },
    asked: ["input-x-gradient", "saliency", "integrated-gradients", "occlusion"].flatMap((method) =>
      scales({ method }, "John"),
    ),
  },
  {
    id: "mary-not-john-smollm2",
    model: "smollm2-135m",
    question: { source: NAMES },
    start: { against: "John" },
    asked: scales({ method: "input-x-gradient" }, "John"),
  },
];
