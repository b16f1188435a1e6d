import * as Plot from "@observablehq/plot";
import { type PlotSize, type SpreadData, shortName } from "./data.ts";
import { type Drawing, frame, fromZero, HEADS, NAMES, scale } from "./frame.ts";
import { freeLabels } from "./labels.ts";
import { layerColour } from "./layers.ts";

/** Entropy against distance: a dot for each head, coloured by layer. */
export function spreadPlot({ rows, layers, even }: SpreadData, size: PlotSize): Drawing {
  const height = size.narrow ? 320 : 420;
  const base = frame(size, height);
  const x = fromZero([...rows.map(({ distance }) => distance[0]), even?.distance ?? 0]);
  const y = fromZero([...rows.map(({ entropy }) => entropy[0]), even?.entropy ?? 0]);
  const toX = scale(x, [size.narrow ? 40 : 52, size.width - 16]);
  const toY = scale(y, [height - 40, 28]);
  const free = freeLabels(
    rows.map((row) => ({ x: toX(row.distance[0]), y: toY(row.entropy[0]), width: 7 * shortName(row).length })),
  );
  const at = { x: "far", y: "wide" };
  const points = rows.map((row) => ({
    far: row.distance[0],
    wide: row.entropy[0],
    colour: layerColour(row.layer, layers),
    name: shortName(row),
  }));
  return {
    quiet: free.map((shown) => !shown),
    options: {
      ...base,
      x: { domain: x, label: "mean distance, tokens →", ticks: 6 },
      y: { domain: y, label: "↑ entropy, nats", grid: true, ticks: 6 },
      marks: [
        even && Plot.ruleY([even.entropy], { stroke: "var(--uh-ink-faint)", strokeDasharray: "3,3" }),
        even &&
          Plot.text([even.entropy], {
            x: x[1],
            y: (entropy: number) => entropy,
            text: () => "even attention",
            textAnchor: "end",
            dy: -9,
            fill: "var(--uh-ink-soft)",
            stroke: "var(--uh-paper)",
            strokeWidth: 3,
          }),
        Plot.dot(points, { ...at, r: 5, fill: "colour", ariaDescription: HEADS }),
        Plot.text(points, {
          ...at,
          text: "name",
          dy: -11,
          fill: "var(--uh-ink)",
          fontSize: 11,
          ariaDescription: NAMES,
        }),
      ],
      color: { type: "identity" },
    },
  };
}
