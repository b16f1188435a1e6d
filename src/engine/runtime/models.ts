import type { Told } from "./config.ts";

/** The built-in models by the name of their folder, with what their files do not say. */
export const BUILT_IN: Readonly<Record<string, Told>> = {
  "translator-en-fr": {
    id: "translator-en-fr",
    name: "Translator, English to French",
    instruction: "Translate to French: ",
    limits: { source: 512, target: 512 },
  },
  "encoder-minilm": {
    id: "encoder-minilm",
    name: "MiniLM",
    instruction: "",
    limits: { source: 256, target: 0 },
  },
  "decoder-small": {
    id: "decoder-small",
    name: "Small decoder",
    instruction: "",
    limits: { source: 96, target: 0 },
  },
  "smollm2-135m": {
    id: "smollm2-135m",
    name: "SmolLM2 135M Instruct",
    instruction: "",
    limits: { source: 128, target: 0 },
  },
};
