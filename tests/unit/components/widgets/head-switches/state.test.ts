import { signal } from "@preact/signals";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import type { Evidence } from "../../../../../src/components/exercises/evidence.ts";
import { switchesJson, switchesTable } from "../../../../../src/components/widgets/head-switches/exports.ts";
import {
  type Start,
  type SwitchesState,
  switchesState,
} from "../../../../../src/components/widgets/head-switches/state.ts";
import { switchesScene } from "../../../../../src/components/widgets/head-switches/switchesScene.ts";
import type { Model } from "../../../../../src/engine/model.ts";
import { encodeState } from "../../../../../src/lib/urlState.ts";
import decoderStored from "../../../../../src/stored/switches/decoder-small.json";
import encoderStored from "../../../../../src/stored/switches/encoder-minilm.json";
import translatorStored from "../../../../../src/stored/switches/translator-en-fr.json";
import { localClient } from "../../../../helpers/localClient.ts";

const STORED = [decoderStored, translatorStored, encoderStored];
const models = new Map<string, Model>();

beforeAll(async () => {
  for (const { model } of STORED) models.set(model, await openLocal(model));
}, 120_000);

function made(start: Start = {}, present = STORED.map(({ model }) => model)) {
  const clients = new Map(Array.from(models, ([id, model]) => [id, localClient(model)]));
  const of = (id: string) => {
    const client = clients.get(id);
    if (!client) throw new RangeError(id);
    return client;
  };
  const evidence = signal<Evidence | null>(null);
  const state = switchesState({
    id: "s",
    stored: STORED,
    clientOf: (id) => of(id).client,
    present,
    start,
    evidence,
  });
  return { state, evidence, asked: () => [...clients.values()].flatMap(({ asked }) => asked) };
}

/** Waits until what is shown is what was chosen. */
async function settled({ speech }: SwitchesState): Promise<void> {
  await vi.waitFor(() => {
    expect(speech.stale.value).toBe(false);
    expect(speech.status.value.phase).not.toBe("running");
  }, 20_000);
}

describe("the switches", () => {
  it("start with what is stored, and run nothing by themselves", async () => {
    const { state, evidence, asked } = made();
    const stops = [state.speech.follow(), state.connect()];
    expect(state.reading.value).toBe(
      "All heads are on: the model gives “Mary” probability >0.999, its first choice. The logit of “Mary” is 15.26 above that of “John”.",
    );
    expect(state.speech.status.value.shown).toBe("stored");
    expect(evidence.value).toBeNull();
    expect(asked()).toEqual([]);
    for (const stop of stops) stop();
  });

  it("run with exactly the heads off that are off, and once with all on", async () => {
    const { state, evidence, asked } = made();
    const stops = [state.speech.follow(), state.connect()];
    state.toggle(["decoder.0.0"]);
    await settled(state);
    expect(asked().map(({ off }) => off)).toEqual([0, 1]);
    const { whole, now, live } = state.speech.shown.value;
    const [prompt] = state.task.value.prompts;
    const off = [{ kind: "decoder", layer: 0, head: 0 }] as const;
    const trace = await models
      .get("decoder-small")
      ?.trace({ source: prompt?.source ?? "", target: null, off, watch: ["Mary"] });
    const [mary] = trace?.target === null ? trace.watched : [];
    expect(live).toBe(true);
    expect(now.share).toBeCloseTo(mary?.probability ?? Number.NaN, 6);
    expect(now.stands).toBe(false);
    expect(whole.share).toBeGreaterThan(0.99);
    expect(state.reading.value).toMatch(
      /^Layer 1, head 1 off \(zeros in its place\): the first choice is now “\w+” .*“Mary” still stands before “John”/,
    );
    expect(evidence.value?.removal).toMatchObject({
      off,
      says: "study",
      stands: false,
      answer: "Mary",
      ranking: null,
    });
    for (const stop of stops) stop();
  });

  it("do not pass stored words with all heads on for those of the heads off, while the model starts", async () => {
    const { state } = made();
    const stop = state.speech.follow();
    expect(state.waiting.value).toBeNull();
    state.toggle(["decoder.0.0", "decoder.0.1"]);
    expect(state.speech.shown.value.live).toBe(false);
    expect(state.reading.value).toBe("The words shown are with all heads on; the run with 2 heads off is waiting.");
    expect(state.waiting.value).toBe("with all heads on; 2 off is waiting");
    await settled(state);
    expect(state.waiting.value).toBeNull();
    expect(state.reading.value).toMatch(/^Layer 1, head 1 and layer 1, head 2 off/);
    stop();
  });

  it("switch rows and columns, invert, and take back step by step", () => {
    const { state } = made();
    state.toggle(["decoder.1.0", "decoder.1.1", "decoder.1.2", "decoder.1.3"]);
    state.toggle(["decoder.0.0", "decoder.1.0"]);
    expect(new Set(state.choice.value.off).size).toBe(5);
    state.toggle(["decoder.0.0", "decoder.1.0"]);
    expect(state.choice.value.off).toEqual(["decoder.1.1", "decoder.1.2", "decoder.1.3"]);
    state.invert();
    expect(state.choice.value.off).toHaveLength(13);
    state.undo();
    state.undo();
    expect(state.choice.value.off).toHaveLength(5);
    state.allOn();
    expect(state.choice.value.off).toEqual([]);
    expect(state.canUndo.value).toBe(true);
  });

  it("are mean-ablated where the reader says so", async () => {
    const { state } = made({ task: "capital" });
    const stop = state.speech.follow();
    state.toggle(["decoder.2.0"]);
    await settled(state);
    const zero = state.speech.shown.value.now;
    state.patch({ fill: "mean" });
    await settled(state);
    const mean = state.speech.shown.value.now;
    expect(zero.top[0]?.piece).toBe("▁Rome");
    expect(mean.metric).not.toBeCloseTo(zero.metric, 2);
    expect(state.reading.value).toContain("(its mean in its place)");
    stop();
  });

  it("want both words before they run", async () => {
    const { state, asked } = made();
    const stop = state.speech.follow();
    state.patch({ answer: "" });
    state.toggle(["decoder.0.0"]);
    await new Promise((go) => setTimeout(go, 50));
    expect(asked()).toEqual([]);
    state.patch({ answer: "Mary" });
    await settled(state);
    expect(state.speech.shown.value.live).toBe(true);
    stop();
  });

  it("show the translation change, and how probable the old one still is", async () => {
    const { state } = made();
    const stop = state.speech.follow();
    state.chooseModel("translator-en-fr");
    expect(state.boards.value.map(({ kind }) => kind)).toEqual(["encoder", "decoder", "cross"]);
    expect(state.speech.shown.value.live).toBe(false);
    state.toggle(Array.from({ length: 12 }, (_, at) => `cross.${Math.floor(at / 4)}.${at % 4}`));
    await settled(state);
    const { now, whole } = state.speech.shown.value;
    expect(whole.text).toBe("Le chien brun a couru.");
    expect(now.text).not.toBe(whole.text);
    expect(now.tokens).toHaveLength(whole.tokens.length);
    expect(now.share).toBeLessThan(whole.share / 2);
    stop();
  });

  it("follow an encoder’s state, which predicts no word", async () => {
    const { state } = made();
    const stop = state.speech.follow();
    expect(state.departure.value).toBeNull();
    state.chooseModel("encoder-minilm");
    expect(state.departure.value).toBe("MiniLM, a sentence’s state");
    state.toggle(Array.from({ length: 12 }, (_, head) => `encoder.5.${head}`));
    await settled(state);
    const { now, whole } = state.speech.shown.value;
    expect(whole.share).toBe(1);
    expect(now.share).toBeGreaterThan(0);
    expect(now.share).toBeLessThan(0.95);
    expect(state.reading.value).toContain("a cosine of 0.");
    stop();
  });

  it("of a model that is not here show what is stored and cannot be switched", async () => {
    const { state, asked } = made({ task: "objects" }, []);
    const stop = state.speech.follow();
    expect(state.frozen.value).toBe(true);
    await state.ranking.rank();
    expect(state.ranking.ranked.value?.live).toBe(false);
    state.chooseTask("capital");
    expect(state.speech.shown.value.now.words[0]?.piece).toBe("Tokyo");
    expect(asked()).toEqual([]);
    stop();
  });

  it("go back to the start", async () => {
    const { state } = made({ task: "repeats", off: ["decoder.0.0"] });
    const stop = state.speech.follow();
    expect(state.speech.shown.value.now.stands).toBe(false);
    state.allOn();
    state.chooseTask("capital");
    await settled(state);
    state.reset();
    expect(state.choice.value).toMatchObject({ task: "repeats", off: ["decoder.0.0"] });
    expect(state.speech.status.value.shown).toBe("stored");
    expect(state.fields()).toBeNull();
    stop();
  });
});

describe("the reader’s own text", () => {
  it("keeps the task’s words until the reader takes the likeliest, which are then first and second", async () => {
    const { state } = made();
    const stop = state.speech.follow();
    expect(state.keepsWords.value).toBe(false);
    state.patch({ source: "Hello there" });
    expect(state.keepsWords.value).toBe(true);
    expect(state.likely.value).toBeNull();
    await settled(state);
    expect(state.reading.value).toContain("; its first choice is “.” (0.44).");
    const likely = state.likely.value;
    expect(likely).toEqual({ answer: "to", other: "and" });
    if (likely) state.patch(likely);
    await settled(state);
    expect(state.keepsWords.value).toBe(false);
    const { words, top } = state.speech.shown.value.whole;
    expect(words.map(({ token }) => token)).toEqual([top[2]?.piece, top[3]?.piece]);
    stop();
  });
});

describe("the ranking", () => {
  it("is what a single switch does, and the slider follows it", async () => {
    const { state } = made({ task: "capital", over: "text" });
    const stop = state.speech.follow();
    await state.ranking.rank();
    const ranked = state.ranking.ranked.value;
    const [first] = ranked?.heads ?? [];
    expect(ranked?.live).toBe(true);
    expect(ranked?.sweep.prompts).toBe(1);
    state.cutTo(1);
    expect(state.cut.value).toBe(1);
    await settled(state);
    const { now, whole } = state.speech.shown.value;
    expect(now.metric - whole.metric).toBeCloseTo(first?.effect ?? Number.NaN, 3);
    state.cutTo(2);
    state.cutTo(5);
    expect(state.choice.value.off).toHaveLength(5);
    // Steps of the slider are one change.
    state.undo();
    expect(state.choice.value.off).toHaveLength(0);
    stop();
  });

  it("draws the curve of its own order beside random ones", async () => {
    const { state } = made({ task: "capital", over: "text" });
    await state.ranking.rank();
    await state.ranking.draw();
    const curve = state.ranking.ranked.value?.curve;
    expect(curve?.values).toHaveLength(11);
    expect(curve?.steps).toHaveLength(17);
    expect(curve?.values[0]?.[1]).toBeLessThan(0.5);
  });

  it("can be stopped, and another text has none yet", async () => {
    const { state } = made({ task: "objects" });
    const running = state.ranking.rank();
    await vi.waitFor(() => expect(state.ranking.progress.value?.done).toBeGreaterThan(2));
    state.ranking.cancel();
    await running;
    expect(state.ranking.ranked.value).toBeNull();
    expect(state.ranking.failed.value).toBeNull();
    expect(state.ranking.job.value).toBeNull();
  });

  it("that is stored is of the text it was made on alone", () => {
    const { state } = made({ task: "capital", ranked: true });
    expect(state.ranking.ranked.value?.heads[0]?.ref).toEqual({ kind: "decoder", layer: 0, head: 0 });
    state.patch({ source: "The capital of France is", answer: "Paris" });
    expect(state.ranking.ranked.value).toBeNull();
  });
});

describe("the link", () => {
  it("brings back model, text and switches, and runs nothing before the reader asks", async () => {
    const { state } = made();
    state.chooseModel("translator-en-fr");
    state.toggle(["cross.0.2"]);
    state.patch({ fill: "mean" });
    const search = `?${new URLSearchParams({ s: encodeState(state.fields() ?? {}) })}`;
    const other = made();
    const stop = other.state.speech.follow();
    other.state.restore(search);
    expect(other.state.choice.value).toEqual(state.choice.value);
    await new Promise((go) => setTimeout(go, 50));
    expect(other.asked()).toEqual([]);
    expect(other.state.notice.value).toContain("Run it live");
    expect(other.state.reading.value).toBe("The link has 1 head off: run it live to see what the model says.");
    // Its text is stored with all heads on: those are the words beside the board.
    expect(other.state.speech.shown.value.whole.text).toBe("Le chien brun a couru.");
    await other.state.speech.runNow();
    expect(other.state.speech.stale.value).toBe(false);
    expect(other.state.reading.value).toMatch(/^The cross-attention, layer 1, head 3 off/);
    stop();
  });

  it.each([
    [{ off: ["decoder.9.9"] }, { off: [] }],
    [{ fill: "noise" }, { fill: "zero" }],
    [{ model: "gpt-5" }, { model: "decoder-small" }],
    [{ source: 7 }, { task: "objects" }],
    [{ colour: "red" }, { task: "objects" }],
  ])("leaves out what it does not understand: %j", (fields, kept) => {
    const { state } = made();
    state.restore(`?${new URLSearchParams({ s: encodeState(fields) })}`);
    expect(state.notice.value).toContain("not understood");
    expect(state.choice.value).toMatchObject(kept);
  });
});

describe("the exports", () => {
  it("list every head, with what it does by itself", async () => {
    const { state } = made({ task: "capital", ranked: true });
    state.toggle(["decoder.2.0"]);
    const exported = {
      model: state.model.value,
      boards: state.boards.value,
      shown: state.speech.shown.value,
      off: state.choice.value.off,
      ranked: state.ranking.ranked.value,
    };
    const table = switchesTable(exported);
    expect(table.rows).toBe(16);
    expect(table.row(8)).toEqual(["decoder", 3, 1, "off", -6.91, expect.any(Number), expect.any(Number)]);
    expect(switchesJson(exported)).toMatchObject({ model: "decoder-small", chosen: { off: ["decoder.2.0"] } });
    const scene = switchesScene("T", "What it means.", exported);
    const texts = scene.shapes.flatMap((shape) => (shape.kind === "text" ? [shape.text] : []));
    for (const text of ["T", "Tokyo", "head on", "head off", "What it means."]) expect(texts).toContain(text);
    expect(texts.join(" ")).toContain(state.choice.value.source);
    expect(texts).toContain("logit difference falls without it");
    // A lamp on each of the 16 switches and on the two of the legend; one switch and one of the legend are off.
    const lamps = scene.shapes.filter(({ kind, fill }) => kind === "path" && fill !== undefined);
    expect(lamps.filter(({ fill }) => fill === "var(--uh-ink)")).toHaveLength(16);
    expect(lamps.filter(({ fill }) => fill === "var(--uh-paper)")).toHaveLength(2);
  });
});
