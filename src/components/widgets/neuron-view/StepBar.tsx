import { ALL_STEPS } from "./place.ts";
import type { NeuronState } from "./state.ts";

/** Unfolds the steps one after another, or all of them. */
export function StepBar(props: { readonly state: NeuronState }) {
  const { state } = props;
  const { open } = state.place.value;
  const all = open === ALL_STEPS;
  return (
    <div class="uh-stepbar">
      <button type="button" class="uh-button" disabled={open === 1} onClick={() => state.unfold(1)}>
        From the start
      </button>
      <button type="button" class="uh-button" data-main disabled={all} onClick={() => state.unfold(open + 1)}>
        Next step
      </button>
      <button type="button" class="uh-button" disabled={all} onClick={() => state.unfold(ALL_STEPS)}>
        All steps
      </button>
      <span class="uh-stepbar-count">
        Step {open} of {ALL_STEPS}
      </span>
    </div>
  );
}
