/** Tasks on which heads are switched off: for each family of models, sentences with what they should lead to. */
import type { Family } from "../engine/model.ts";
import type { Prompt } from "../engine/study.ts";

/** One task: its first prompt is shown, all of them are ranked over. */
export interface HeadTask {
  readonly id: string;
  readonly label: string;
  readonly family: Family;
  readonly prompts: readonly Prompt[];
}

/** Every task; the first of a family is shown at first. */
export const HEAD_TASKS: readonly HeadTask[] = [
  // After Wang et al. 2022; the sentences are our own.
  decoderTask("objects", "Indirect objects", [
    ["When Mary and John went to the store, John gave a drink to", "Mary", "John"],
    ["When Tom and Anna went to the park, Tom gave a ball to", "Anna", "Tom"],
    ["After Alice and Peter came to the museum, Peter gave a ticket to", "Alice", "Peter"],
    ["Then Paul and Emma went to the school. Emma handed a book to", "Paul", "Emma"],
    ["While Sarah and Jack were at the station, Jack passed a letter to", "Sarah", "Jack"],
    ["When Kate and Bob went to the garden, Kate gave a flower to", "Bob", "Kate"],
    ["Yesterday Laura and David were in the library, and David showed a map to", "Laura", "David"],
    ["After Scott and Lucy came to the hotel, Scott gave a key to", "Lucy", "Scott"],
  ]),
  decoderTask("repeats", "Words that come again", [
    ["window green seven river table window green seven river", "table", "green"],
    ["dog money yellow hand garden dog money yellow hand", "garden", "money"],
    ["bread winter old fish paper bread winter old fish", "paper", "winter"],
    ["music car street white eye music car street white", "eye", "car"],
    ["train apple night doctor red train apple night doctor", "red", "apple"],
    ["letter hat summer horse coffee letter hat summer horse", "coffee", "hat"],
  ]),
  decoderTask("country", "A country told (one hop)", [
    ["Jack lives in Japan. Anna lives in Italy. Jack's country is", "Japan", "Italy"],
    ["Mary lives in Spain. Tom lives in Norway. Tom's country is", "Norway", "Spain"],
    ["Peter comes from France. Alice comes from Egypt. Peter's country is", "France", "Egypt"],
    ["John was born in Greece. Emma was born in Poland. Emma's country is", "Poland", "Greece"],
    ["Kate lives in Russia. Paul lives in Germany. Paul's country is", "Germany", "Russia"],
    ["Sarah comes from Cuba. Bob comes from Austria. Sarah's country is", "Cuba", "Austria"],
  ]),
  decoderTask("capital", "Its capital (two hops)", [
    ["Jack lives in Japan. Anna lives in Italy. The capital of Jack's country is", "Tokyo", "Rome"],
    ["Mary lives in Spain. Tom lives in Norway. The capital of Tom's country is", "Oslo", "Madrid"],
    ["Peter comes from France. Alice comes from Egypt. The capital of Peter's country is", "Paris", "Cairo"],
    ["John was born in Greece. Emma was born in Poland. The capital of Emma's country is", "Warsaw", "Athens"],
    ["Kate lives in Russia. Paul lives in Germany. The capital of Paul's country is", "Berlin", "Moscow"],
    ["Sarah comes from Cuba. Bob comes from Austria. The capital of Sarah's country is", "Havana", "Vienna"],
  ]),
  decoderTask("one", "A capital, one person named", [
    ["Jack lives in France. The capital of his country is", "Paris", "Rome"],
    ["Mary lives in Italy. The capital of her country is", "Rome", "Tokyo"],
    ["Tom comes from Japan. The capital of his country is", "Tokyo", "Madrid"],
    ["Anna was born in Spain. The capital of her country is", "Madrid", "Oslo"],
    ["Peter lives in Norway. The capital of his country is", "Oslo", "Berlin"],
    ["Emma comes from Germany. The capital of her country is", "Berlin", "Paris"],
  ]),
  {
    id: "translation",
    label: "Translation",
    family: "encoder-decoder",
    prompts: [
      "The brown dog ran.",
      "The white cat is sleeping.",
      "Tom bought a red car and a black hat.",
      "She has a new bicycle.",
      "The children are playing in the garden.",
    ].map((sentence) => ({ source: `Translate to French: ${sentence}`, target: null })),
  },
  {
    id: "meaning",
    label: "A sentence’s state",
    family: "encoder",
    prompts: [
      "The brown dog ran.",
      "A man is playing a guitar.",
      "The capital of France is Paris.",
      "She put the money in the bank.",
      "It never rains in the desert.",
    ].map((source) => ({ source, target: null })),
  },
];

function decoderTask(
  id: string,
  label: string,
  prompts: readonly (readonly [source: string, answer: string, other: string])[],
): HeadTask {
  return {
    id,
    label,
    family: "decoder",
    prompts: prompts.map(([source, answer, other]) => ({ source, target: null, answer, other })),
  };
}
