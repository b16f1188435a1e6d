import { computed, type ReadonlySignal } from "@preact/signals";
import type { AnyTrace } from "../../../engine/model.ts";
import type { SwitchedText } from "../../views/figure/liveModels.ts";

/**
 * A live text with another run in the place of its own, while there is one: a sequence of tokens that no text stands for.
 * Its other parts are read from the text itself, so that they go on following the model that is chosen.
 *
 * @param isLive whether the run was made just now
 */
export function withRun(
  live: SwitchedText,
  run: ReadonlySignal<AnyTrace | null>,
  isLive?: ReadonlySignal<boolean>,
): SwitchedText {
  const trace = computed(() => run.value ?? live.trace.value);
  return Object.create(live, { trace: { value: trace }, ...(isLive && { live: { value: isLive } }) }) as SwitchedText;
}
