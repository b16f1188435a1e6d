/** Facts about what is downloaded, and how large the translator is, as the models' own files state it. */
import { statSync } from "node:fs";
import { megabytes } from "../../src/lib/format.ts";
import { aboutModel } from "../../src/stored/models.ts";
import { type Fact, ROOT, read } from "./fact.ts";
import { count, millions } from "./words.ts";

const TRANSLATOR = "translator-en-fr";

/** The builds of the runtime that the site serves; a browser gets one of them. */
const RUNTIMES = ["", ".jspi", ".asyncify"].map(
  (build) => `node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded${build}.wasm`,
);

/** Sizes, as several pages state them. */
export function aboutSizes(): Record<string, Fact> {
  const { info } = aboutModel(TRANSLATOR);
  const { max_new_tokens: longest } = read<{ max_new_tokens: number }>(
    `public/models/${TRANSLATOR}/generation_config.json`,
  );
  const { encoder, decoder } = info.layers;
  const runtimes = RUNTIMES.map((path) => statSync(new URL(path, ROOT)).size);
  return {
    "model.parameters": { text: millions(info.parameters, 1) },
    "model.layers": { text: count(encoder), holds: encoder === decoder },
    "model.heads": { text: count(info.heads) },
    "model.all-heads": { text: String((encoder + 2 * decoder) * info.heads) },
    "model.longest": { text: String(longest) },
    "model.vocabulary": { text: info.vocabulary.toLocaleString("en") },
    "download.model": download(TRANSLATOR, 12e6),
    "download.minilm": download("encoder-minilm", 24e6),
    "download.decoder": download("decoder-small", 8e6),
    "download.smollm2": download("smollm2-135m", 150e6),
    "download.runtime": { text: `${megabytes(Math.min(...runtimes))} to ${megabytes(Math.max(...runtimes))} MB` },
  };
}

/** What fetching a model costs; holds up to the bytes that were promised. */
function download(model: string, most: number): Fact {
  const { bytes } = aboutModel(model).info;
  return { text: `${megabytes(bytes)} MB`, holds: bytes <= most };
}
