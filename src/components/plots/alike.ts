import * as Plot from "@observablehq/plot";
import { type AlikeData, type Pair, type PlotSize, pairAt } from "./data.ts";
import { CELLS, type Drawing, frame } from "./frame.ts";

/** Shades of the map; the drawing joins cells of one shade. */
const SHADES = 24;

/** Most pairs are neither near nor far; above 1, they are drawn fainter, so that the near ones stand out. */
const CURVE = 1.8;

/** A triangle of all pairs of heads: the stronger the colour, the more alike. */
export function alikePlot({ layers, heads, below }: AlikeData, size: PlotSize): Drawing {
  const all = layers * heads;
  const side = size.narrow ? size.width : 560;
  const margin = size.narrow ? 30 : 40;
  const [least, most] = [Math.min(...below), Math.max(...below)];
  const cells = below.map((distance, at) => {
    const likeness = 1 - (distance - least) / (most - least || 1);
    return { ...pairAt(at), shade: Math.round(likeness ** CURVE * SHADES) / SHADES };
  });
  const borders = Array.from({ length: layers }, (_, layer) => layer * heads);
  const every = Math.ceil(layers / 10);
  const named = borders.filter((_, layer) => layer % every === 0);
  const axis = { domain: [0, all] as [number, number], axis: null };
  return {
    options: {
      ...frame({ ...size, width: side }, side),
      marginLeft: margin,
      marginRight: 8,
      marginTop: 8,
      marginBottom: margin,
      x: axis,
      y: { ...axis, reverse: true },
      opacity: { domain: [0, 1], range: [0, 1] },
      marks: [
        Plot.rect(cells, {
          x1: "column",
          x2: ({ column }: Pair) => column + 1,
          y1: "row",
          y2: ({ row }: Pair) => row + 1,
          fill: "var(--uh-attention)",
          fillOpacity: "shade",
          inset: 0,
          ariaDescription: CELLS,
        }),
        Plot.ruleX(borders, {
          x: (border: number) => border,
          y1: (border: number) => border,
          y2: all,
          stroke: "var(--uh-rule)",
        }),
        Plot.ruleY(borders, {
          y: (border: number) => border,
          x1: 0,
          x2: (border: number) => border,
          stroke: "var(--uh-rule)",
        }),
        Plot.text(named, {
          x: 0,
          y: (border: number) => border + heads / 2,
          text: (border: number) => String(border / heads + 1),
          dx: -9,
          textAnchor: "end",
        }),
        Plot.text(named, {
          x: (border: number) => border + heads / 2,
          y: all,
          text: (border: number) => String(border / heads + 1),
          dy: 13,
        }),
        Plot.text(["layer"], { x: all / 2, y: all, dy: margin - 8, fill: "var(--uh-ink-soft)" }),
        Plot.text(["layer"], { x: 0, y: all / 2, dx: -margin + 10, rotate: -90, fill: "var(--uh-ink-soft)" }),
      ],
    },
  };
}
