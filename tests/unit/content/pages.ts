import { readdirSync, readFileSync } from "node:fs";

export const PAGES = "src/content/docs";

/** Every page of the course: its path below `src/content/docs` and its text. */
export function pages(): { path: string; text: string }[] {
  return readdirSync(PAGES, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.mdx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(`${PAGES}/${path}`, "utf8") }));
}
