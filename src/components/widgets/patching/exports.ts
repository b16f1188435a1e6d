/** What the figure gives away: the maps as one picture, every state as a row, and the same as data. */
import type { Scene } from "../../../lib/scene.ts";
import { gridBlock, scoreScene } from "../../views/attribution/scoreScene.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import type { Patched } from "./askPatching.ts";
import { mapsOf, recoveredAt, type Spot, scaleOfMaps } from "./maps.ts";
import type { PatchQuestion } from "./patchQuestion.ts";
import { patchedValue } from "./words.ts";

/** Above this many layers the cells carry no numbers. */
const DENSE = 12;

export function isDense(patched: Patched): boolean {
  return (patched.study.recovered.source.shape[0] ?? 0) > DENSE;
}

export function patchingScene(title: string, reading: string, patched: Patched): Scene {
  const maps = mapsOf(patched);
  const scale = scaleOfMaps(maps);
  const blocks = maps.map(({ grid }) =>
    gridBlock(
      grid,
      grid.rows.map(() => scale),
      isDense(patched),
    ),
  );
  return scoreScene(title, reading, blocks);
}

/** One line a state. */
export function patchingTable(patched: Patched): FigureTable {
  const rows = mapsOf(patched).flatMap(({ side, grid, tokens, twins }) =>
    grid.rows.flatMap((_, layer) =>
      tokens.map((clean, token): (string | number)[] => {
        const spot: Spot = { side, layer, token };
        const pieces = [visiblePiece(clean.piece), visiblePiece(twins[token]?.piece ?? "")];
        return [
          side,
          layer,
          token + 1,
          ...pieces,
          kept(recoveredAt(patched.study, spot)),
          kept(patchedValue(patched, spot)),
        ];
      }),
    ),
  );
  return {
    caption:
      "What comes back when one state of the clean run is put into the corrupted one: 0 as corrupted, 1 as clean",
    columns: ["side", "layer", "place", "clean token", "corrupted token", "share", "followed number"],
    rows: rows.length,
    row: (index) => rows[index] ?? [],
  };
}

/** The study with its question; shares by side as `[layer + 1, token]`. */
export function patchingJson(question: PatchQuestion, { study, followed }: Patched, live: boolean): unknown {
  const list = (shares: { readonly shape: readonly number[]; readonly data: Float32Array } | null) =>
    shares && { shape: shares.shape, data: Array.from(shares.data, kept) };
  const { source, target } = study.recovered;
  return { question, followed, live, ...study, recovered: { source: list(source), target: list(target) } };
}

/** Five figures: more is noise of Float32. */
function kept(value: number): number {
  return Number(value.toPrecision(5));
}
