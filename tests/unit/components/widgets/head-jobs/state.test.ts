import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveModels } from "../../../../../src/components/views/figure/liveModels.ts";
import { createLiveText } from "../../../../../src/components/views/figure/liveText.ts";
import { jobsJson, jobsScene } from "../../../../../src/components/widgets/head-jobs/exports.ts";
import { jobsTable } from "../../../../../src/components/widgets/head-jobs/jobsTable.ts";
import { type HeadJobsOptions, headJobsState } from "../../../../../src/components/widgets/head-jobs/state.ts";
import type { Corpus, HeadStudy, StudyProgress } from "../../../../../src/engine/study.ts";
import type { Failure } from "../../../../../src/lib/failure.ts";
import { encodeState, withState } from "../../../../../src/lib/urlState.ts";
import dogTranslator from "../../../../../src/stored/brown-dog.json";
import dogDecoder from "../../../../../src/stored/brown-dog-decoder.json";
import dogEncoder from "../../../../../src/stored/brown-dog-minilm.json";
import { decodeTrace, type StoredRun } from "../../../../../src/stored/format.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import study from "../../../../../src/stored/studies/decoder-small-treebank.json";
import { corporaOf, storedSequence, storedStudy } from "../../../../../src/stored/studies.ts";
import { fakeClient } from "../../../../helpers/fakeClient.ts";

const RUNS: readonly StoredRun[] = [dogDecoder, dogEncoder, dogTranslator];
const TAUGHT = [{ model: "decoder-small", kind: "decoder", layer: 0, head: 0, name: "previous", note: "Shown." }];

type Answer = { ok: true; value: HeadStudy } | { ok: false; failure: Failure };

function made(change: Partial<HeadJobsOptions> = {}) {
  const clients = RUNS.map(() => fakeClient());
  const asked: { corpus: Corpus; tell: (progress: StudyProgress) => void; answer: (answer: Answer) => void }[] = [];
  const cancelled = vi.fn();
  const lives = RUNS.map((run, at) => {
    const client = { ...(clients[at] ?? fakeClient()).client, modelInfo: aboutModel(run.model).info };
    return [run.model, createLiveText({ client, channel: "j", stored: decodeTrace(run) })] as const;
  });
  const state = headJobsState({
    id: "j",
    live: liveModels(new Map(lives)),
    models: RUNS.map(({ model }) => aboutModel(model).info),
    first: { model: "decoder-small", name: "treebank", stored: study },
    measure: "previous",
    corpora: corporaOf,
    stored: storedStudy,
    sequence: storedSequence,
    load: async () => ({ ok: true, value: null }),
    study: (_, corpus, tell) => new Promise((answer) => asked.push({ corpus, tell, answer })),
    cancel: cancelled,
    pairs: async () => ({ kind: "texts", texts: [] }),
    diagonal: 0.75,
    alignment: () => undefined,
    taught: TAUGHT,
    ...change,
  });
  return { state, asked, cancelled, clients };
}

const stops: (() => void)[] = [];
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

function connected(change: Partial<HeadJobsOptions> = {}) {
  const all = made(change);
  stops.push(all.state.connect());
  return all;
}

/** Lets stored files arrive. */
async function settled(ready: () => boolean): Promise<void> {
  vi.useRealTimers();
  await vi.waitFor(() => expect(ready()).toBe(true), 5000);
}

describe("the state of the scores", () => {
  it("starts with the stored scores and the best head, without asking anything", () => {
    const { state, asked } = connected();
    expect(state.ranking.value?.best.ref).toEqual({ kind: "decoder", layer: 0, head: 0 });
    expect(state.chosen.value).toEqual(state.ranking.value?.best.ref);
    expect(state.status.value).toMatchObject({ shown: "stored", offer: "Score 200 sentences live" });
    expect(state.reading.value).toContain("layer 1, head 1 puts 0.91");
    expect(state.fields()).toBeNull();
    expect(asked).toEqual([]);
  });

  it("goes over to another model's stored scores, at its best head", async () => {
    const { state } = connected();
    state.chooseModel("encoder-minilm");
    await settled(() => state.ranking.value !== null);
    state.chooseMeasure("head:det");
    expect(state.ranking.value?.baseline).toMatchObject({ kind: "offset", by: 1 });
    expect(state.chosen.value).toEqual(state.ranking.value?.best.ref);
    expect(state.picture.value.heads).toBe(12);
  });

  it("shows a sequence beside repeats, and offers none to a model with two stacks", async () => {
    const { state } = connected();
    state.chooseCorpus("repeats");
    await settled(() => state.ranking.value !== null && state.picture.value.rows.length === 21);
    state.chooseMeasure("induction");
    expect(state.chosen.value).toEqual({ kind: "decoder", layer: 1, head: 0 });
    expect(state.live.trace.value.source.text).toBe("The brown dog ran.");
    state.chooseModel("translator-en-fr");
    expect(state.corpora.value).toEqual(["treebank", "pairs", "sentence"]);
    expect(state.place.value.corpus).toBe("treebank");
  });

  it("scores live: tells how far it is, what it took, and goes back on reset", async () => {
    const { state, asked } = connected();
    state.score();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked[0]?.corpus).toMatchObject({ kind: "treebank", count: 200 });
    expect(state.progress.value).toEqual({ done: 0, total: 200 });
    asked[0]?.tell({ done: 7, total: 200 });
    expect(state.progress.value).toEqual({ done: 7, total: 200 });
    expect(state.status.value.phase).toBe("running");
    await vi.advanceTimersByTimeAsync(1500);
    const value = { ...(await decoded()), sentences: 200 };
    asked[0]?.answer({ ok: true, value });
    await vi.advanceTimersByTimeAsync(0);
    expect(state.shown.value).toMatchObject({ live: true, cost: { runs: 200 } });
    expect(state.status.value.shown).toBe("live");
    expect(state.progress.value).toBeNull();
    state.reset();
    expect(state.shown.value?.live).toBe(false);
  });

  it("stops a study, and says nothing of it", async () => {
    const { state, asked, cancelled } = connected();
    state.score();
    await vi.advanceTimersByTimeAsync(0);
    state.cancel();
    expect(cancelled).toHaveBeenCalledWith("decoder-small");
    expect(state.progress.value).toBeNull();
    asked[0]?.tell({ done: 9, total: 200 });
    expect(state.progress.value).toBeNull();
    expect(state.status.value.failure).toBeNull();
  });

  it("says what went wrong, beside the stored scores", async () => {
    const { state, asked } = connected();
    state.score();
    await vi.advanceTimersByTimeAsync(0);
    const failure: Failure = { code: "out-of-memory", message: "No room.", stillWorks: "", action: "retry" };
    asked[0]?.answer({ ok: false, failure });
    await vi.advanceTimersByTimeAsync(0);
    expect(state.status.value.failure).toEqual(failure);
    expect(state.ranking.value).not.toBeNull();
  });

  it("sorts by a column, the other way round on the second time", () => {
    const { state } = connected();
    state.sortBy("place");
    expect(state.rows.value[0]?.ref).toMatchObject({ layer: 0, head: 0 });
    state.sortBy("place");
    expect(state.rows.value[0]?.ref).toMatchObject({ layer: 3, head: 3 });
  });

  it("comes back from its own link", () => {
    const { state } = connected();
    state.chooseMeasure("entropy");
    state.sortBy("low");
    state.pick({ kind: "decoder", layer: 2, head: 3 });
    const link = withState("https://x.y/", "j", state.fields() ?? {});
    const other = made().state;
    other.restore(new URL(link).search);
    expect(other.place.value).toEqual(state.place.value);
    expect(other.chosen.value).toEqual({ kind: "decoder", layer: 2, head: 3 });
    expect(other.notice.value).toBeNull();
  });

  it("takes only what it knows from a link", () => {
    const { state } = made();
    state.restore(`?j=${encodeState({ corpus: "web", measure: 7, sort: "colour", down: "no", layer: 1, heads: [2] })}`);
    expect(state.place.value).toEqual(made().state.place.value);
    expect(state.chosen.value).toMatchObject({ layer: 1, head: 2 });
    state.restore(`?j=${encodeState({ measure: "head:nothing" })}`);
    expect(state.ranking.value).not.toBeNull();
  });

  it("gives away picture, table and data", () => {
    const { state } = connected();
    const scene = jobsScene("Title", state);
    expect(scene.shapes.filter(({ kind }) => kind === "rect").length).toBe(32);
    expect(scene.shapes.filter((shape) => shape.kind === "path" && shape.dash)).toHaveLength(1);
    expect(JSON.stringify(scene.shapes)).toContain("Broken frame");
    const table = jobsTable(state);
    expect(table.row(0)).toEqual([
      1,
      1,
      expect.closeTo(0.911, 3),
      expect.any(Number),
      expect.any(Number),
      expect.closeTo(0.19, 2),
      "even attention",
      "previous token",
      expect.any(Number),
      "yes",
      "previous token",
      "decoder-small",
      "treebank",
    ]);
    expect(table.columns).toHaveLength(table.row(0).length);
    expect(table.rows).toBe(16);
    expect(jobsJson(state)).toMatchObject({ model: "decoder-small", best: "layer 1, head 1" });
  });
});

async function decoded(): Promise<HeadStudy> {
  const { decodeStudy } = await import("../../../../../src/stored/study.ts");
  return decodeStudy(study);
}
