import { questionOf, storedAnswers } from "../../../../../src/components/widgets/layer-trace/askLayers.ts";
import type { Family } from "../../../../../src/engine/model.ts";
import decoderSmall from "../../../../../src/stored/layers/decoder-small.json";
import minilm from "../../../../../src/stored/layers/encoder-minilm.json";
import translator from "../../../../../src/stored/layers/translator-en-fr.json";
import type { StoredLayers } from "../../../../../src/stored/layers.ts";

export const stored = { decoder: decoderSmall, french: translator, pair: minilm };
const FAMILIES: Readonly<Record<keyof typeof stored, Family>> = {
  decoder: "decoder",
  french: "encoder-decoder",
  pair: "encoder",
};

/** A stored text: what is chosen at first, how others are found, and the first answer. */
export function sample(name: keyof typeof stored) {
  const of: StoredLayers = stored[name];
  const { first, find } = storedAnswers(of, FAMILIES[name]);
  const ask = (change: Partial<typeof first> = {}) => find(questionOf({ ...first, ...change }, FAMILIES[name]));
  const answer = ask();
  if (!answer) throw new Error("nothing is stored");
  return { first, find, ask, answer };
}
