import { Drawing } from "../../views/figure/Drawing.tsx";
import { GAP_PLOT, type GapPlotOptions, gapPlot } from "./gapPlot.ts";
import { PATH_PLOT, type PathPlotOptions, pathPlot } from "./pathPlot.ts";
import type { IgState } from "./state.ts";
import { placeText } from "./words.ts";

/** The way: the number above, its slopes below, and a slider along both. */
export function PathPicture({ state, options }: { readonly state: IgState; readonly options: PathPlotOptions }) {
  const { shapes, stretches } = pathPlot(options);
  const { steps } = options.walk;
  const go = (step: number) => {
    state.place.value = steps[step]?.place ?? null;
  };
  const here = steps[options.step]?.place ?? 0;
  return (
    <div>
      <p class="uh-ig-title">The way from the baseline to the text</p>
      <Drawing {...PATH_PLOT} shapes={shapes}>
        {stretches.map(({ step, x, width }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the keyboard has the slider below.
          <rect
            key={step}
            class="uh-ig-stretch"
            x={x}
            y="20"
            width={width}
            height={PATH_PLOT.height - 60}
            onPointerMove={(event) => event.pointerType === "mouse" && go(step)}
            onClick={() => go(step)}
          />
        ))}
      </Drawing>
      <label class="uh-ig-slider">
        <span>
          Place on the way <b>α = {placeText(here)}</b>
        </span>
        <input
          type="range"
          min="0"
          max={steps.length - 1}
          value={options.step}
          aria-valuetext={`α = ${placeText(here)}, step ${options.step + 1} of ${steps.length}`}
          onInput={(event) => go(event.currentTarget.valueAsNumber)}
        />
      </label>
    </div>
  );
}

/** What the steps leave over. */
export function GapPicture({ options }: { readonly options: GapPlotOptions }) {
  return (
    <div>
      <p class="uh-ig-title">The gap, by the number of steps; ◆ is the walk that is shown</p>
      <Drawing {...GAP_PLOT} shapes={gapPlot(options)} />
    </div>
  );
}
