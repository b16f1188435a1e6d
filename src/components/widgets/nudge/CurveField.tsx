import { Drawing } from "../../views/figure/Drawing.tsx";
import { curvePlot, PLOT } from "./curvePlot.ts";
import { plotOptions } from "./exports.ts";
import type { NudgeState } from "./state.ts";
import { changeText, slopeNumber, slopeWords, valueText } from "./words.ts";

/** Steps of the slider to either side. */
const STEPS = 20;

/** The curve, the slider that walks along it, and the numbers there. */
export function CurveField({ state }: { readonly state: NudgeState }) {
  const shown = state.offer.value.study.shown.value;
  const options = plotOptions(shown, state.point.value);
  const { shapes, shareAt } = curvePlot(options);
  const { reach } = shown.question;
  const follow = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const share = shareAt(((event.clientX - box.left) / box.width) * PLOT.width) / reach;
    state.at.value = Math.round(share * STEPS) / STEPS;
  };
  return (
    <div class="uh-nudge-curve">
      <p class="uh-nudge-title">
        <span class="uh-nudge-key" data-key="model" aria-hidden="true" /> what the model gives{" "}
        <span
          class="uh-nudge-key"
          data-key="line"
          data-down={shown.result.study.slope < 0 || undefined}
          aria-hidden="true"
        />{" "}
        the straight line of the gradient
      </p>
      <div
        class="uh-nudge-plot"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture?.(event.pointerId);
          follow(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && follow(event)}
      >
        <Drawing width={PLOT.width} height={PLOT.height} shapes={shapes} />
      </div>
      <Slider state={state} reach={reach} />
      <Numbers state={state} />
    </div>
  );
}

function Slider({ state, reach }: { readonly state: NudgeState; readonly reach: number }) {
  const share = Math.round(state.at.value * reach * 1e4) / 100;
  const text = `${String(share).replace("-", "−")} %`;
  return (
    <label class="uh-nudge-slider">
      <span>
        Moved by <b>{text}</b>
      </span>
      <input
        type="range"
        min={-1}
        max={1}
        step={1 / STEPS}
        value={state.at.value}
        aria-valuetext={text}
        onInput={(event) => {
          state.at.value = event.currentTarget.valueAsNumber;
        }}
      />
    </label>
  );
}

/** Both numbers at the point, how far apart they are, and both slopes. */
function Numbers({ state }: { readonly state: NudgeState }) {
  const { question, result } = state.offer.value.study.shown.value;
  const { study } = result;
  const { model, line } = state.point.value;
  const { scale } = question;
  return (
    <>
      <dl class="uh-nudge-numbers">
        <Pair name="model" value={valueText(model, question)} />
        <Pair name="straight line" value={valueText(line, question)} />
        <Pair name="model − line" value={changeText(model - line, question)} />
      </dl>
      <dl class="uh-nudge-numbers">
        <Pair name="slope by the gradient" value={slopeNumber(study.slope, scale)} />
        <Pair name="slope by two runs" value={slopeNumber(study.measured.slope, scale)} />
      </dl>
      <p class="uh-nudge-note">{slopeWords(study, scale)}</p>
    </>
  );
}

function Pair({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
