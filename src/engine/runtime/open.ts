/** Any model from its files. */
import type { Model } from "../model.ts";
import { familyOf, type Told } from "./config.ts";
import type { ModelFiles } from "./files.ts";
import type { SessionDevice } from "./ort.ts";
import { TextModel } from "./text-model.ts";
import { Translator } from "./translator.ts";

/** The files of a folder that a run needs; the rest is for people and for the Hub. */
export function neededFiles({ manifest }: Pick<ModelFiles, "manifest">): string[] {
  return manifest.files.map(({ path }) => path).filter((path) => path.startsWith("onnx/") || NEEDED.test(path));
}

const NEEDED = /^(config|generation_config|tokenizer|tokenizer_config|golden)\.json$/;

/** Opens a model; the runtime must have been started. Throws "graph" for a kind that the site does not know. */
export async function openModel(files: ModelFiles, told: Told, device: SessionDevice): Promise<Model> {
  const family = familyOf(await files.readJson("config.json"));
  return family === "encoder-decoder" ? Translator.open(files, told, device) : TextModel.open(files, told, device);
}
