import { weightText } from "../../../lib/format.ts";
import type { Slice } from "./slice.ts";

/** Steps of the colour scale on each side of the paper. */
const STEPS = 10;

/** The class that colours a cell: `ow-w0`–`ow-w10` for weights, `ow-p…` and `ow-n…` for signed numbers. */
export function heatClass(value: number, scale: Slice["scale"], extreme: number): string {
  if (!Number.isFinite(value)) return "ow-none";
  const share = scale === "weight" ? value : Math.abs(value) / (extreme || 1);
  const step = Math.round(Math.max(0, Math.min(1, share)) * STEPS);
  if (scale === "weight") return `ow-w${step}`;
  return `${value < 0 ? "ow-n" : "ow-p"}${step}`;
}

/** A number as the cells show it; the chosen cell is read out in full elsewhere. */
export function numberText(value: number, scale: Slice["scale"]): string {
  if (!Number.isFinite(value)) return "·";
  if (scale === "weight") return weightText(value);
  return value.toFixed(2).replace("-", "−");
}

/** A share of one in at most four letters, never rounded to nothing. */
export function shareText(share: number): string {
  return share > 0 && share < 0.005 ? "<1%" : `${Math.round(share * 100)}%`;
}

/** The largest absolute number of a table. */
export function extremeOf({ data, offset, rows, columns }: Slice): number {
  let most = 0;
  for (let i = offset; i < offset + rows * columns; i += 1) {
    const size = Math.abs(data[i] ?? 0);
    if (size > most && Number.isFinite(size)) most = size;
  }
  return most;
}
