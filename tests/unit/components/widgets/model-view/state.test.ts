import { describe, expect, it } from "vitest";
import { DEFAULT_CHOICE } from "../../../../../src/components/views/attention/choice.ts";
import { createLiveText } from "../../../../../src/components/views/figure/liveText.ts";
import { modelViewState } from "../../../../../src/components/widgets/model-view/state.ts";
import { fakeClient } from "../../../../helpers/fakeClient.ts";
import { smallTrace } from "../../../../helpers/traces.ts";

function made() {
  const live = createLiveText({ client: fakeClient().client, channel: "m", stored: smallTrace() });
  return modelViewState({ id: "m", live, defaults: DEFAULT_CHOICE });
}

describe("model view", () => {
  it("previews a head and goes back to the chosen one", () => {
    const state = made();
    state.preview({ layer: 1, head: 2 });
    expect(state.place.value).toEqual({ layer: 1, head: 2 });
    state.preview(null);
    expect(state.place.value).toEqual({ layer: 0, head: 0 });
    state.pick(1, 1);
    expect(state.place.value).toEqual({ layer: 1, head: 1 });
    state.preview({ layer: 9, head: 9 });
    expect(state.place.value).toEqual({ layer: 1, head: 1 });
  });

  it("reads the cell under the pointer with its weight", () => {
    const state = made();
    state.pick(0, 1);
    state.cell.value = { row: 1, column: 2 };
    expect(state.reading.value).toBe(
      "Layer 1, head 2 of the cross-attention: while writing “chi” the model looks at “The” with weight 0.60.",
    );
    state.cell.value = { row: 99, column: 0 };
    expect(state.reading.value).toContain("looks most at");
  });
});
