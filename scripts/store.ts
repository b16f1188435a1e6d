/**
 * Writes the stored results of `src/stored/` anew: every example run by the engine, and what is known of the model before it
 * is downloaded. Needed whenever the model or the format changes; a unit test says so.
 */
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { EXAMPLES } from "../src/stored/examples.ts";
import { encodeHidden, encodeTrace } from "../src/stored/format.ts";
import { openLocal } from "./local-model.ts";

const MODEL = "translator-en-fr";
const FOLDER = "src/stored";
const RUNTIME = "node_modules/onnxruntime-web/dist";

const translator = await openLocal(MODEL);
for (const { id, source, target, alignment, hidden } of EXAMPLES) {
  const trace = await translator.trace({ source, target, alignment, include: hidden ? ["hidden"] : [] });
  store(`${id}.json`, encodeTrace(id, trace));
  if (hidden) store(`${id}.hidden.json`, encodeHidden(id, trace));
  console.log(`${id}: ${trace.target.text}`);
}
store(`${MODEL}.json`, { info: translator.info, runtimeBytes: largestRuntime() });

function store(name: string, value: unknown): void {
  writeFileSync(`${FOLDER}/${name}`, `${JSON.stringify(value)}\n`);
}

/** Bytes of the largest program that a browser may fetch to run the model. */
function largestRuntime(): number {
  const builds = readdirSync(RUNTIME).filter((name) => /^ort-wasm-simd-threaded(\.jspi|\.asyncify)?\.wasm$/.test(name));
  return Math.max(...builds.map((name) => statSync(`${RUNTIME}/${name}`).size));
}
