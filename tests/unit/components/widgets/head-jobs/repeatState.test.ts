import { signal } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";
import { liveModels } from "../../../../../src/components/views/figure/liveModels.ts";
import { createLiveText } from "../../../../../src/components/views/figure/liveText.ts";
import type { FigureEvidence } from "../../../../../src/components/views/figure/types.ts";
import { repeatState } from "../../../../../src/components/widgets/head-jobs/repeatState.ts";
import type { AnyTrace, RunRequest } from "../../../../../src/engine/model.ts";
import { encodeState } from "../../../../../src/lib/urlState.ts";
import { decodeTrace } from "../../../../../src/stored/format.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import repeat from "../../../../../src/stored/repeat-decoder.json";
import { fakeClient } from "../../../../helpers/fakeClient.ts";

const stored = decodeTrace(repeat);

function made() {
  const client = { ...fakeClient().client, modelInfo: aboutModel("decoder-small").info };
  const live = liveModels(new Map([["decoder-small", createLiveText({ client, channel: "w", stored })]]));
  const evidence = signal<FigureEvidence | null>(null);
  const asked: RunRequest[] = [];
  const trace = vi.fn(async (request: RunRequest) => {
    asked.push(request);
    return { ok: true as const, value: { ...stored, milliseconds: 5 } as AnyTrace };
  });
  return { state: repeatState({ id: "w", live, trace, evidence }), evidence, asked };
}

describe("the walk through a repeat", () => {
  it("starts with the induction head of the run", () => {
    const { state } = made();
    expect(state.chosen.value).toEqual({ kind: "decoder", layer: 1, head: 0 });
    expect(state.step.value).toBe("induction");
    state.show("previous");
    expect(state.chosen.value).toEqual({ kind: "decoder", layer: 0, head: 0 });
    state.patch({ layer: 3, heads: [3] });
    expect(state.step.value).toBeNull();
  });

  it("counts a token as known from the second one of the repeat on", () => {
    const { state } = made();
    const costs = state.costs.value;
    expect(costs.length).toBe(20);
    expect(costs.filter(({ known }) => known).map(({ at }) => at)).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(Math.max(...costs.filter(({ known }) => known).map(({ loss }) => loss))).toBeLessThan(0.1);
    expect(Math.min(...costs.filter(({ known }) => !known).map(({ loss }) => loss))).toBeGreaterThan(5);
    expect(state.reading.value).toContain("13.4 nats the first time round, 0.00 once the repeat is under way");
  });

  it("runs the tokens in another order, the same in both halves, each draw its own", async () => {
    const { state, asked, evidence } = made();
    const stop = state.connect();
    state.shuffle();
    await vi.waitFor(() => expect(state.status.value.shown).toBe("live"));
    state.shuffle();
    await vi.waitFor(() => expect(asked.length).toBe(2));
    const [first = [], second = []] = asked.map(({ ids }) => [...(ids ?? [])]);
    const before = stored.source.tokens.map(({ id }) => id);
    expect(first.slice(1, 11)).toEqual(first.slice(11));
    expect([...first].sort()).toEqual([...before].sort());
    expect(first).not.toEqual(before);
    expect(second).not.toEqual(first);
    expect(evidence.value).toMatchObject({ live: true, focus: { layer: 1, head: 0 } });
    expect(state.fields()).toMatchObject({ draw: 2 });
    state.reset();
    expect(state.status.value.shown).toBe("stored");
    expect(state.fields()).toBeNull();
    stop();
  });

  it("asks for the draw of a link, and holds it to its bounds", async () => {
    const { state, asked } = made();
    state.restore(`?w=${encodeState({ draw: 3, layer: 0, heads: [0] })}`);
    expect(state.notice.value).toContain("draw 3");
    expect(state.chosen.value).toMatchObject({ layer: 0, head: 0 });
    state.shuffle();
    await vi.waitFor(() => expect(asked.length).toBe(1));
    expect(state.fields()).toMatchObject({ draw: 3 });
    state.restore(`?w=${encodeState({ draw: 1e9 })}`);
    expect(state.fields()).toMatchObject({ draw: 999 });
    state.restore(`?w=${encodeState({ draw: "many" })}`);
    expect(state.fields()?.draw).toBeUndefined();
  });
});
