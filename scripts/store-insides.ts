/** The insides of heads that the neuron view starts with, written by `npm run store`. */
import { writeFileSync } from "node:fs";
import type { Model } from "../src/engine/model.ts";
import { EXAMPLES } from "../src/stored/examples.ts";
import { encodeInside } from "../src/stored/inside.ts";
import { INSIDES } from "../src/stored/insideExamples.ts";

const FOLDER = "src/stored/inside";

/** Writes every stored inside of a model. */
export async function storeInsides(name: string, model: Model): Promise<void> {
  for (const { id, run, head } of INSIDES.filter((example) => example.model === name)) {
    const text = EXAMPLES.find((example) => example.id === run);
    if (!text) throw new Error(`${id}: no run is named ${run}`);
    const inside = await model.inspect({ source: text.source, target: text.target }, head);
    writeFileSync(`${FOLDER}/${id}.json`, `${JSON.stringify(encodeInside(id, text, inside))}\n`);
    console.log(`inside/${id}: ${inside.queries.length} × ${inside.keys.length}`);
  }
}
