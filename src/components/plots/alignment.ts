import * as Plot from "@observablehq/plot";
import { type AlignmentData, type PlotSize, shortName } from "./data.ts";
import { type Drawing, frame, HEADS } from "./frame.ts";

/** Height of a bar with its gap, in pixels. */
const BAR = 24;

/** A bar for each head, best first; the line is what reading nothing but the place gets. */
export function alignmentPlot({ rows, diagonal }: AlignmentData, size: PlotSize): Drawing {
  const bars = rows.map((row) => ({
    name: shortName(row),
    mean: row.share[0],
    low: row.share[1],
    high: row.share[2],
    colour: row.taught ? "var(--uh-gold)" : "var(--uh-attention)",
  }));
  const taught = rows.filter((row) => row.taught).map(shortName);
  return {
    options: {
      ...frame(size, rows.length * BAR + 76),
      marginTop: 36,
      x: {
        domain: [0, 1],
        label: size.narrow
          ? "share of words that point right →"
          : "share of words whose largest weight lies on a right word →",
        ticks: 5,
        grid: true,
      },
      y: { domain: bars.map(({ name }) => name), label: null, tickSize: 0 },
      color: { type: "identity" },
      marks: [
        Plot.barX(bars, { y: "name", x: "mean", fill: "colour", fillOpacity: 0.75, ariaDescription: HEADS }),
        Plot.ruleY(bars, { y: "name", x1: "low", x2: "high", stroke: "var(--uh-ink)", strokeWidth: 1.5 }),
        Plot.text(taught, {
          y: (name: string) => name,
          x: 0,
          text: () => "taught to align",
          dx: 8,
          textAnchor: "start",
          fill: "var(--uh-paper)",
          fontWeight: 600,
        }),
        Plot.ruleX([diagonal], { stroke: "var(--uh-ink)", strokeDasharray: "4,3", strokeWidth: 1.5 }),
        Plot.text([diagonal], {
          x: (share: number) => share,
          frameAnchor: "top",
          dy: -10,
          text: () => "same place in the sentence",
          fill: "var(--uh-ink)",
        }),
      ],
    },
  };
}
