import type { AnyTrace } from "../engine/model.ts";
import { decodeTrace, type StoredRun } from "./format.ts";

/** Runs that exercises are settled on, and code works on; each is fetched when it is asked for. */
const RUNS: Readonly<Record<string, () => Promise<{ readonly default: StoredRun }>>> = {
  "brown-dog": () => import("./brown-dog.json"),
  "brown-dog-minilm": () => import("./brown-dog-minilm.json"),
  capital: () => import("./capital.json"),
  "mary-john": () => import("./mary-john.json"),
  "repeat-decoder": () => import("./repeat-decoder.json"),
  "red-car": () => import("./red-car.json"),
  "white-cat": () => import("./white-cat.json"),
};

/** A stored run by its id. @throws RangeError for a name that is not in the list */
export async function loadStored(id: string): Promise<AnyTrace> {
  const load = RUNS[id];
  if (!load) throw new RangeError(`no stored run named ${id} can be loaded`);
  return decodeTrace((await load()).default);
}
