import { signal } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";
import type { PlotName } from "../../../../../src/components/plots/data.ts";
import type { HeadsRequest, StudyClient } from "../../../../../src/components/widgets/numbers/liveStudy.ts";
import { jsonOf, numbersState } from "../../../../../src/components/widgets/numbers/state.ts";
import type { HeadStudy, StudyProgress } from "../../../../../src/engine/study.ts";
import { failure } from "../../../../../src/lib/failure.ts";
import { encodeState } from "../../../../../src/lib/urlState.ts";
import { fakeClient } from "../../../../helpers/fakeClient.ts";
import { BESIDE, numbersOfModel, storedViews } from "../../../../helpers/headStudies.ts";

interface Asked {
  readonly request: HeadsRequest;
  readonly channel: string;
  readonly onProgress: (progress: StudyProgress) => void;
  readonly answer: (answer: Awaited<ReturnType<StudyClient["study"]>>) => void;
}

function made(plot: PlotName, present = ["encoder-minilm", "translator-en-fr"]) {
  const { client, status } = fakeClient();
  const asked: Asked[] = [];
  const cancelStudy = vi.fn();
  const studyClient: StudyClient = {
    ...client,
    devicePreference: signal<"auto" | "wasm" | "webgpu">("auto"),
    cancelStudy,
    study: (request, channel, onProgress) =>
      new Promise((answer) => asked.push({ request, channel, onProgress, answer })),
  };
  const views = storedViews(plot);
  const state = numbersState({ id: "n", plot, views, beside: BESIDE, clientOf: () => studyClient, present });
  return { state, views, asked, status, cancelStudy };
}

const link = (fields: Record<string, unknown>) => `?n=${encodeState(fields)}`;

describe("a figure of numbers", () => {
  it("starts with the first view, stored, and asks for nothing", () => {
    const { state, views, asked } = made("spread");
    expect(state.view.value).toBe(views[0]);
    expect(state.first.value).toBe(true);
    expect(state.status.value).toMatchObject({ shown: "stored", phase: "idle", absent: false });
    expect(state.reading.value).toMatch(/^72 heads over 200 sentences\. Lowest entropy: layer 1, head 3, 0\.00 nats/);
    expect(state.fields()).toBeNull();
    expect(state.departure.value).toBeNull();
    expect(asked).toEqual([]);
  });

  it("reads what is pointed at, else what was chosen", () => {
    const { state } = made("spread");
    state.choose(2);
    expect(state.reading.value).toMatch(/^Layer 1, head 3: entropy 0\.00 .* nats, 1\.00 /);
    expect(state.chosen.value).toEqual({ kind: "encoder", layer: 0, head: 2 });
    state.point(12);
    expect(state.reading.value).toMatch(/^Layer 2, head 1:/);
    expect(state.chosen.value).toMatchObject({ layer: 0, head: 2 });
    state.point(null);
    expect(state.at.value).toBe(2);
    state.choose(null);
    expect(state.chosen.value).toBeNull();
  });

  it("offers the parts that a model has, and goes over to another model without loading it", () => {
    const { state, asked } = made("special");
    expect(state.parts.value).toEqual(["encoder"]);
    state.choose(5);
    state.chooseModel("translator-en-fr");
    expect(state.parts.value).toEqual(["encoder", "decoder", "cross"]);
    expect(state.at.value).toBeNull();
    expect(state.departure.value).toBe("Translator, English to French, encoder");
    state.choosePart("cross");
    expect(state.view.value).toMatchObject({ model: "translator-en-fr", part: "cross" });
    expect(state.departure.value).toBe("Translator, English to French, cross-attention");
    expect(state.first.value).toBe(false);
    expect(asked).toEqual([]);
  });

  it("keeps its state in the address, and takes it back", () => {
    const { state } = made("special");
    state.chooseModel("translator-en-fr");
    state.choosePart("cross");
    state.choose(4);
    const fields = state.fields();
    expect(fields).toEqual({ model: "translator-en-fr", part: "cross", at: 4 });
    const other = made("special").state;
    other.restore(link(fields ?? {}));
    expect(other.fields()).toEqual(fields);
    expect(other.notice.value).toBeNull();
    other.reset();
    expect(other.fields()).toBeNull();
  });

  it.each([
    [{ model: "gpt-5", part: "encoder", at: 1 }],
    [{ model: "encoder-minilm", part: "cross", at: 1 }],
    [{ model: "encoder-minilm", part: "encoder", at: -1 }],
    [{ model: "encoder-minilm", part: "encoder", at: "<img>" }],
  ])("says what of a link it did not understand: %j", (fields) => {
    const { state } = made("special");
    state.restore(link(fields));
    expect(state.notice.value).toMatch(/not understood/);
    expect(state.view.value.model).toBe("encoder-minilm");
  });

  it("holds a place to what is there", () => {
    const { state } = made("special");
    state.restore(link({ model: "encoder-minilm", part: "encoder", at: 5000 }));
    expect(state.at.value).toBeNull();
    expect(state.reading.value).toMatch(/^72 heads/);
  });

  it("refuses a damaged link", () => {
    const { state } = made("special");
    state.restore("?n=1.%%%");
    expect(state.notice.value).toMatch(/not used/);
  });

  it("gives the numbers away as JSON", () => {
    const [view] = made("alignment").views;
    if (!view) throw new Error("nothing is stored");
    expect(jsonOf(view)).toMatchObject({ model: "translator-en-fr", part: "cross", sentences: 200, plot: "alignment" });
  });
});

describe("a study that a reader runs", () => {
  async function started(plot: PlotName) {
    const all = made(plot);
    all.state.actions.run();
    await vi.waitFor(() => expect(all.asked).toHaveLength(1));
    const [first] = all.asked;
    if (!first) throw new Error("nothing was asked for");
    all.status.value = { ...all.status.value, phase: "live", device: "wasm" };
    return { ...all, first };
  }

  it("counts sentences, then shows what came out, with its cost", async () => {
    const { state, first } = await started("spread");
    expect(first).toMatchObject({ channel: "n", request: { job: "heads", corpus: { kind: "treebank", count: 200 } } });
    first.onProgress({ done: 3, total: 200 });
    expect(state.status.value).toMatchObject({
      phase: "loading",
      shown: "stored",
      stage: "sentence 3 of 200",
      progress: { loaded: 3, total: 200 },
    });
    const study: HeadStudy = { ...numbersOfModel("encoder-minilm").study, sentences: 7 };
    first.answer({ ok: true, value: study });
    await vi.waitFor(() => expect(state.status.value.shown).toBe("live"));
    expect(state.view.value.sentences).toBe(7);
    expect(state.cost.value?.runs).toBe(200);
    state.reset();
    expect(state.status.value.shown).toBe("stored");
    expect(state.cost.value).toBeNull();
  });

  it("compares heads for the plots that need it, and reads pairs for alignment", async () => {
    expect((await started("map")).first.request).toMatchObject({
      pairs: true,
      corpus: { kind: "treebank", count: 50 },
    });
    const { request } = (await started("alignment")).first;
    expect(request.corpus).toMatchObject({ kind: "texts" });
    if (request.corpus.kind !== "texts") throw new Error("texts were expected");
    expect(request.corpus.texts).toHaveLength(200);
    expect(request.corpus.texts[0]).toMatchObject({ source: "Translate to French: This umbrella is red." });
  });

  it("is stopped, and a late answer no longer counts", async () => {
    const { state, first, cancelStudy } = await started("spread");
    first.onProgress({ done: 3, total: 200 });
    state.actions.cancel();
    expect(cancelStudy).toHaveBeenCalledWith("n");
    expect(state.status.value).toMatchObject({ phase: "ready", shown: "stored" });
    first.answer({ ok: true, value: numbersOfModel("encoder-minilm").study });
    await Promise.resolve();
    expect(state.status.value.shown).toBe("stored");
  });

  it("says what failed, and tries again", async () => {
    const { state, first, asked } = await started("spread");
    first.answer({ ok: false, failure: failure("network", "The treebank could not be fetched.") });
    await vi.waitFor(() => expect(state.status.value.phase).toBe("failed"));
    expect(state.status.value.failure?.message).toMatch(/treebank/);
    state.actions.act("retry");
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(state.status.value.failure).toBeNull();
  });

  it("is not offered where the model is absent", () => {
    const { state } = made("spread", ["encoder-minilm"]);
    expect(state.placeOf("translator-en-fr")).toBe("absent");
    expect(state.placeOf("encoder-minilm")).toBe("away");
    state.chooseModel("translator-en-fr");
    expect(state.status.value.absent).toBe(true);
  });
});
