/** How many hues layers are told apart by, beside their number. */
const LAYER_HUES = 6;

/** The colour of a layer: from the first hue to the last, in as many steps as there are. */
export function layerColour(layer: number, layers: number): string {
  const step = layers < 2 ? 0 : Math.round((layer / (layers - 1)) * (LAYER_HUES - 1));
  return `var(--uh-layer-${step})`;
}
