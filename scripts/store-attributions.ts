/**
 * Writes `src/stored/attributions/<example>.json` anew: what several methods make of one text of each model. Needed whenever a
 * model or a method changes. What was stored of a model whose files are not here is kept. With names of examples, only those:
 * `npm run store:attributions -- brown-dog`.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { signal } from "@preact/signals";
import { askAttribution } from "../src/components/views/attribution/askAttribution.ts";
import type { StudyClient } from "../src/components/views/attribution/liveStudy.ts";
import { PLAIN, readQuestion } from "../src/components/views/attribution/question.ts";
import type { Model } from "../src/engine/model.ts";
import { toFailure } from "../src/lib/failure.ts";
import {
  encodeAnswer,
  encodeRun,
  type StoredAnswer,
  type StoredAnswers,
  VERSION,
} from "../src/stored/attributionAnswers.ts";
import { ANSWERS, type AnswersExample } from "../src/stored/attributionExamples.ts";
import { runStudy } from "../src/workers/worker/run-study.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/attributions";

const asked = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
for (const example of ANSWERS) {
  if (asked.length > 0 && !asked.includes(example.id)) continue;
  if (existsSync(`public/models/${example.model}/manifest.json`)) await storeAnswers(example);
  else console.log(`${example.id}: the files of ${example.model} are not here; what was stored is kept`);
}

async function storeAnswers({ id, model: name, question, start, asked: changes }: AnswersExample): Promise<void> {
  const client = localClient(await openLocal(name));
  const answers: StoredAnswer[] = [];
  const read = (fields: object) => readQuestion(new Map(Object.entries(fields)), PLAIN);
  const first = await answerOf({ ...question, ...start });
  for (const change of changes) {
    const { attribution, trace } = await answerOf({ ...question, ...change });
    const other = trace.source.text === first.trace.source.text ? null : encodeRun(id, trace);
    answers.push(encodeAnswer(change, attribution, other));
    const { forward, backward, milliseconds } = attribution.cost;
    console.log(
      `${id} ${JSON.stringify(change)}: ${forward} forward, ${backward} back, ${Math.round(milliseconds)} ms`,
    );
  }
  const run = encodeRun(id, first.trace);
  const stored: StoredAnswers = { version: VERSION, id, model: name, question, start, run, answers };
  writeFileSync(`${FOLDER}/${id}.json`, `${JSON.stringify(stored)}\n`);

  async function answerOf(fields: object) {
    const answer = await askAttribution(client, id, read(fields), () => {});
    if (!answer.ok) throw new Error(`${id}: ${answer.failure.message} ${answer.failure.detail ?? ""}`);
    return answer.value;
  }
}

/** The model behind the page's own interface. */
function localClient(model: Model): StudyClient {
  const answered = async <T>(work: () => Promise<T>) => {
    try {
      return { ok: true, value: await work() } as const;
    } catch (thrown) {
      return { ok: false, failure: toFailure(thrown) } as const;
    }
  };
  const progress = async () => true;
  return {
    modelInfo: model.info,
    modelStatus: signal({ phase: "live", progress: null, device: "wasm", notices: [], failure: null }),
    devicePreference: signal("wasm"),
    cancelLoad: () => {},
    cancelStudy: () => {},
    retry: async () => ({ ok: true, value: null }),
    trace: (request) => answered(() => model.trace(request)),
    tokenize: (text, side) => answered(async () => model.tokenize(text, side)),
    study: (request) => answered(() => runStudy(model, request, { origins: [] }, progress)),
  };
}
