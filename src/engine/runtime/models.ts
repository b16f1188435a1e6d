import type { Told } from "./config.ts";

/** The built-in models by the name of their folder, with what their files do not say. */
export const BUILT_IN: Readonly<Record<string, Told>> = {
  "translator-en-fr": {
    id: "translator-en-fr",
    name: "Translator, English to French",
    instruction: "Translate to French: ",
    limits: { source: 512, target: 512 },
  },
};
