import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FigureEvidence } from "../../../../../src/components/views/figure/types.ts";
import { plainQuestion } from "../../../../../src/components/widgets/nudge/askNudge.ts";
import { directionOf, readNudge } from "../../../../../src/components/widgets/nudge/nudgeQuestion.ts";
import { nudgeState } from "../../../../../src/components/widgets/nudge/state.ts";
import type { AnyTrace, ModelInfo } from "../../../../../src/engine/model.ts";
import { withState } from "../../../../../src/lib/urlState.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import { storedNudge } from "../../../../../src/stored/nudge.ts";
import { fakeStudyClient } from "../../../../helpers/fakeStudyClient.ts";
import { answers, STEEPEST, stored, studyOf, TOWARDS } from "./sample.ts";

const { first } = answers;
const info: ModelInfo = aboutModel("decoder-small").info;

function figure(absent = false) {
  const fake = fakeStudyClient(info);
  const evidence = signal<FigureEvidence | null>(null);
  const run = vi.fn(async () => ({ model: "stored" }) as unknown as AnyTrace);
  const offers = [{ client: fake.client, absent, first, stored: answers.find }];
  return { ...fake, evidence, state: nudgeState({ id: "nudge", offers, run, evidence }) };
}

describe("storedNudge", () => {
  it("gives a stored move back, its places spread over the reach", () => {
    const study = storedNudge(stored, TOWARDS);
    expect([...(study?.shares ?? [])]).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(study?.towards?.piece).toBe("▁John");
    expect(storedNudge(stored, { ...STEEPEST, word: "unused", seed: 7 })?.slope).toBe(0.5);
    expect(storedNudge(stored, { ...TOWARDS, word: "Anna" })).toBeNull();
    expect(storedNudge(stored, { ...TOWARDS, reach: 0.1 })).toBeNull();
  });

  it("refuses another format", () => {
    expect(() => storedNudge({ ...stored, version: 0 }, TOWARDS)).toThrow("store:nudge");
  });
});

describe("a question from a link", () => {
  it("takes what is sound and keeps the rest", () => {
    const fields = new Map<string, unknown>([
      ["way", "random"],
      ["seed", 12],
      ["token", 3],
      ["side", "elsewhere"],
      ["reach", 0.1],
      ["scale", 5],
      ["word", "x".repeat(1000)],
      ["place", -1],
    ]);
    expect(readNudge(fields, first)).toEqual({ ...first, way: "random", seed: 12, token: 3, reach: 0.1 });
  });

  it("holds numbers to their bounds", () => {
    expect(readNudge(new Map<string, unknown>([["token", 1e9]]), first).token).toBe(512);
  });
});

it("a way uses only what belongs to it", () => {
  expect(plainQuestion({ ...first, way: "gradient", seed: 9 })).toMatchObject({ word: "", seed: 1 });
  expect(plainQuestion({ ...first, way: "random", seed: 9 })).toMatchObject({ word: "", seed: 9 });
  expect(directionOf(first)).toEqual({ kind: "word", word: "John" });
  expect(directionOf({ ...first, way: "random", seed: 9 })).toEqual({ kind: "random", seed: 9 });
});

describe("the state", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("starts with the stored nudge, half of the way along", () => {
    const { state } = figure();
    expect(state.point.value).toEqual({ share: 0.5, model: 9.75, line: 10.25 });
    expect(state.reading.value).toContain("50 % of the way to “John”");
    expect(state.fields()).toBeNull();
  });

  it("shows another stored token at once, and runs one that is not stored", async () => {
    const { state, asked } = figure();
    const stop = state.connect();
    state.ask({ token: 2, way: "gradient" });
    expect(state.offer.value.study.shown.value.result.study.token.place).toBe(2);
    expect(asked).toEqual([]);
    state.ask({ token: 3 });
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toHaveLength(1);
    stop();
  });

  it("waits for a word before it runs", async () => {
    const { state, asked } = figure();
    const stop = state.connect();
    state.ask({ word: "" });
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toEqual([]);
    expect(state.notice.value).toBe("Type a word to move towards.");
    stop();
  });

  it("asks for the token that is followed and shows what comes of it", async () => {
    const { state, asked } = figure();
    const stop = state.connect();
    state.ask({ word: "Anna" });
    await vi.advanceTimersByTimeAsync(500);
    const trace = {
      source: { text: "Mary gave to", tokens: stored.source },
      target: null,
      predictions: [[], [], [], [{ id: 388, piece: "▁Mary", probability: 1 }]],
      watched: [],
    };
    asked[0]?.answer({ ok: true, value: trace });
    await vi.advanceTimersByTimeAsync(10);
    expect(asked[1]?.request).toMatchObject({
      job: "nudge",
      token: { side: "source", place: 1 },
      direction: { kind: "word", word: "Anna" },
      target: { kind: "token", row: 3, id: 388, scale: "logit" },
      reach: 1,
    });
    asked[1]?.answer({ ok: true, value: { ...studyOf(), slope: 0.75 } });
    await vi.advanceTimersByTimeAsync(10);
    expect(state.point.value.line).toBe(10.375);
    stop();
  });

  it("tells exercises what is stored at first", async () => {
    const { state, evidence } = figure();
    const stop = state.connect();
    await vi.advanceTimersByTimeAsync(10);
    expect(evidence.value).toMatchObject({ figure: "nudge", live: false, numbers: { turns: 1, apart: 1.5 } });
    stop();
  });

  it("comes back from a link without a run, and goes back to where it was", async () => {
    const { state, asked } = figure();
    state.ask({ token: 3, way: "gradient" });
    state.at.value = -0.25;
    const address = withState("https://site.example/page/", "nudge", state.fields());
    const other = figure();
    other.state.restore(new URL(address).search);
    const stop = other.state.connect();
    await vi.advanceTimersByTimeAsync(500);
    expect(other.state.offer.value.chosen.value).toMatchObject({ token: 3, way: "gradient" });
    expect(other.state.at.value).toBe(-0.25);
    expect([...asked, ...other.asked]).toEqual([]);
    expect(other.state.notice.value).toContain("the nudge before");
    other.state.reset();
    expect(other.state.fields()).toBeNull();
    stop();
  });

  it("says what a copy without the model lacks", () => {
    const { state } = figure(true);
    const stop = state.connect();
    state.ask({ token: 3, way: "gradient" });
    expect(state.notice.value).toContain("cannot run the model");
    stop();
  });
});
