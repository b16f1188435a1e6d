import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { DEFAULT_CHOICE } from "../../../../../src/components/views/attention/choice.ts";
import { createLiveText } from "../../../../../src/components/views/figure/liveText.ts";
import type { FigureEvidence, FigureMark } from "../../../../../src/components/views/figure/types.ts";
import { headViewState } from "../../../../../src/components/widgets/head-view/state.ts";
import { fakeClient } from "../../../../helpers/fakeClient.ts";
import { smallTrace } from "../../../../helpers/traces.ts";

function made(heads: readonly number[] = [0, 1, 2]) {
  const live = createLiveText({ client: fakeClient().client, channel: "h", stored: smallTrace() });
  const evidence = signal<FigureEvidence | null>(null);
  const mark = signal<FigureMark | null>(null);
  const defaults = { ...DEFAULT_CHOICE, heads };
  return { state: headViewState({ id: "h", live, defaults, evidence, mark }), evidence, mark };
}

describe("head view", () => {
  it("toggles heads, shows one alone, and shows all again", () => {
    const { state } = made();
    state.toggle(1);
    expect(state.choice.value.heads).toEqual([0, 2]);
    state.solo(1);
    expect(state.choice.value.heads).toEqual([1]);
    state.solo(1);
    expect(state.choice.value.heads).toEqual([0, 1, 2]);
    state.jump(1, 2);
    expect(state.choice.value).toMatchObject({ layer: 1, heads: [2] });
  });

  it("says what the numbers of several heads are, and which attention is shown instead of the first", () => {
    const { state } = made();
    expect(state.note.value).toContain("Numbers: largest of the heads shown.");
    expect(state.departure.value).toBeNull();
    state.solo(1);
    state.patch({ kind: "decoder" });
    expect(state.note.value ?? "").not.toContain("largest");
    expect(state.departure.value).toBe("the decoder’s self-attention");
  });

  it("publishes the head that is shown alone, null while several or none are", () => {
    const { state, evidence } = made();
    state.connect();
    expect(evidence.value?.focus).toBeNull();
    state.solo(2);
    expect(evidence.value?.focus).toEqual({ kind: "cross", layer: 0, head: 2 });
    state.toggle(2);
    expect(evidence.value?.focus).toBeNull();
  });

  it("publishes the crossings of the head that it starts with, and what the head shown alone spends aside", () => {
    const { state, evidence } = made([1]);
    state.connect();
    const before = evidence.value?.numbers;
    expect(before).toHaveProperty("crossings");
    state.solo(2);
    expect(evidence.value?.numbers?.crossings).toBe(before?.crossings);
    expect(evidence.value?.numbers).not.toEqual(before);
    state.toggle(0);
    expect(Object.keys(evidence.value?.numbers ?? {})).toEqual(["crossings"]);
  });

  it("follows the pointer until a token is locked, and lets go on a second click or Escape", () => {
    const { state } = made();
    state.spot({ side: "row", index: 1 });
    expect(state.reading.value).toContain("while writing “chi”");
    state.lock({ side: "column", index: 2 });
    state.spot({ side: "row", index: 0 });
    expect(state.spotlight.value).toEqual({ side: "column", index: 2 });
    state.lock({ side: "column", index: 2 });
    expect(state.locked.value).toBe(false);
    state.lock({ side: "row", index: 2 });
    state.release();
    expect(state.spotlight.value).toBeNull();
  });

  it("drops a spotlight that is outside the tokens", () => {
    const { state } = made();
    state.lock({ side: "row", index: 3 });
    state.patch({ words: true, hideSpecial: true });
    expect(state.spotlight.value).toBeNull();
  });

  it("turns a mark's positions into places on the axes", () => {
    const { state, mark } = made();
    state.connect();
    mark.value = { head: { kind: "cross", layer: 1, head: 0 }, cells: [{ query: 2, key: 4 }], label: "x" };
    expect(state.markedCells.value).toEqual([{ row: 2, column: 4 }]);
    state.patch({ words: true });
    expect(state.markedCells.value).toEqual([{ row: 1, column: 4 }]);
    state.patch({ kind: "encoder" });
    expect(state.markedCells.value).toEqual([]);
  });
});
