import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FigureEvidence } from "../../../../../src/components/views/figure/types.ts";
import { layerJson, layerTable } from "../../../../../src/components/widgets/layer-trace/exports.ts";
import { layerState } from "../../../../../src/components/widgets/layer-trace/state.ts";
import { withState } from "../../../../../src/lib/urlState.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import { fakeStudyClient } from "../../../../helpers/fakeStudyClient.ts";
import { sample } from "./sample.ts";

const [names, dog] = [sample("decoder"), sample("french")];

function figure(absent = false) {
  const fake = fakeStudyClient(aboutModel("decoder-small").info);
  const other = fakeStudyClient(aboutModel("translator-en-fr").info);
  const evidence = signal<FigureEvidence | null>(null);
  const offers = [
    { client: fake.client, absent, ...names },
    { client: other.client, absent, ...dog },
  ];
  return { ...fake, evidence, state: layerState({ id: "layers", offers, evidence }) };
}

describe("the state", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("goes over to another stored output at once", async () => {
    const { state, asked, evidence } = figure();
    const stop = state.connect();
    state.ask({ follow: "John" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([]);
    expect(state.row.value.output).toBe("John");
    expect(state.reading.value).toContain("strongest at “went”");
    expect(evidence.value?.numbers?.value).toBeCloseTo(5.52, 2);
    stop();
  });

  it("asks for one run and three studies, and tells how far all are", async () => {
    const { state, asked } = figure();
    const stop = state.connect();
    state.ask({ source: "Mary gave to" });
    await vi.advanceTimersByTimeAsync(1000);
    asked[0]?.answer({ ok: true, value: names.answer.trace });
    await vi.advanceTimersByTimeAsync(10);
    const methods = ["layers", "attention", "rollout"] as const;
    for (const [at, method] of methods.entries()) {
      expect(asked[at + 1]?.request).toMatchObject({ job: "attribution", targets: [{ id: 388 }] });
      asked[at + 1]?.tell({ done: 1, total: 2 });
      expect(state.offer.value.study.progress.value).toEqual({ done: 2 * at + 1, total: 6 });
      asked[at + 1]?.answer({ ok: true, value: names.answer[method] });
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(state.offer.value.study.shown.value.live).toBe(true);
    stop();
  });

  it("comes back from a link, and goes back to where it was", () => {
    const { state } = figure();
    state.chooseModel("translator-en-fr");
    state.ask({ place: 2 });
    state.draw({ measure: "score", by: "all", words: true });
    const again = figure().state;
    again.restore(new URL(withState("https://site.example/page/", "layers", state.fields())).search);
    expect(again.row.value.output).toBe("brun");
    expect(again.view.value).toEqual({ measure: "score", by: "all", words: true });
    again.reset();
    expect(again.fields()).toBeNull();
  });

  it("gives every state and both texts away", () => {
    const { state } = figure();
    const table = layerTable(state);
    expect(table.rows).toBe(5 * 15 + 2 * 15);
    expect(table.row(0)).toEqual(["state", "source", 0, 1, "<|endoftext|>", expect.any(Number), expect.any(Number)]);
    expect(table.row(75)[0]).toBe("attention × gradient, percent");
    expect(JSON.stringify(layerJson(state))).toContain('"layer-input-x-gradient"');
  });

  it("says what a copy without the model lacks", () => {
    const { state } = figure(true);
    const stop = state.connect();
    state.ask({ source: "Anna" });
    expect(state.notice.value).toContain("cannot run the model");
    stop();
  });
});
