import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FigureEvidence } from "../../../../../src/components/views/figure/types.ts";
import { readPatch } from "../../../../../src/components/widgets/patching/patchQuestion.ts";
import { patchingState } from "../../../../../src/components/widgets/patching/state.ts";
import { withState } from "../../../../../src/lib/urlState.ts";
import maryJohn from "../../../../../src/stored/attributions/mary-john.json";
import { storedPatching } from "../../../../../src/stored/checkFigures.ts";
import translator from "../../../../../src/stored/checks/patching-translator-en-fr.json";
import { aboutModel } from "../../../../../src/stored/models.ts";
import { fakeStudyClient } from "../../../../helpers/fakeStudyClient.ts";
import { decoder, french, patchedOf } from "./sample.ts";

function figure(absent = false) {
  const fake = fakeStudyClient(aboutModel("decoder-small").info);
  const other = fakeStudyClient(aboutModel("translator-en-fr").info);
  const counted: string[] = [];
  const tokenize = async (text: string) => {
    counted.push(text);
    return { ok: true, value: text.split(" ") } as never;
  };
  const evidence = signal<FigureEvidence | null>(null);
  const offers = [
    { client: { ...fake.client, tokenize }, absent, ...decoder },
    { client: { ...other.client, tokenize }, absent, ...french },
  ];
  return { ...fake, counted, evidence, state: patchingState({ id: "patching", offers, evidence }) };
}

it("a study is joined with a run of its own text alone", () => {
  expect(() => storedPatching(translator, maryJohn)).toThrow("not the text");
});

it("a question from a link takes what is sound", () => {
  const fields = new Map<string, unknown>([
    ["source", "Anna"],
    ["corrupted", 5],
    ["against", "x".repeat(10_000)],
    ["place", -2],
  ]);
  expect(readPatch(fields, decoder.first)).toEqual({ ...decoder.first, source: "Anna" });
});

describe("the state", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("starts with the stored pair", () => {
    const { state } = figure();
    expect(state.fields()).toBeNull();
    expect(state.offer.value.counts.value).toEqual({ clean: 15, corrupted: 15 });
    expect(state.reading.value).toContain("Most comes back");
  });

  it("says that two texts differ in their number of tokens, and runs nothing", async () => {
    const { state, asked, counted } = figure();
    const stop = state.connect();
    state.ask({ corrupted: "one two three" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(counted).toEqual(["one two three"]);
    expect(state.notice.value).toContain("the clean one has 15, the corrupted one 3.");
    expect(asked).toEqual([]);
    stop();
  });

  it("runs a pair that fits, and shows what comes of it", async () => {
    const { state, asked } = figure();
    const stop = state.connect();
    state.ask({ corrupted: Array.from({ length: 15 }, (_, at) => `w${at}`).join(" ") });
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked[0]?.request).toMatchObject({ source: decoder.first.source, watch: ["John"] });
    const { trace, study } = patchedOf(decoder);
    asked[0]?.answer({ ok: true, value: { ...trace, watched: [{ word: "John", id: 536 }] } });
    await vi.advanceTimersByTimeAsync(10);
    expect(asked[1]?.request).toMatchObject({
      job: "patching",
      corrupted: { source: expect.stringContaining("w14"), target: null },
      target: { row: 14, id: 388, against: 536, scale: "logit" },
    });
    asked[1]?.answer({ ok: true, value: { ...study, values: { clean: 2, corrupted: 1 } } });
    await vi.advanceTimersByTimeAsync(10);
    expect(state.offer.value.study.shown.value).toMatchObject({
      live: true,
      result: { study: { values: { clean: 2 } } },
    });
    expect(state.notice.value).toBeNull();
    stop();
  });

  it("keeps a pressed cell while another is pointed at, and in the link", () => {
    const { state, evidence } = figure();
    const stop = state.connect();
    state.picked.value = { side: "source", layer: 1, token: 10 };
    state.pointed.value = { side: "source", layer: 1, token: 14 };
    expect(state.reading.value).toContain("81 %");
    state.pointed.value = null;
    expect(state.reading.value).toContain("34 %");
    expect(evidence.value).toMatchObject({ figure: "patching", live: false });

    const other = figure();
    other.state.restore(new URL(withState("https://site.example/page/", "patching", state.fields())).search);
    expect(other.state.reading.value).toContain("34 %");
    other.state.reset();
    expect(other.state.fields()).toBeNull();
    stop();
  });

  it("drops what a link says of a cell that is none", () => {
    const { state } = figure();
    state.restore(
      new URL(withState("https://site.example/", "patching", { side: "source", layer: 99, token: -1 })).search,
    );
    expect(state.spot.value).toBeNull();
  });

  it("goes over to the other model", () => {
    const { state } = figure();
    state.chooseModel("translator-en-fr");
    expect(state.reading.value).toContain("Decoder: most comes back");
  });

  it("says what a copy without the model lacks", () => {
    const { state } = figure(true);
    const stop = state.connect();
    state.ask({ against: "" });
    expect(state.notice.value).toContain("cannot run the model");
    stop();
  });
});
