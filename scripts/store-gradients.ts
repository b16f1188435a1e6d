/**
 * Writes `src/stored/gradients/<run>.json` anew: embeddings and gradient of one output of some stored runs, on which code cells
 * of chapter 2 work before the model is there. Needed whenever the model changes: `npm run store:gradients`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { followedIn } from "../src/components/exercises/tracing/followed.ts";
import { gradientOf } from "../src/engine/attribution/gradientOf.ts";
import { decodeTrace, type StoredRun } from "../src/stored/format.ts";
import { encodeGradient } from "../src/stored/gradients.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/gradients";

/** Stored runs of the translator, each with the output that is followed. */
const FOLLOWED: Readonly<Record<string, string>> = {
  "brown-dog": "chien",
  "white-cat": "chat",
  "red-car": "voiture",
};

const model = await openLocal("translator-en-fr");
mkdirSync(FOLDER, { recursive: true });
for (const [run, word] of Object.entries(FOLLOWED)) {
  const trace = decodeTrace(JSON.parse(readFileSync(`src/stored/${run}.json`, "utf8")) as StoredRun);
  const followed = followedIn(trace, { target: word });
  if (followed?.target.kind !== "token") throw new Error(`${run} has no output ${word}`);
  const study = await gradientOf(model, followed);
  const text = { source: followed.run.source, target: followed.run.target };
  writeFileSync(`${FOLDER}/${run}.json`, `${JSON.stringify(encodeGradient(study, text, followed.target))}\n`);
  console.log(`${run}: ${word} ${study.value.toFixed(3)}, ${study.cost.milliseconds.toFixed(0)} ms`);
}
