/**
 * Writes what the page "Working with the numbers" starts from, to `src/stored/numbers/`: how differently the heads of a model
 * look, and how well the translator's heads agree with gold alignment. Needed whenever a model or a measure changes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { studyHeads } from "../src/engine/attention/studyHeads.ts";
import type { HeadPairs } from "../src/engine/study.ts";
import { encodePairs } from "../src/stored/headPairs.ts";
import { PAIR_TREEBANK } from "../src/stored/numbersCorpora.ts";
import { type GoldPair, pairCorpus } from "../src/stored/pairs.ts";
import { encodeStudy } from "../src/stored/study.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/numbers";
const COMPARED = ["encoder-minilm", "decoder-small", "translator-en-fr"];

const treebank = readFileSync(`public/${PAIR_TREEBANK.address}`, "utf8");
const goldPairs: readonly GoldPair[] = JSON.parse(readFileSync("src/stored/gold-pairs.json", "utf8"));
const tools = { treebank, onProgress: async () => true };

for (const name of COMPARED) {
  const model = await openLocal(name);
  const { pairs = [] } = await studyHeads(model, { corpus: PAIR_TREEBANK, pairs: true }, tools);
  store(`${name}-pairs`, encodePairs(name, pairs));
  report(name, pairs);
}

const study = await studyHeads(await openLocal("translator-en-fr"), { corpus: pairCorpus(goldPairs) }, tools);
const scores = study.scores.filter(({ measure }) => measure === "alignment");
store("translator-en-fr-alignment", encodeStudy({ ...study, scores }));

function store(name: string, value: unknown): void {
  writeFileSync(`${FOLDER}/${name}.json`, `${JSON.stringify(value)}\n`);
}

function report(name: string, pairs: readonly HeadPairs[]): void {
  for (const { kind, kept, sentences } of pairs) {
    console.log(`${name} ${kind}: ${sentences} sentences, the plane holds ${Math.round(kept * 100)} %`);
  }
}
