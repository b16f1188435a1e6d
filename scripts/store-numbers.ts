/**
 * Writes `src/stored/numbers/` anew: how differently the heads of a model look, for every pair of them. Needed whenever a model
 * or the measure changes. Takes some minutes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { studyHeads } from "../src/engine/attention/studyHeads.ts";
import { encodePairs } from "../src/stored/headPairs.ts";
import { COMPARED, PAIR_TREEBANK } from "../src/stored/numbersCorpora.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/numbers";

const treebank = readFileSync(`public/${PAIR_TREEBANK.address}`, "utf8");
const tools = { treebank, onProgress: async () => true };

for (const name of COMPARED) {
  const model = await openLocal(name);
  const { pairs = [] } = await studyHeads(model, { corpus: PAIR_TREEBANK, pairs: true }, tools);
  writeFileSync(`${FOLDER}/${name}-pairs.json`, `${JSON.stringify(encodePairs(name, pairs))}\n`);
  for (const { kind, kept } of pairs) console.log(`${name} ${kind}: the plane holds ${Math.round(kept * 100)} %`);
}
