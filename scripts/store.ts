/**
 * Writes the stored results of `src/stored/` anew: every example run by the engine, and what is known of each model before it
 * is downloaded. Needed whenever a model or the format changes; a unit test says so. What was stored of a model whose files
 * are not here is kept. With names of models, only those: `npm run store -- decoder-small`.
 */
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import type { Model } from "../src/engine/model.ts";
import { BUILT_IN } from "../src/engine/runtime/models.ts";
import { EXAMPLES } from "../src/stored/examples.ts";
import { encodeHidden, encodeTrace } from "../src/stored/format.ts";
import { openLocal } from "./local-model.ts";
import { storeInsides } from "./store-insides.ts";

const FOLDER = "src/stored";
const RUNTIME = "node_modules/onnxruntime-web/dist";

const asked = process.argv.slice(2);
for (const name of Object.keys(BUILT_IN)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  if (existsSync(`public/models/${name}/manifest.json`)) await storeModel(name, await openLocal(name));
  else console.log(`${name}: its files are not here; what was stored of it is kept`);
}

async function storeModel(name: string, model: Model): Promise<void> {
  store(`${name}.json`, { info: model.info, runtimeBytes: largestRuntime() });
  for (const { id, source, target, ids, alignment, hidden } of EXAMPLES.filter((example) => example.model === name)) {
    const include = hidden ? (["hidden"] as const) : [];
    const trace = await model.trace({ source, target, include, ...(ids && { ids }), ...(alignment && { alignment }) });
    store(`${id}.json`, encodeTrace(id, trace));
    if (hidden && trace.target !== null) store(`${id}.hidden.json`, encodeHidden(id, trace));
    console.log(`${id}: ${trace.target?.text ?? trace.source.tokens.map((token) => token.piece).join(" ")}`);
  }
  await storeInsides(name, model);
}

function store(name: string, value: unknown): void {
  writeFileSync(`${FOLDER}/${name}`, `${JSON.stringify(value)}\n`);
}

/** Bytes of the largest program that a browser may fetch to run the model. */
function largestRuntime(): number {
  const builds = readdirSync(RUNTIME).filter((name) => /^ort-wasm-simd-threaded(\.jspi|\.asyncify)?\.wasm$/.test(name));
  return Math.max(...builds.map((name) => statSync(`${RUNTIME}/${name}`).size));
}
