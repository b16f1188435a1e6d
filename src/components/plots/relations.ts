import * as Plot from "@observablehq/plot";
import { type PlotSize, type RelationData, shortName } from "./data.ts";
import { type Drawing, frame, HEADS } from "./frame.ts";

/** Height of a line, in pixels. */
const LINE = 24;

/** A line for each relation: the best head as a dot with its interval, the best fixed offset as a tick. */
export function relationsPlot({ rows }: RelationData, size: PlotSize): Drawing {
  const lines = rows.map((row) => ({
    relation: row.relation,
    mean: row.share[0],
    low: row.share[1],
    high: row.share[2],
    offset: row.offset,
    name: shortName(row),
    colour: row.share[1] > row.offset ? "var(--uh-attention)" : "var(--uh-ink-faint)",
  }));
  return {
    options: {
      ...frame(size, rows.length * LINE + 76),
      marginLeft: size.narrow ? 76 : 96,
      marginRight: 40,
      marginTop: 12,
      x: { domain: [0, 1], label: "share of right links →", ticks: 5, grid: true },
      y: { domain: lines.map(({ relation }) => relation), label: null, tickSize: 0 },
      color: { type: "identity" },
      marks: [
        Plot.ruleY(lines, {
          y: "relation",
          x1: "offset",
          x2: "mean",
          stroke: "colour",
          strokeOpacity: 0.35,
          strokeWidth: 6,
        }),
        Plot.ruleY(lines, { y: "relation", x1: "low", x2: "high", stroke: "colour", strokeWidth: 1.5 }),
        Plot.tickX(lines, { y: "relation", x: "offset", stroke: "var(--uh-ink)", strokeWidth: 3, inset: 4 }),
        Plot.dot(lines, { y: "relation", x: "mean", r: 5, fill: "colour", ariaDescription: HEADS }),
        Plot.text(lines, {
          y: "relation",
          frameAnchor: "right",
          dx: 34,
          textAnchor: "end",
          text: "name",
          fontSize: 11,
        }),
      ],
    },
  };
}
