/** What the figure gives away: both pictures side by side, every dot as a row, and the same as data. */
import type { RemovalRow } from "../../../engine/study.ts";
import type { Scene, Shape } from "../../../lib/scene.ts";
import type { Removal } from "../../../stored/removal.ts";
import { weightsOf } from "../../../stored/removalRows.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { PLOT } from "./plot.ts";
import { headName, RANKS_WIDTH, type RanksOptions, rankPicture, ranksOf } from "./ranks.ts";
import { type ScatterOptions, scatter } from "./scatter.ts";

const MARGIN = 24;
const TOP = 56;

/** The two pictures beside each other. */
export function removalScene(title: string, reading: string, dots: ScatterOptions, ranks: RanksOptions): Scene {
  const right = rankPicture(ranks);
  return {
    title,
    reading,
    width: MARGIN * 3 + PLOT.width + RANKS_WIDTH,
    height: TOP + MARGIN + Math.max(PLOT.height, right.height),
    shapes: [
      heading(title),
      ...scatter(dots).shapes.map((shape) => moved(shape, MARGIN, TOP)),
      ...right.shapes.map((shape) => moved(shape, MARGIN * 2 + PLOT.width, TOP)),
    ],
  };
}

/** One plot by itself. */
export function plotScene(title: string, reading: string, shapes: readonly Shape[]): Scene {
  const width = PLOT.width + 2 * MARGIN;
  return {
    title,
    reading,
    width,
    height: PLOT.height + TOP + MARGIN,
    shapes: [heading(title), ...shapes.map((shape) => moved(shape, MARGIN, TOP))],
  };
}

function heading(title: string): Shape {
  return { kind: "text", x: MARGIN, y: 32, text: title, fill: "var(--uh-ink)", size: 16, font: "sans", weight: 600 };
}

/** A shape further right and down. */
function moved(shape: Shape, x: number, y: number): Shape {
  if (shape.kind === "path") return { ...shape, at: { x, y, scale: 1 } };
  return { ...shape, x: shape.x + x, y: shape.y + y };
}

/** First every dot, output by output; then every head over the texts, as in the picture; each row says what it is of. */
export function removalTable({ rows, head }: ScatterOptions, { removal, by, own, ownName }: RanksOptions): FigureTable {
  const name = headName(head, removal.shape);
  const measure = by === "rho" ? "ρ" : "share of outputs";
  const lot = by === "hit" ? removal.chance : "";
  const over = `${removal.texts} texts`;
  const dots = rows.flatMap((row) =>
    weightsOf(row, head).map((weight, at): (string | number)[] => {
      const what = `“${row.output}” without “${row.tokens[at] ?? ""}”`;
      return [
        what,
        weight,
        row.effect[at] ?? 0,
        "",
        "",
        "",
        "",
        "",
        "attention and fall",
        name,
        removal.model,
        ownName,
      ];
    }),
  );
  const heads = ranksOf(removal, by).map((rank): (string | number)[] => {
    const mine = own[rank.head ?? own.length - 1] ?? "";
    const what = headName(rank.head, removal.shape);
    return [what, "", "", rank.mean, rank.low, rank.high, mine, lot, measure, what, removal.model, over];
  });
  const all = [...dots, ...heads];
  const figures = [`${measure}, mean over texts`, "from", "to", ownName, "by lot"];
  return {
    caption: `Attention (${name}) beside the fall of log-probability, and every head over ${over}`,
    columns: ["what", "attention", "fall, nats", ...figures, "measure", "attention of", "model", "corpus"],
    rows: all.length,
    row: (index) => all[index] ?? [],
  };
}

/** The data behind both pictures. */
export function removalJson(removal: Removal, rows: readonly RemovalRow[]): unknown {
  const { shown, heads, ...study } = removal;
  return {
    study,
    text: rows.map(({ weights, ...row }) => ({ ...row, weights: Array.from(weights.data), shape: weights.shape })),
  };
}
