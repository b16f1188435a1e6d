import type { ModelFiles } from "./files.ts";
import { TextTokenizer } from "./tokenizer.ts";

/** Opens the tokenizer of a model; needs none of the weights. */
export async function openTokenizer(files: ModelFiles): Promise<TextTokenizer> {
  const [json, config] = await Promise.all([files.readJson("tokenizer.json"), files.readJson("tokenizer_config.json")]);
  return new TextTokenizer(Object(json), Object(config));
}
