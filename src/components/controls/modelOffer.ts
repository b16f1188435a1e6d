/** A model as it is offered to a reader, before and after it is loaded. */
import type { ModelInfo } from "../../engine/model.ts";
import { megabytes } from "../../lib/format.ts";

/** Where a model is: to be fetched, on its way, here, or not part of this copy of the site. */
export type ModelPlace = "away" | "coming" | "here" | "absent";

/** Families of architectures as people call them, by how the name in `config.json` begins. */
const CALLED: readonly (readonly [start: string, word: string])[] = [
  ["T5", "T5"],
  ["GPT2", "GPT-2"],
  ["Llama", "Llama"],
  ["Bert", "BERT"],
];

/** An architecture in a word: "BERT" for `BertModel`. */
export function architectureWord(architecture: string): string {
  return CALLED.find(([start]) => architecture.startsWith(start))?.[1] ?? architecture;
}

/** "BERT, 6 layers × 12 heads". */
export function madeText({ architecture, layers, heads }: ModelInfo): string {
  const word = architectureWord(architecture);
  const { encoder, decoder } = layers;
  if (encoder > 0 && decoder > 0) return `${word}, ${encoder} + ${decoder} layers × ${heads} heads`;
  return `${word}, ${encoder + decoder} layers × ${heads} heads`;
}

/** "22.9 MB, not loaded yet", and the like. */
export function placeText({ bytes }: Pick<ModelInfo, "bytes">, place: ModelPlace): string {
  const size = `${megabytes(bytes)} MB`;
  if (place === "here") return "loaded";
  if (place === "coming") return `${size}, loading`;
  return place === "absent" ? `${size}, not part of this copy` : `${size}, not loaded yet`;
}
