/**
 * Writes `src/stored/studies/` anew: all heads of every model scored over a corpus. Needed whenever a model or a measure
 * changes. What was stored of a model whose files are not here is kept. With names of models, only those:
 * `npm run store:studies -- decoder-small`. Takes about a minute, and ten more for the real decoder.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { repeats } from "../src/engine/attention/repeats.ts";
import { studyHeads } from "../src/engine/attention/studyHeads.ts";
import type { Model } from "../src/engine/model.ts";
import type { Corpus, HeadStudy } from "../src/engine/study.ts";
import { EXAMPLES } from "../src/stored/examples.ts";
import { encodeTrace } from "../src/stored/format.ts";
import { type GoldPair, pairCorpus } from "../src/stored/pairs.ts";
import { encodeStudy } from "../src/stored/study.ts";
import { LEAST_SENTENCES, REPEATS, STUDIES, type StudyExample, TREEBANK } from "../src/stored/studyExamples.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/studies";

/** The sequence that is shown: tokens of a half, and a draw whose tokens can be read. */
const SHOWN = { length: 8, seed: 2 };

const asked = process.argv.slice(2);
for (const name of new Set(STUDIES.map(({ model }) => model))) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  if (existsSync(`public/models/${name}/manifest.json`)) await storeStudies(await openLocal(name));
  else console.log(`${name}: its files are not here; what was stored of it is kept`);
}

async function storeStudies(model: Model): Promise<void> {
  for (const example of STUDIES.filter((each) => each.model === model.info.id)) {
    const start = performance.now();
    const study = await run(model, example);
    const least = study.sentences === 1 ? 1 : LEAST_SENTENCES;
    writeFileSync(`${FOLDER}/${example.id}.json`, `${JSON.stringify(encodeStudy(study, least))}\n`);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (example.name === "repeats") await storeRepeat(model);
    console.log(`${example.id}: ${study.sentences} sentences, ${study.scores.length} measures, ${seconds} s`);
  }
}

/** One short sequence, as a picture of what the study's sequences are; the small decoder's is among the examples. */
async function storeRepeat(model: Model): Promise<void> {
  const { id } = model.info;
  const [request] = repeats(model, 1, SHOWN.length, SHOWN.seed);
  if (!request || id === "decoder-small") return;
  const name = `${id}-repeat`;
  writeFileSync(`${FOLDER}/${name}.json`, `${JSON.stringify(encodeTrace(name, await model.trace(request)))}\n`);
}

function run(model: Model, example: StudyExample): Promise<HeadStudy> {
  const treebank = readFileSync(`public/${TREEBANK.address}`, "utf8");
  return studyHeads(model, { corpus: corpusOf(example) }, { treebank, onProgress: async () => true });
}

function corpusOf({ name, run }: StudyExample): Corpus {
  if (name === "treebank") return TREEBANK;
  if (name === "repeats") return REPEATS;
  if (name === "pairs") return pairCorpus(JSON.parse(readFileSync("src/stored/gold-pairs.json", "utf8")) as GoldPair[]);
  const example = EXAMPLES.find(({ id }) => id === run);
  if (!example) throw new Error(`no run is named ${run}`);
  const { source, target, alignment } = example;
  return { kind: "texts", texts: [{ source, target, ...(alignment && { alignment }) }] };
}
