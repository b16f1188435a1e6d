import { parseHTML } from "linkedom";
import type { NumbersData } from "./data.ts";
import { drawNumbers } from "./draw.ts";

/** The drawing as it stands in the page before anything runs; at build time alone. */
export function staticPlot(data: NumbersData): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return drawNumbers(data, document as unknown as Document);
}
