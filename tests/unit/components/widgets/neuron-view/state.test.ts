import { readFileSync } from "node:fs";
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../../../../src/components/exercises/evidence.ts";
import type { Outcome } from "../../../../../src/components/views/figure/liveClient.ts";
import { liveModels } from "../../../../../src/components/views/figure/liveModels.ts";
import { createLiveText } from "../../../../../src/components/views/figure/liveText.ts";
import { neuronState } from "../../../../../src/components/widgets/neuron-view/state.ts";
import type { HeadInside, HeadRef, RunRequest } from "../../../../../src/engine/model.ts";
import { failure } from "../../../../../src/lib/failure.ts";
import { encodeState } from "../../../../../src/lib/urlState.ts";
import { decodeTrace, type StoredRun } from "../../../../../src/stored/format.ts";
import { decodeInside } from "../../../../../src/stored/inside.ts";
import { fakeClient } from "../../../../helpers/fakeClient.ts";
import { storedHead, storedInsides } from "../../../../helpers/insides.ts";

const RUNS = ["brown-dog-decoder", "brown-dog-minilm", "brown-dog"].map((id) =>
  decodeTrace(JSON.parse(readFileSync(`src/stored/${id}.json`, "utf8")) as StoredRun),
);
const stored = storedInsides();
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A request for a head's inside, to be answered by hand. */
interface Inspected {
  readonly model: string;
  readonly request: RunRequest;
  readonly head: HeadRef;
  answer(inside: HeadInside): void;
  refuse(): void;
}

function made({ heavy = false, absent = false } = {}) {
  const clients = new Map(RUNS.map(({ model }) => [model, fakeClient()]));
  const live = liveModels(
    new Map(
      RUNS.map((run) => {
        const client = clients.get(run.model)?.client ?? fakeClient().client;
        const told = { ...client, modelInfo: { ...client.modelInfo, instruction: "" } };
        return [run.model, createLiveText({ client: told, channel: "n", stored: run, absent })];
      }),
    ),
  );
  const evidence = signal<Evidence | null>(null);
  const inspected: Inspected[] = [];
  const first = stored.get("decoder-small");
  if (!first) throw new Error("the first head is not stored");
  const inspect = (model: string, request: RunRequest, head: HeadRef) =>
    new Promise<Outcome<HeadInside>>((resolve) =>
      inspected.push({
        model,
        request,
        head,
        answer: (value) => resolve({ ok: true, value }),
        refuse: () => resolve({ ok: false, failure: failure("graph", "It broke.") }),
      }),
    );
  const state = neuronState({
    id: "n",
    live,
    first,
    stored: async (id) => stored.get(id) ?? first,
    inspect,
    light: () => !heavy,
    evidence,
  });
  const decoder = clients.get("decoder-small");
  if (!decoder) throw new Error("no client");
  return { state, live, evidence, inspected, decoder };
}

/** A run of the decoder that is live. */
async function running() {
  const all = made();
  all.state.connect();
  all.live.actions.run();
  await settle();
  all.decoder.asked[0]?.answer({ ok: true, value: RUNS[0] ?? decodeTrace({} as StoredRun) });
  await settle();
  return all;
}

describe("the neuron view, before anything runs", () => {
  it("shows the stored head, its strongest key written out, all steps unfolded", () => {
    const { state } = made();
    expect(state.inside.value.head).toEqual({ kind: "decoder", layer: 0, head: 0 });
    expect(state.place.value).toEqual({ query: 3, key: null, open: 6 });
    expect(state.reading.value).toContain("from “dog” to “brown”");
    expect(state.agreement.value.weights).toBeLessThan(1e-4);
    expect([state.notice.value, state.departure.value, state.fields()]).toEqual([null, null, null]);
  });

  it("asks with another token and holds another key, without any run", () => {
    const { state, inspected, decoder } = made();
    state.connect();
    state.ask(4);
    expect(state.reading.value).toContain("from “ran” to “dog”");
    expect(state.departure.value).toMatch(/layer 1, head 1 .* query of “ran”/);
    state.hold(1);
    expect(state.chosen.value).toBe(1);
    state.hold(1);
    expect(state.place.value.key).toBeNull();
    state.hold(5);
    expect(state.reading.value).toContain("the weight is 0");
    state.ask(2);
    expect(state.place.value.key).toBeNull();
    expect(inspected.length + decoder.asked.length).toBe(0);
  });

  it("unfolds the steps one by one and stops at both ends", () => {
    const { state } = made();
    state.unfold(1);
    state.unfold(state.place.value.open - 1);
    expect(state.place.value.open).toBe(1);
    state.unfold(99);
    expect(state.place.value.open).toBe(6);
  });

  it("goes over to another model and kind by what is stored of them, and back", async () => {
    const { state, inspected } = made();
    state.connect();
    state.choose("encoder-minilm");
    await settle();
    expect(state.inside.value.head).toEqual({ kind: "encoder", layer: 1, head: 8 });
    expect(state.reading.value).toContain("from “dog” to “ran”");
    state.choose("translator-en-fr");
    state.kind("decoder");
    await settle();
    expect(state.inside.value.head).toEqual({ kind: "decoder", layer: 0, head: 1 });
    state.choose("decoder-small");
    await settle();
    expect(state.departure.value).toBeNull();
    expect(inspected).toEqual([]);
  });

  it("keeps the picture and says so when a head is chosen that only a run can give", async () => {
    const { state, decoder, inspected } = made({ heavy: true });
    state.connect();
    state.jump(2, 1);
    await settle();
    expect(state.inside.value.head.layer).toBe(0);
    expect(state.notice.value).toMatch(/still shows layer 1, head 1 .* run it live to see layer 3, head 2/);
    expect(decoder.asked.length + inspected.length).toBe(0);
    state.jump(0, 0);
    await settle();
    expect(state.notice.value).toBeNull();
  });

  it("loads a light model for it, but never one that this copy lacks", async () => {
    const light = made();
    light.state.connect();
    light.state.jump(2, 1);
    await settle();
    expect(light.decoder.asked).toHaveLength(1);
    const lacking = made({ absent: true });
    lacking.state.connect();
    lacking.state.jump(2, 1);
    await settle();
    expect(lacking.decoder.asked).toHaveLength(0);
    expect(lacking.state.notice.value).toContain("only the stored head");
  });
});

describe("the neuron view, live", () => {
  it("asks the model for each head chosen and drops a late answer", async () => {
    const { state, inspected } = await running();
    state.jump(1, 2);
    state.jump(2, 3);
    expect(inspected.map(({ head }) => head.layer)).toEqual([0, 1, 2]);
    expect(inspected[0]?.request).toEqual({ source: "The brown dog ran.", target: null });
    const head = (layer: number) => ({
      ...storedHead("decoder-small"),
      head: { kind: "decoder" as const, layer, head: 3 },
    });
    inspected[2]?.answer(head(2));
    await settle();
    inspected[1]?.answer(head(1));
    await settle();
    expect(state.inside.value.head).toEqual({ kind: "decoder", layer: 2, head: 3 });
  });

  it("says why a head could not be read, and keeps the picture", async () => {
    const { state, inspected } = await running();
    state.jump(1, 2);
    inspected[1]?.refuse();
    await settle();
    expect(state.notice.value).toBe("It broke.");
    expect(state.inside.value.head.layer).toBe(0);
    state.jump(0, 0);
    expect(state.notice.value).toBeNull();
  });
});

describe("the neuron view's link", () => {
  it("carries the place, and takes it back", () => {
    const { state } = made();
    state.ask(4);
    state.hold(2);
    state.unfold(3);
    const fields = state.fields();
    expect(fields).toMatchObject({ query: 4, key: 2, open: 3 });
    const other = made().state;
    other.restore(`?n=${encodeState(fields ?? {})}`);
    expect(other.place.value).toEqual({ query: 4, key: 2, open: 3 });
    expect(other.notice.value).toBeNull();
    other.reset();
    expect(other.place.value).toEqual({ query: 3, key: null, open: 6 });
  });

  it("is clamped, and says so where it was not understood", () => {
    const { state } = made();
    state.restore(`?n=${encodeState({ query: 1e308, key: -7, open: 99 })}`);
    expect(state.place.value).toEqual({ query: 5, key: 0, open: 6 });
    state.restore(`?n=${encodeState({ query: "x", key: [], open: null })}`);
    expect(state.place.value).toEqual({ query: 3, key: null, open: 6 });
    expect(state.notice.value).toContain("not understood");
  });

  it("never starts a run", async () => {
    const { state, decoder, inspected } = made();
    state.connect();
    state.restore(`?n=${encodeState({ kind: "decoder", layer: 3, heads: [2], query: 1 })}`);
    await settle();
    expect(decoder.asked.length + inspected.length).toBe(0);
    expect(state.notice.value).toContain("run it live");
  });
});

describe("what exercises see", () => {
  it("is the numbers of the key that is written out", () => {
    const { state, evidence } = made();
    state.connect();
    expect(evidence.value?.numbers?.dot).toBeCloseTo(10.51, 2);
    expect(evidence.value?.numbers?.score).toBeCloseTo(10.5072 / Math.sqrt(48), 3);
    expect(evidence.value?.focus).toEqual(decodeInside(stored.get("decoder-small") ?? ({} as never)).head);
    state.hold(5);
    expect(evidence.value?.numbers).toEqual({});
  });
});
