import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FigureEvidence } from "../../../../../src/components/views/figure/types.ts";
import { createWalk, type WalkClient } from "../../../../../src/components/widgets/output-walk/state.ts";
import { encodeState } from "../../../../../src/lib/urlState.ts";
import type { TraceRequest } from "../../../../../src/workers/api.ts";
import { FULL, SAMPLE } from "./sample.ts";

const asked: TraceRequest[] = [];

/** A client that answers every request with the sample, large numbers only where they are asked for. */
function fakeClient(): WalkClient {
  return {
    modelStatus: signal({ phase: "live", progress: null, device: "wasm", notices: [], failure: null }),
    devicePreference: signal("auto"),
    modelInfo: {
      id: "sample",
      family: "encoder-decoder",
      name: "Sample",
      architecture: "T5",
      layers: { encoder: 2, decoder: 2 },
      heads: 2,
      width: 5,
      headWidth: 2,
      vocabulary: 7,
      parameters: 1,
      limits: { source: 512, target: 512 },
      instruction: "",
      bytes: 1,
    },
    cancelLoad: () => {},
    retry: () => Promise.resolve({ ok: true, value: null }),
    tokenize: () => Promise.resolve({ ok: true, value: [] }),
    trace: (request: TraceRequest) => {
      asked.push(request);
      const whole = { ...FULL, source: { ...FULL.source, text: request.source } };
      const { logits, hidden, ...small } = whole;
      const value = request.include?.includes("logits") ? { ...small, logits } : { ...small, hidden };
      return Promise.resolve({ ok: true, value: request.include ? value : small } as const);
    },
  };
}

function walkAt(search: string) {
  vi.stubGlobal("location", { search, href: `https://example.github.io/underhood/${search}` });
  return createWalk({ id: "walk", stored: SAMPLE, client: fakeClient() });
}

beforeEach(() => {
  asked.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("stored numbers are shown at once, large ones wait to be asked for", () => {
  const walk = walkAt("");
  const stop = walk.start();
  expect(walk.open.value).toBe("loss");
  walk.toggle("cross_attentions");
  expect(walk.slice.value?.rows).toBe(4);
  walk.toggle("logits");
  expect(walk.slice.value).toBeNull();
  expect(asked).toEqual([]);
  stop();
});

test("asked for, the model runs and the large numbers come", async () => {
  const walk = walkAt("");
  const stop = walk.start();
  walk.toggle("logits");
  walk.numbers.fetch();
  await vi.runAllTimersAsync();
  expect(walk.text.live.value).toBe(true);
  expect(walk.slice.value?.columns).toBe(7);
  expect(asked.map((request) => request.include)).toEqual([undefined, ["logits"]]);
  stop();
});

test("live, an edit brings the numbers of the unfolded entry, and those of the older text are gone", async () => {
  const walk = walkAt("");
  const stop = walk.start();
  walk.toggle("encoder_hidden_states");
  walk.numbers.fetch();
  await vi.runAllTimersAsync();
  asked.length = 0;
  walk.text.source.value = "A cat";
  await vi.runAllTimersAsync();
  expect(asked.map(({ source, include }) => [source, include])).toEqual([
    ["A cat", undefined],
    ["A cat", ["hidden"]],
  ]);
  expect(walk.slice.value).not.toBeNull();
  stop();
});

test("a link brings back text, entry and chosen number", () => {
  const fields = {
    source: "A dog",
    target: "Un chien",
    open: "cross_attentions",
    layer: 1,
    head: 1,
    row: 2,
    column: 99,
  };
  const walk = walkAt(`?walk=${encodeState(fields)}`);
  const stop = walk.start();
  expect(walk.open.value).toBe("cross_attentions");
  expect(walk.choice.value).toEqual({ layer: 1, head: 1, row: 2, column: 2 });
  expect(walk.text.target.value).toBe("Un chien");
  expect(walk.notice.value).toBeNull();
  expect(asked).toEqual([]);
  expect(walk.link()).toContain("walk=1.");
  stop();
});

test("a damaged link leaves the figure as it was and says so", () => {
  const walk = walkAt("?walk=1.%%%");
  const stop = walk.start();
  expect(walk.open.value).toBe("loss");
  expect(walk.notice.value).toContain("damaged");
  stop();
});

test("one entry is unfolded at a time; reset goes back to the first state", () => {
  const walk = walkAt("");
  walk.toggle("cross_attentions");
  walk.choose({ layer: 1 });
  walk.pick({ line: "source", index: 1 });
  expect(walk.choice.value).toMatchObject({ layer: 1, column: 1 });
  walk.toggle("cross_attentions");
  expect(walk.open.value).toBeNull();
  walk.reset();
  expect(walk.open.value).toBe("loss");
  expect(walk.choice.value.layer).toBe(0);
});

test("what is shown is published, with the loss of each token that had to be written", () => {
  vi.stubGlobal("location", { search: "", href: "https://example.github.io/underhood/" });
  const evidence = signal<FigureEvidence | null>(null);
  const stop = createWalk({ id: "walk", stored: SAMPLE, client: fakeClient(), evidence }).start();
  expect(evidence.value).toMatchObject({ figure: "walk", live: false, focus: null });
  expect(evidence.value?.numbers?.["loss.1"]).toBe(SAMPLE.tokenLoss[1]);
  expect(Object.keys(evidence.value?.numbers ?? {})).toHaveLength(SAMPLE.target.written.length);
  stop();
});
