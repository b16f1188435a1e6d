import { Drawing } from "../../views/figure/Drawing.tsx";
import { BARS_WIDTH, MOST_ROWS, slopeBars } from "./slopeBars.ts";
import type { NudgeState } from "./state.ts";
import { costWords } from "./words.ts";

/** The steepest slope of every token, in both ways of finding it, and what either costs. */
export function SlopeField({ state }: { readonly state: NudgeState }) {
  const { info, study } = state.offer.value;
  const { result, live } = study.shown.value;
  const slopes = state.slopes.value;
  const { shapes, spots, height } = slopeBars(slopes, result.study.token);
  return (
    <div class="uh-nudge-slopes">
      <p class="uh-nudge-title">
        Steepest slope of {slopes.length > MOST_ROWS ? `the ${MOST_ROWS} steepest tokens` : "every token"}: bar by the
        gradient, ring by two runs
      </p>
      <Drawing width={BARS_WIDTH} height={height} shapes={shapes}>
        {spots.map(({ of, y, height: high }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the keyboard has the tokens of the text.
          <rect
            key={`${of.side} ${of.place}`}
            x="0"
            y={y}
            width={BARS_WIDTH}
            height={high}
            class="uh-drawing-spot"
            onClick={() => state.ask({ side: of.side, token: of.place })}
          />
        ))}
      </Drawing>
      <p class="uh-nudge-note">{costWords(result.study, info.width, live)}</p>
    </div>
  );
}
