/**
 * Writes `src/stored/layers/<model>.json` anew: what hangs on every state of one text, and two methods on attention beside it.
 * Needed whenever a model or one of these methods changes. What was stored of a model whose files are not here is kept. With
 * names of models, only those: `npm run store:layers -- decoder-small`.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { requestOf, targetsOf } from "../src/components/views/attribution/askAttribution.ts";
import { PLAIN, type Question, readQuestion } from "../src/components/views/attribution/question.ts";
import { LAYER_METHODS } from "../src/components/widgets/layer-trace/askLayers.ts";
import { studyAttribution } from "../src/engine/attribution/studyAttribution.ts";
import type { Model } from "../src/engine/model.ts";
import { encodeAttribution, type StoredAttribution } from "../src/stored/attribution.ts";
import { encodeRun } from "../src/stored/attributionAnswers.ts";
import { LAYERS_EXAMPLES, type LayersExample, type StoredLayers, VERSION } from "../src/stored/layers.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/layers";
const UNSTOPPED = { onProgress: async () => true };

const asked = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
for (const example of LAYERS_EXAMPLES) {
  if (asked.length > 0 && !asked.includes(example.model)) continue;
  if (existsSync(`public/models/${example.model}/manifest.json`)) await storeLayers(example);
  else console.log(`${example.model}: its files are not here; what was stored of it is kept`);
}

async function storeLayers({ model: name, question, start, asked: changes }: LayersExample): Promise<void> {
  const model = await openLocal(name);
  const read = (change: object) => readQuestion(new Map(Object.entries({ ...question, ...change })), PLAIN);
  const words = changes.map((change) => read(change).follow).filter((word) => word !== "");
  const { source } = read({});
  const trace = await model.trace({ source, target: null, ...(words.length > 0 && { watch: words }) });
  const answers: StoredLayers["answers"][number][] = [];
  for (const change of changes) {
    const found = await answersOf(model, read(change), trace);
    const [layers, attention, rollout] = found;
    if (!layers || !attention || !rollout) throw new Error(`${name}: a method gave nothing`);
    answers.push({ question: change, layers, attention, rollout });
    console.log(`${name} ${JSON.stringify(change)}: ${found.map(({ cost }) => cost.milliseconds).join(", ")} ms`);
  }
  const stored: StoredLayers = { version: VERSION, model: name, question, start, run: encodeRun(name, trace), answers };
  writeFileSync(`${FOLDER}/${name}.json`, `${JSON.stringify(stored)}\n`);
}

async function answersOf(
  model: Model,
  question: Question,
  trace: Awaited<ReturnType<Model["trace"]>>,
): Promise<StoredAttribution[]> {
  const tokenize = async (text: string, side: "source" | "target") =>
    ({ ok: true, value: model.tokenize(text, side) }) as const;
  const targets = await targetsOf({ modelInfo: model.info, tokenize }, question, trace);
  if (!targets.ok) throw new Error(targets.failure.message);
  const found: StoredAttribution[] = [];
  for (const method of LAYER_METHODS) {
    const request = requestOf({ ...question, method }, trace, targets.value);
    found.push(encodeAttribution(await studyAttribution(model, request, UNSTOPPED)));
  }
  return found;
}
