/** The engine in Node: the runtime's plain build and a model's files, both from the disk. For tests and for `npm run store`. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as ort from "onnxruntime-web/webgpu";
import type { Model } from "../src/engine/model.ts";
import { asManifest, type ModelFiles } from "../src/engine/runtime/files.ts";
import { BUILT_IN } from "../src/engine/runtime/models.ts";
import { openModel } from "../src/engine/runtime/open.ts";
import { startRuntime } from "../src/engine/runtime/ort.ts";
import type { Translator } from "../src/engine/runtime/translator.ts";

const RUNTIME = "node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded";

/** Opens a built-in model on WASM. */
export function openLocal(name: "translator-en-fr"): Promise<Translator>;
export function openLocal(name: string): Promise<Model>;
export async function openLocal(name: string): Promise<Model> {
  const told = BUILT_IN[name];
  if (!told) throw new Error(`${name} is no built-in model`);
  const files = { mjs: pathToFileURL(`${RUNTIME}.mjs`).href, wasm: pathToFileURL(`${RUNTIME}.wasm`).href };
  // Node cannot fetch from the disk, so the program is handed over.
  ort.env.wasm.wasmBinary = new Uint8Array(readFileSync(`${RUNTIME}.wasm`)).buffer;
  await startRuntime({ plain: files, jspi: files, asyncify: files }, "wasm");
  return openModel(localFiles(`public/models/${name}`), told, "wasm");
}

/** The files of a model's folder. */
export function localFiles(folder: string): ModelFiles {
  const read = async (path: string) => new Uint8Array(readFileSync(`${folder}/${path}`));
  const readJson = async (path: string): Promise<unknown> => JSON.parse(readFileSync(`${folder}/${path}`, "utf8"));
  const manifest = asManifest(JSON.parse(readFileSync(`${folder}/manifest.json`, "utf8")));
  const has = (path: string) => manifest.files.some((file) => file.path === path);
  return { manifest, has, bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0), read, readJson };
}
