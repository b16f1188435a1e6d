import { ColouredText } from "../../views/attribution/ColouredText.tsx";
import { ScoreLegend } from "../../views/attribution/ScoreLegend.tsx";
import type { IgState } from "./state.ts";
import { linesScale, scoreLines, slopeLines, type TextOptions } from "./texts.ts";
import { placeText } from "./words.ts";

/** The text twice: coloured by the slopes at one place, and by what all steps add up to. */
export function Texts({ state }: { readonly state: IgState }) {
  const { walk } = state.found.value;
  const options = textOptions(state);
  const at = placeText(walk.steps[state.step.value]?.place ?? 0);
  const [slopes, scores] = [slopeLines(walk, state.step.value, options), scoreLines(walk, options)];
  return (
    <div class="uh-ig-texts">
      <section aria-label={`Slope by token at α = ${at}`}>
        <p class="uh-ig-title">At α = {at}: each token’s part of the slope</p>
        <ColouredText label={`Slope by token at α = ${at}`} lines={slopes} scale={linesScale(slopes)} />
        <ScoreLegend scale={linesScale(slopes)} />
      </section>
      <section aria-label="Integrated gradients by token">
        <p class="uh-ig-title">All the way: each token’s integrated gradient</p>
        <ColouredText label="Integrated gradients by token" lines={scores} scale={linesScale(scores)} />
        <ScoreLegend scale={linesScale(scores)} />
      </section>
    </div>
  );
}

/** How the figure's texts are laid. */
export function textOptions(state: IgState): TextOptions {
  return { place: state.shownQuestion.value.place ?? 0, words: state.words.value };
}
