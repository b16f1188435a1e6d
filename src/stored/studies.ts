/** Stored studies by name, and the repeated sequences shown beside them, each fetched when a figure first shows it. */
import type { StoredRun } from "./format.ts";
import type { StoredStudy } from "./study.ts";
import { STUDIES, type StudyName } from "./studyExamples.ts";

const STORED: Readonly<Record<string, () => Promise<{ readonly default: StoredStudy }>>> = {
  "decoder-small-treebank": () => import("./studies/decoder-small-treebank.json", { with: { type: "json" } }),
  "decoder-small-repeats": () => import("./studies/decoder-small-repeats.json", { with: { type: "json" } }),
  "decoder-small-sentence": () => import("./studies/decoder-small-sentence.json", { with: { type: "json" } }),
  "encoder-minilm-treebank": () => import("./studies/encoder-minilm-treebank.json", { with: { type: "json" } }),
  "encoder-minilm-repeats": () => import("./studies/encoder-minilm-repeats.json", { with: { type: "json" } }),
  "encoder-minilm-sentence": () => import("./studies/encoder-minilm-sentence.json", { with: { type: "json" } }),
  "translator-en-fr-treebank": () => import("./studies/translator-en-fr-treebank.json", { with: { type: "json" } }),
  "translator-en-fr-pairs": () => import("./studies/translator-en-fr-pairs.json", { with: { type: "json" } }),
  "translator-en-fr-sentence": () => import("./studies/translator-en-fr-sentence.json", { with: { type: "json" } }),
  "smollm2-135m-treebank": () => import("./studies/smollm2-135m-treebank.json", { with: { type: "json" } }),
  "smollm2-135m-repeats": () => import("./studies/smollm2-135m-repeats.json", { with: { type: "json" } }),
  "smollm2-135m-sentence": () => import("./studies/smollm2-135m-sentence.json", { with: { type: "json" } }),
};

const SEQUENCES: Readonly<Record<string, () => Promise<{ readonly default: StoredRun }>>> = {
  "decoder-small": () => import("./repeat-decoder.json", { with: { type: "json" } }),
  "encoder-minilm": () => import("./studies/encoder-minilm-repeat.json", { with: { type: "json" } }),
  "smollm2-135m": () => import("./studies/smollm2-135m-repeat.json", { with: { type: "json" } }),
};

/** The corpora over which a model's heads were scored. */
export function corporaOf(model: string): StudyName[] {
  return STUDIES.filter((example) => example.model === model).map(({ name }) => name);
}

/** The stored study of a model over a corpus. @throws RangeError where there is none */
export async function storedStudy(model: string, name: StudyName): Promise<StoredStudy> {
  const example = STUDIES.find((each) => each.model === model && each.name === name);
  const load = example && STORED[example.id];
  if (!load) throw new RangeError(`no study of ${model} over ${name} is stored`);
  return (await load()).default;
}

/** A short sequence of random tokens, twice, as the model ran it. @throws RangeError where there is none */
export async function storedSequence(model: string): Promise<StoredRun> {
  const load = SEQUENCES[model];
  if (!load) throw new RangeError(`no sequence of ${model} is stored`);
  return (await load()).default;
}
