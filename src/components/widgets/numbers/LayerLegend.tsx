import type { NumbersData } from "../../plots/data.ts";
import { layerColour } from "../../plots/layers.ts";

/** Which hue stands for which layer, where dots are coloured by it. */
export function LayerLegend({ data }: { readonly data: NumbersData }) {
  if (data.plot !== "spread" && data.plot !== "map") return null;
  const { layers } = data;
  return (
    <p class="uh-layer-legend">
      <span>Layer</span>
      {Array.from({ length: layers }, (_, layer) => (
        <span key={layer}>
          <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <circle cx="5" cy="5" r="5" fill={layerColour(layer, layers)} />
          </svg>
          {layer + 1}
        </span>
      ))}
    </p>
  );
}
