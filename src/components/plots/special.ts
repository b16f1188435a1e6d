import * as Plot from "@observablehq/plot";
import { type PlotSize, type SpecialData, shortName } from "./data.ts";
import { type Drawing, frame, HEADS, NAMES, scale } from "./frame.ts";
import { freeLabels } from "./labels.ts";
import { layerColour } from "./layers.ts";

/** Part of a layer's room that its heads take up side by side. */
const ROOM = 0.72;

/** Weight on special tokens, layer by layer: a dot for each head with its interval, a line for the layer's mean. */
export function specialPlot({ rows, layers, heads, even }: SpecialData, size: PlotSize): Drawing {
  const height = size.narrow ? 300 : 380;
  const x: [number, number] = [0.5, layers + 0.5];
  const y: [number, number] = [0, 1];
  const place = ({ layer, head }: { layer: number; head: number }): number =>
    layer + 1 + (heads < 2 ? 0 : (head / (heads - 1) - 0.5) * ROOM);
  const points = rows.map((row) => ({
    place: place(row),
    weight: row.weight[0],
    low: row.weight[1],
    high: row.weight[2],
    colour: layerColour(row.layer, layers),
    name: shortName(row),
  }));
  const means = Array.from({ length: layers }, (_, layer) => {
    const own = rows.filter((row) => row.layer === layer);
    return { layer: layer + 1, mean: own.reduce((sum, { weight }) => sum + weight[0], 0) / (own.length || 1) };
  });
  const toX = scale(x, [size.narrow ? 40 : 52, size.width - 16]);
  const toY = scale(y, [height - 40, 28]);
  const free = freeLabels(
    points.map((point) => ({ x: toX(point.place), y: toY(point.high), width: 7 * point.name.length })),
  );
  const every = Math.ceil(layers / (size.narrow ? 8 : 15));
  return {
    quiet: free.map((shown) => !shown),
    options: {
      ...frame(size, height),
      x: {
        domain: x,
        label: "layer →",
        ticks: means.map(({ layer }) => layer).filter((layer) => (layer - 1) % every === 0),
        tickFormat: "d",
      },
      y: { domain: y, label: "↑ weight on special tokens", grid: true, ticks: 5 },
      color: { type: "identity" },
      marks: [
        even === null ? null : Plot.ruleY([even], { stroke: "var(--uh-ink-faint)", strokeDasharray: "3,3" }),
        Plot.ruleY(means, {
          y: "mean",
          x1: ({ layer }: { layer: number }) => layer - ROOM / 2 - 0.06,
          x2: ({ layer }: { layer: number }) => layer + ROOM / 2 + 0.06,
          stroke: "var(--uh-ink)",
          strokeWidth: 2,
        }),
        Plot.ruleX(points, { x: "place", y1: "low", y2: "high", stroke: "colour", strokeWidth: 1.5 }),
        Plot.dot(points, { x: "place", y: "weight", r: layers > 12 ? 2.5 : 4, fill: "colour", ariaDescription: HEADS }),
        Plot.text(points, {
          x: "place",
          y: "high",
          text: "name",
          dy: -8,
          fill: "var(--uh-ink)",
          fontSize: 11,
          ariaDescription: NAMES,
        }),
      ],
    },
  };
}
