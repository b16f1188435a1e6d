import type { Corpus } from "../engine/study.ts";
import { TREEBANK } from "./studyExamples.ts";

/** Sentences over which heads are compared with each other: fewer, since each costs the square of the number of heads. */
export const PAIR_TREEBANK: Extract<Corpus, { kind: "treebank" }> = { ...TREEBANK, count: 50 };

/** Models whose heads are compared beforehand. */
export const COMPARED: readonly string[] = ["encoder-minilm", "decoder-small", "translator-en-fr"];
