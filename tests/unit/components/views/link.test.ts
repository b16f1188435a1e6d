import { signal } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";
import { attentionFigure } from "../../../../src/components/views/attention/attentionFigure.ts";
import { DEFAULT_CHOICE } from "../../../../src/components/views/attention/choice.ts";
import { readLink } from "../../../../src/components/views/attention/link.ts";
import { liveModels } from "../../../../src/components/views/figure/liveModels.ts";
import { createLiveText, type LiveText } from "../../../../src/components/views/figure/liveText.ts";
import type { FigureEvidence, FigureMark } from "../../../../src/components/views/figure/types.ts";
import type { AnyTrace } from "../../../../src/engine/model.ts";
import { encodeState } from "../../../../src/lib/urlState.ts";
import { fakeClient } from "../../../helpers/fakeClient.ts";
import { smallTextTrace, smallTrace } from "../../../helpers/traces.ts";

const STORED = "Translate: The brown dog ran";
const search = (fields: Record<string, unknown>) => `?${new URLSearchParams({ heads: encodeState(fields) })}`;

function figure(more: { evidence?: FigureEvidence | null; mark?: FigureMark | null } = {}) {
  const { client, asked } = fakeClient();
  const live = createLiveText({ client, channel: "heads", stored: smallTrace() });
  const evidence = signal<FigureEvidence | null>(null);
  const mark = signal<FigureMark | null>(more.mark ?? null);
  const made = attentionFigure({ id: "heads", live, defaults: DEFAULT_CHOICE, focus: () => null, evidence, mark });
  return { made, live, asked, evidence, mark };
}

describe("a link", () => {
  it("brings back what it was made from", () => {
    const { made, live } = figure();
    made.patch({ kind: "encoder", layer: 1, heads: [0, 2], words: true });
    live.source.value = "Bonjour \u{1f469}\u200d\u{1f467}";
    live.target.value = "typed";
    const other = figure();
    other.made.restore(search(made.fields() ?? {}));
    expect(other.made.choice.value).toEqual(made.choice.value);
    expect([other.live.source.value, other.live.target.value]).toEqual(["Bonjour \u{1f469}\u200d\u{1f467}", "typed"]);
    expect(other.made.notice.value).toMatch(/still shows/);
  });

  it("is empty while nothing differs from how the figure starts", () => {
    const { made } = figure();
    expect(made.fields()).toBeNull();
    made.patch({ words: true });
    expect(made.fields()).toMatchObject({ words: true, source: STORED, target: null });
    made.reset();
    expect(made.fields()).toBeNull();
  });

  it("never makes the model load", async () => {
    vi.useFakeTimers();
    const { made, live, asked } = figure();
    live.follow();
    made.restore(search({ source: "another text", target: null }));
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toHaveLength(0);
    vi.useRealTimers();
  });

  it("says what it did not understand, and uses the rest", () => {
    const link = readLink(search({ layer: 1, model: "evil/host", source: 3 }), "heads", DEFAULT_CHOICE);
    expect(link).toMatchObject({ choice: { layer: 1 }, text: null, notice: expect.stringContaining("not understood") });
    const refused = readLink("?heads=1.%%%", "heads", DEFAULT_CHOICE);
    expect(refused).toMatchObject({ choice: DEFAULT_CHOICE, text: null, notice: expect.stringContaining("damaged") });
    expect(readLink(search({ source: "x".repeat(9000) }), "heads", DEFAULT_CHOICE).text).toBeNull();
  });
});

describe("an attention figure", () => {
  it("holds the choice to what the trace has", () => {
    const { made } = figure();
    made.patch({ layer: 99, heads: [0, 42] });
    expect(made.choice.value).toMatchObject({ layer: 1, heads: [0] });
  });

  it("keeps its picture while only layer or heads change", () => {
    const { made } = figure();
    const before = made.picture.value;
    made.patch({ layer: 1, heads: [2] });
    expect(made.picture.value).toBe(before);
    made.patch({ words: true });
    expect(made.picture.value).not.toBe(before);
  });

  it("publishes what it shows, and follows a mark", () => {
    const { made, evidence, mark } = figure();
    made.patch({ hideSpecial: true });
    const stop = made.connect();
    expect(evidence.value).toMatchObject({ figure: "heads", live: false, focus: null });
    mark.value = { head: { kind: "decoder", layer: 1, head: 2 }, cells: [{ query: 1, key: 0 }], label: "here" };
    expect(made.choice.value).toMatchObject({ kind: "decoder", layer: 1, heads: [2], hideSpecial: false });
    stop();
    mark.value = { head: { kind: "encoder", layer: 0, head: 0 }, label: "gone" };
    expect(made.choice.value.kind).toBe("decoder");
  });
});

describe("a figure with several models", () => {
  function switched() {
    const { client, asked } = fakeClient();
    const text = (stored: AnyTrace) => createLiveText({ client, channel: "heads", stored });
    const models: [string, LiveText][] = [
      ["both", text(smallTrace())],
      ["alone", text(smallTextTrace("decoder"))],
    ];
    const live = liveModels(new Map(models));
    return { made: attentionFigure({ id: "heads", live, defaults: DEFAULT_CHOICE, focus: () => null }), live, asked };
  }

  it("names the model in its link, and goes back to it", () => {
    const { made, live } = switched();
    expect(made.fields()).toBeNull();
    live.models.choose("alone");
    expect(made.fields()).toMatchObject({ model: "alone", kind: "decoder" });
    const other = switched();
    other.made.restore(search({ ...made.fields() }));
    expect(other.live.models.chosen.value).toBe("alone");
    expect(other.made.picture.value.lone).toBe(true);
    expect(other.asked).toEqual([]);
  });

  it("does not take a model that it does not offer", () => {
    const { made, live } = switched();
    made.restore(search({ model: "evil/host" }));
    expect(live.models.chosen.value).toBe("both");
    expect(made.notice.value).toContain("not understood");
  });
});
