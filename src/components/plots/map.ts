import * as Plot from "@observablehq/plot";
import { type MapData, type PlotSize, shortName } from "./data.ts";
import { around, type Drawing, frame, HEADS, NAMES, scale } from "./frame.ts";
import { freeLabels } from "./labels.ts";
import { layerColour } from "./layers.ts";

/** The heads on a plane: close together where they look alike. The axes have no meaning of their own, and no numbers. */
export function mapPlot({ rows, layers }: MapData, size: PlotSize): Drawing {
  const margin = 24;
  const width = size.width - 2 * margin;
  const x = around(rows.map((row) => row.x));
  const y = around(rows.map((row) => row.y));
  // One unit is as long across as it is up.
  const height = Math.round(Math.min(1.1, (y[1] - y[0]) / (x[1] - x[0])) * width);
  const toX = scale(x, [margin, margin + width]);
  const toY = scale(y, [margin + height, margin]);
  const points = rows.map((row) => ({ ...row, colour: layerColour(row.layer, layers), name: shortName(row) }));
  const free = freeLabels(points.map((point) => ({ x: toX(point.x), y: toY(point.y), width: 7 * point.name.length })));
  const at = { x: "x", y: "y" };
  return {
    quiet: free.map((shown) => !shown),
    options: {
      ...frame(size, height + 2 * margin),
      marginLeft: margin,
      marginRight: margin,
      marginTop: margin,
      marginBottom: margin,
      x: { domain: x, axis: null },
      y: { domain: y, axis: null },
      color: { type: "identity" },
      marks: [
        Plot.frame({ stroke: "var(--uh-rule)" }),
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
    },
  };
}
