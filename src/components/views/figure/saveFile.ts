/** A figure's files, named after the figure. */
import { savePng, saveSvg, saveText } from "../../../lib/exportFile.ts";
import type { Scene } from "../../../lib/scene.ts";
import { csvChunks, jsonChunks } from "./tableText.ts";
import type { FigureTable } from "./types.ts";

export function saveAsSvg(id: string, scene: Scene): void {
  saveSvg(`${id}.svg`, scene);
}

export function saveAsPng(id: string, scene: Scene): Promise<void> {
  return savePng(`${id}.png`, scene);
}

export function saveAsCsv(id: string, table: FigureTable): Promise<void> {
  return saveText(`${id}.csv`, "text/csv", csvChunks(table));
}

export function saveAsJson(id: string, data: unknown): Promise<void> {
  return saveText(`${id}.json`, "application/json", jsonChunks(data));
}
