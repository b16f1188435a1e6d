import { fanLines } from "./fan.ts";
import { ROW } from "./Strips.tsx";

/** Lines from the query to the keys, as wide as their weights. Decoration: the weights stand beside it. */
export function WeightFan(props: { readonly weights: readonly number[]; readonly chosen: number }) {
  const { weights, chosen } = props;
  const height = weights.length * ROW;
  return (
    <svg class="uh-fan" viewBox={`0 0 48 ${Math.max(1, height)}`} height={height} aria-hidden="true">
      {fanLines(weights, ROW).map(({ key, d, width, opacity }) => (
        <path key={key} d={d} stroke-width={width} opacity={opacity} data-chosen={key === chosen || undefined} />
      ))}
      <circle cx="4" cy={height / 2} r="4" />
    </svg>
  );
}
