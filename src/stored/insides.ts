/** Stored insides by name, each fetched when a figure first shows it. */
import type { StoredInside } from "./inside.ts";

const STORED: Readonly<Record<string, () => Promise<{ readonly default: StoredInside }>>> = {
  "decoder-small": () => import("./inside/decoder-small.json", { with: { type: "json" } }),
  "encoder-minilm": () => import("./inside/encoder-minilm.json", { with: { type: "json" } }),
  "translator-cross": () => import("./inside/translator-cross.json", { with: { type: "json" } }),
  "translator-encoder": () => import("./inside/translator-encoder.json", { with: { type: "json" } }),
  "translator-decoder": () => import("./inside/translator-decoder.json", { with: { type: "json" } }),
  smollm2: () => import("./inside/smollm2.json", { with: { type: "json" } }),
};

/** The inside stored under a name; throws RangeError for a name that is not in the list. */
export async function storedInside(id: string): Promise<StoredInside> {
  const stored = STORED[id];
  if (!stored) throw new RangeError(`no inside is stored under ${id}`);
  return (await stored()).default;
}
