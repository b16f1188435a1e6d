import { STEPS, stepOf } from "./thumbnail.ts";

/** Weights that are shown as samples. */
const SAMPLES: readonly number[] = [0, 0.05, 0.25, 0.5, 1];

const CELL = 14;
const PITCH = 54;

/** Which strength of colour stands for which weight, in a row of so many keys. */
export function WeightLegend(props: { readonly keys: number; readonly head: number }) {
  const width = SAMPLES.length * PITCH;
  return (
    <p class="uh-legend" data-head={props.head % 12}>
      <span>weight</span>
      <svg width={width} height={CELL + 2} viewBox={`0 0 ${width} ${CELL + 2}`} role="img" aria-label={SPOKEN}>
        {SAMPLES.map((weight, at) => (
          <g key={weight} transform={`translate(${at * PITCH + 1} 1)`}>
            <rect
              class="uh-legend-cell"
              width={CELL}
              height={CELL}
              fill="currentColor"
              fill-opacity={stepOf(weight, props.keys) / STEPS}
            />
            <text x={CELL + 4} y={CELL - 3}>
              {weight}
            </text>
          </g>
        ))}
      </svg>
    </p>
  );
}

const SPOKEN = "The stronger the colour of a cell, the larger its weight, from 0 to 1.";
