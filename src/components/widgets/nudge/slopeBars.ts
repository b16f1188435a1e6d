/** The steepest slope of every token: a bar from the one pass backward, a ring where two runs of its own put it. */
import type { Shape } from "../../../lib/scene.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import type { TokenSlope } from "./curve.ts";

export const BARS_WIDTH = 400;
const NAME = 104;
const BAR = 212;
const ROW = 21;
const TOP = 10;
const SIZE = 12;
/** Letters of a name that find room. */
const LETTERS = 13;
/** Rows that are drawn; of a longer text the steepest. */
export const MOST_ROWS = 40;

/** A row, with its place in the picture. */
export interface BarSpot {
  readonly of: TokenSlope;
  readonly y: number;
  readonly height: number;
}

/** The tokens that are drawn, in reading order. */
export function drawnSlopes(slopes: readonly TokenSlope[]): TokenSlope[] {
  if (slopes.length <= MOST_ROWS) return [...slopes];
  const steepest = [...slopes].sort((a, b) => b.byGradient - a.byGradient).slice(0, MOST_ROWS);
  return slopes.filter((slope) => steepest.includes(slope));
}

/** The picture, and the rows that can be pointed at. */
export function slopeBars(
  slopes: readonly TokenSlope[],
  chosen: Pick<TokenSlope, "side" | "place">,
): { readonly shapes: Shape[]; readonly spots: BarSpot[]; readonly height: number } {
  const rows = drawnSlopes(slopes);
  const most = Math.max(1e-12, ...rows.flatMap(({ byGradient, byRuns }) => [byGradient, byRuns]));
  const spots = rows.map((of, row) => ({ of, y: TOP + row * ROW, height: ROW }));
  const shapes = spots.flatMap(({ of, y }) => rowShapes(of, y, most, isSame(of, chosen)));
  return { shapes, spots, height: TOP + rows.length * ROW + TOP };
}

function rowShapes(
  { piece, special, byGradient, byRuns }: TokenSlope,
  y: number,
  most: number,
  chosen: boolean,
): Shape[] {
  const middle = y + ROW / 2;
  const long = (value: number) => Math.round((value / most) * BAR * 10) / 10;
  const ink = special ? "var(--uh-ink-soft)" : "var(--uh-ink)";
  const text = { kind: "text", y: middle + 4, size: SIZE, ...(chosen && { weight: 700 }) } as const;
  const at = NAME + long(byRuns);
  return [
    { ...text, x: NAME - 8, text: shortened(visiblePiece(piece)), font: "mono", anchor: "end", fill: ink },
    { kind: "rect", x: NAME, y: y + 4, width: BAR, height: ROW - 8, fill: "var(--uh-rule)", opacity: 0.35, radius: 2 },
    {
      kind: "rect",
      x: NAME,
      y: y + 4,
      width: Math.max(0.5, long(byGradient)),
      height: ROW - 8,
      fill: chosen ? "var(--uh-ink)" : "var(--uh-ink-faint)",
      radius: 2,
    },
    {
      kind: "path",
      d: `M${at - 4} ${middle}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`,
      fill: "var(--uh-paper)",
      stroke: "var(--uh-ink)",
      width: 1.5,
    },
    { ...text, x: NAME + BAR + 12, text: slopeText(byGradient), font: "sans", fill: ink },
  ];
}

function isSame(slope: TokenSlope, { side, place }: Pick<TokenSlope, "side" | "place">): boolean {
  return slope.side === side && slope.place === place;
}

function shortened(piece: string): string {
  const letters = Array.from(piece);
  return letters.length > LETTERS ? `${letters.slice(0, LETTERS - 1).join("")}…` : piece;
}

/** A slope in as few figures as tell it from others. */
export function slopeText(slope: number): string {
  if (slope === 0) return "0";
  if (slope < 0.01) return slope.toPrecision(2);
  return slope.toFixed(slope >= 100 ? 0 : slope >= 10 ? 1 : 2);
}
