import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveModels } from "../../../../../src/components/views/figure/liveModels.ts";
import { createLiveText } from "../../../../../src/components/views/figure/liveText.ts";
import type { FigureEvidence } from "../../../../../src/components/views/figure/types.ts";
import { maskJson, maskScene, maskTable } from "../../../../../src/components/widgets/three-kinds/exports.ts";
import { kindsState } from "../../../../../src/components/widgets/three-kinds/state.ts";
import type { AnyTrace } from "../../../../../src/engine/model.ts";
import { encodeState } from "../../../../../src/lib/urlState.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import { fakeClient } from "../../../../helpers/fakeClient.ts";
import { smallTextTrace, smallTrace } from "../../../../helpers/traces.ts";

const RUNS: readonly (readonly [string, AnyTrace])[] = [
  ["encoder-minilm", smallTextTrace("encoder")],
  ["decoder-small", smallTextTrace("decoder")],
  ["smollm2-135m", smallTextTrace("decoder")],
  ["translator-en-fr", smallTrace()],
];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function made() {
  const clients = RUNS.map(() => fakeClient());
  const evidence = signal<FigureEvidence | null>(null);
  const lives = RUNS.map(([id, stored], at) => {
    const client = { ...(clients[at] ?? fakeClient()).client, modelInfo: aboutModel(id).info };
    return [id, createLiveText({ client, channel: "k", stored, absent: id === "smollm2-135m" })] as const;
  });
  const models = RUNS.map(([id]) => aboutModel(id).info);
  const starts = { "translator-en-fr": { layer: 1, head: 2 } };
  const state = kindsState({ id: "k", live: liveModels(new Map(lives)), models, starts, evidence });
  return { state, evidence, asked: () => clients.flatMap(({ asked }) => asked) };
}

describe("three kinds", () => {
  it("goes through the kinds of transformers, each with its own attention, and loads nothing", async () => {
    const { state, asked } = made();
    state.live.follow();
    const seen = (["encoder", "decoder", "encoder-decoder"] as const).map((family) => {
      state.chooseFamily(family);
      return [state.model.value.id, state.picture.value.kind, state.picture.value.lone];
    });
    await vi.advanceTimersByTimeAsync(500);
    expect(seen).toEqual([
      ["encoder-minilm", "encoder", true],
      ["decoder-small", "decoder", true],
      ["translator-en-fr", "cross", false],
    ]);
    expect(asked()).toEqual([]);
  });

  it("comes back to the model of a kind that was chosen last", () => {
    const { state } = made();
    state.chooseFamily("decoder");
    state.chooseModel("smollm2-135m");
    expect(state.live.models.placeOf("smollm2-135m")).toBe("absent");
    expect(state.live.models.placeOf("decoder-small")).toBe("away");
    state.chooseFamily("encoder");
    state.chooseFamily("decoder");
    expect(state.model.value.id).toBe("smollm2-135m");
    state.reset();
    state.chooseFamily("decoder");
    expect(state.model.value.id).toBe("decoder-small");
  });

  it("starts each model at the head that it is given", () => {
    const { state } = made();
    state.patch({ layer: 1, heads: [1] });
    state.chooseFamily("encoder-decoder");
    expect(state.place.value).toEqual({ layer: 1, head: 2 });
    state.chooseFamily("encoder");
    expect(state.place.value).toEqual({ layer: 0, head: 0 });
  });

  it("shows a block’s attention, and none that the model lacks", () => {
    const { state } = made();
    state.chooseKind("cross");
    expect(state.picture.value.kind).toBe("encoder");
    state.chooseFamily("encoder-decoder");
    state.chooseKind("decoder");
    expect(state.picture.value.kind).toBe("decoder");
  });

  it("says why a cell is forbidden, and an allowed cell its weight", () => {
    const { state } = made();
    expect(state.reading.value).toBe("The self-attention: all 36 cells are allowed; the mask forbids nothing here.");
    state.point({ row: 1, column: 5 });
    expect(state.reading.value).toMatch(
      /from “The” it looks at “ran” with weight 0\.\d\d\. It looks ahead: in an encoder it may/,
    );
    state.chooseFamily("decoder");
    expect(state.reading.value).toContain(
      "21 of 36 cells are allowed; the mask forbids 15, what lies ahead of each row.",
    );
    state.point({ row: 3, column: 5 });
    expect(state.reading.value).toMatch(
      /^“do” may not look at “ran”: the decoder writes from left to right, and when it reads “do”, “ran” does not exist yet\./,
    );
    state.point({ row: 2, column: 1 });
    expect(state.reading.value).toContain("having read “brown”, the model looks back at “The” with weight");
    expect(state.reading.value).toContain("It may look at the 3 tokens up to itself");
  });

  it("draws places that fill up as forbidden in every kind", () => {
    const { state } = made();
    state.padding.value = true;
    state.point({ row: 0, column: 7 });
    expect(state.reading.value).toMatch(/^“<s>” may not look at “\[PAD\]”: this place only fills up/);
    state.point(null);
    expect(state.reading.value).toContain(
      "36 of 48 cells are allowed; the mask forbids 12, the places that fill up the text.",
    );
  });

  it("holds a cell while the pointer is elsewhere, and lets go on a second click or with another model", () => {
    const { state } = made();
    state.hold({ row: 1, column: 2 });
    state.point({ row: 0, column: 0 });
    expect(state.cell.value).toEqual({ row: 0, column: 0 });
    state.point(null);
    expect(state.cell.value).toEqual({ row: 1, column: 2 });
    state.hold({ row: 1, column: 2 });
    expect(state.cell.value).toBeNull();
    state.hold({ row: 5, column: 5 });
    state.chooseFamily("encoder-decoder");
    expect(state.cell.value).toBeNull();
  });

  it("publishes the head shown, of whichever model", () => {
    const { state, evidence } = made();
    const stop = state.connect();
    state.chooseFamily("decoder");
    state.patch({ layer: 1, heads: [2] });
    expect(evidence.value?.focus).toEqual({ kind: "decoder", layer: 1, head: 2 });
    expect(evidence.value?.trace.target).toBeNull();
    stop();
  });

  it("keeps model, place and padding in its link", () => {
    const { state } = made();
    expect(state.fields()).toBeNull();
    state.padding.value = true;
    state.chooseFamily("decoder");
    state.patch({ layer: 1, heads: [1] });
    const fields = state.fields() ?? {};
    expect(fields).toMatchObject({ model: "decoder-small", padding: true, layer: 1, heads: [1] });
    const other = made().state;
    other.restore(`?${new URLSearchParams({ k: encodeState(fields) })}`);
    expect([other.model.value.id, other.padding.value, other.place.value]).toEqual([
      "decoder-small",
      true,
      { layer: 1, head: 1 },
    ]);
    expect(other.notice.value).toBeNull();
  });

  it("gives away its numbers with what the mask says of them", async () => {
    const { state } = made();
    state.chooseFamily("decoder");
    const table = maskTable(state.picture.value, state.place.value);
    expect(table.columns.at(-1)).toBe("mask");
    expect(table.row(1)).toEqual([1, "<s>", 2, "The", 0, "forbidden: future"]);
    expect(table.row(6).at(-1)).toBe("allowed");
    expect(await maskJson(state.live.trace.value, state.picture.value, state.place.value)).toMatchObject({
      target: null,
      forbidden: [
        [0, 1, 1, 1, 1, 1],
        expect.anything(),
        expect.anything(),
        expect.anything(),
        expect.anything(),
        [0, 0, 0, 0, 0, 0],
      ],
    });
    const scene = await maskScene("T", state.reading.value, "GPT", state.picture.value, state.place.value);
    expect(scene.shapes).toContainEqual(expect.objectContaining({ text: "GPT: layer 1, head 1" }));
  });
});
