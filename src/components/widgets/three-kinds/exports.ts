/** What the figure gives away: its picture, its numbers with what the mask says of them, and the same as data. */
import type { AnyTrace } from "../../../engine/model.ts";
import type { Scene } from "../../../lib/scene.ts";
import { attentionTable } from "../../views/attention/attentionTable.ts";
import { banOf } from "../../views/attention/mask.ts";
import type { Picture } from "../../views/attention/picture.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import type { Place } from "./words.ts";

/** Every cell as a row, with its weight and what the mask says. */
export function maskTable(picture: Picture, { layer, head }: Place): FigureTable {
  const table = attentionTable(picture, layer, [head]);
  const across = Math.max(1, picture.columns.length);
  return {
    ...table,
    columns: [...table.columns, "mask"],
    row: (index) => [...table.row(index), maskWord(picture, Math.floor(index / across), index % across)],
  };
}

function maskWord(picture: Picture, row: number, column: number): string {
  const ban = banOf(picture, row, column);
  return ban === null ? "allowed" : `forbidden: ${ban}`;
}

/** The data behind the picture; `forbidden` holds 1 where the mask forbids, `[query][key]`. */
export async function maskJson(trace: AnyTrace, picture: Picture, { layer, head }: Place): Promise<unknown> {
  const { attentionJson } = await import("../../views/attention/attentionJson.ts");
  const forbidden = picture.rows.map((_, row) =>
    picture.columns.map((__, column) => (banOf(picture, row, column) === null ? 0 : 1)),
  );
  return { ...attentionJson(trace, picture, layer, [head]), forbidden };
}

/** The matrix with its mask. */
export async function maskScene(
  title: string,
  reading: string,
  model: string,
  picture: Picture,
  place: Place,
): Promise<Scene> {
  const { matrixScene } = await import("../../views/attention/matrixScene.ts");
  const name = `${model}: layer ${place.layer + 1}, head ${place.head + 1}`;
  return matrixScene(title, reading, name, picture, place.layer, place.head);
}
