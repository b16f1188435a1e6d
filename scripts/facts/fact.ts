/** What all facts share: their shape, and the files that they are computed from. */
import { readFileSync } from "node:fs";

/** What a page shows, and whether the sentences that use it still hold; left out where any value will do. */
export interface Fact {
  readonly text: string;
  readonly holds?: boolean;
}

/** The root of the repository. */
export const ROOT = new URL("../../", import.meta.url);

/** A JSON file of the repository, by its path from the root. */
export function read<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, ROOT), "utf8")) as T;
}
