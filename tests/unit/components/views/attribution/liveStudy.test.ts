import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveStudy } from "../../../../../src/components/views/attribution/liveStudy.ts";
import type { StudyProgress } from "../../../../../src/engine/study.ts";
import { failure } from "../../../../../src/lib/failure.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import { fakeStudyClient } from "../../../../helpers/fakeStudyClient.ts";

interface Question {
  readonly text: string;
}
type Answer = { ok: true; value: string } | { ok: false; failure: ReturnType<typeof failure> };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(400);

function setUp(change: { absent?: boolean; follows?: (question: Question) => boolean } = {}) {
  const { client, ended, status } = fakeStudyClient(aboutModel("decoder-small").info);
  const question = signal<Question>({ text: "stored" });
  const asked: { text: string; tell: (progress: StudyProgress) => void; answer: (answer: Answer) => void }[] = [];
  const live = liveStudy<Question, string>({
    client,
    channel: "figure",
    question,
    stored: ({ text }) => (text.startsWith("stored") ? `kept ${text}` : null),
    work: ({ text }, tell) => new Promise((answer) => asked.push({ text, tell, answer })),
    ...change,
  });
  const stop = live.follow();
  return { live, question, asked, ended, status, stop };
}

describe("a study behind a figure", () => {
  it("starts from what is stored, and shows other stored answers without a run", async () => {
    const { live, question, asked } = setUp();
    expect(live.shown.value).toEqual({ question: { text: "stored" }, result: "kept stored", live: false });
    question.value = { text: "stored 2" };
    await settle();
    expect([live.shown.value.result, live.stale.value, asked.length]).toEqual(["kept stored 2", false, 0]);
  });

  it("refuses to start from nothing", () => {
    const { client } = fakeStudyClient(aboutModel("decoder-small").info);
    const work = async () => ({ ok: true, value: "" }) as const;
    expect(() => liveStudy({ client, channel: "a", question: signal("?"), stored: () => null, work })).toThrow(/a$/);
  });

  it("runs a new question once it rests, and becomes live", async () => {
    const { live, question, asked } = setUp();
    for (const text of ["n", "ne", "new"]) question.value = { text };
    expect(live.stale.value).toBe(true);
    await settle();
    expect(asked.map(({ text }) => text)).toEqual(["new"]);
    asked[0]?.tell({ done: 1, total: 3 });
    expect([live.progress.value, live.status.value.phase]).toEqual([{ done: 1, total: 3 }, "running"]);
    asked[0]?.answer({ ok: true, value: "found" });
    await settle();
    expect(live.shown.value).toEqual({ question: { text: "new" }, result: "found", live: true });
    expect([live.progress.value, live.status.value.shown]).toEqual([null, "live"]);
  });

  it("drops a late answer, and ends its study", async () => {
    const { live, question, asked, ended } = setUp();
    question.value = { text: "one" };
    await settle();
    question.value = { text: "two" };
    await settle();
    asked[1]?.answer({ ok: true, value: "2" });
    await settle();
    asked[0]?.answer({ ok: true, value: "1" });
    await settle();
    expect([live.shown.value.result, ended]).toEqual(["2", ["figure"]]);
  });

  it("goes back to an earlier live answer without a run", async () => {
    const { live, question, asked } = setUp();
    question.value = { text: "one" };
    await settle();
    asked[0]?.answer({ ok: true, value: "1" });
    await settle();
    question.value = { text: "stored" };
    question.value = { text: "one" };
    await settle();
    expect([live.shown.value.result, live.shown.value.live, asked.length]).toEqual(["1", true, 1]);
  });

  it("waits for the button where a question does not run by itself", async () => {
    const { live, question, asked } = setUp({ follows: () => false });
    question.value = { text: "slow" };
    await settle();
    expect(asked).toHaveLength(0);
    live.actions.run();
    expect(asked).toHaveLength(1);
  });

  it("runs what is stored live on request", async () => {
    const { live, asked } = setUp();
    live.actions.run();
    asked[0]?.answer({ ok: true, value: "fresh" });
    await settle();
    expect(live.shown.value).toMatchObject({ result: "fresh", live: true });
  });

  it("stops on request, and says so until something else is asked", async () => {
    const { live, question, asked, ended } = setUp();
    question.value = { text: "long" };
    await settle();
    live.actions.cancel();
    expect([live.progress.value, live.stopped.value, ended]).toEqual([null, true, ["figure"]]);
    asked[0]?.answer({ ok: true, value: "late" });
    await settle();
    expect(live.shown.value.result).toBe("kept stored");
    question.value = { text: "stored 2" };
    expect(live.stopped.value).toBe(false);
  });

  it("keeps the picture on a failure, and says what failed", async () => {
    const { live, question, asked } = setUp();
    question.value = { text: "bad" };
    await settle();
    asked[0]?.answer({ ok: false, failure: failure("bad-input", "No.", { action: "none" }) });
    await settle();
    expect(live.status.value.failure?.message).toBe("No.");
    expect([live.shown.value.result, live.stale.value]).toEqual(["kept stored", true]);
  });

  it("does not run what a link brought until the reader asks", async () => {
    const { client } = fakeStudyClient(aboutModel("decoder-small").info);
    const question = signal({ text: "stored" });
    const work = vi.fn(async () => ({ ok: true, value: "ran" }) as const);
    const stored = ({ text }: Question) => (text === "stored" ? "kept" : null);
    const live = liveStudy({ client, channel: "a", question, stored, work });
    question.value = { text: "from a link" };
    live.follow();
    await settle();
    expect([work.mock.calls.length, live.stale.value]).toEqual([0, true]);
  });

  it("never runs a model that this copy lacks", async () => {
    const { live, question, asked } = setUp({ absent: true });
    question.value = { text: "other" };
    await settle();
    live.actions.run();
    expect([asked.length, live.stale.value]).toEqual([0, true]);
  });

  it("is as at first after a reset", async () => {
    const { live, question, asked } = setUp();
    question.value = { text: "new" };
    await settle();
    asked[0]?.answer({ ok: true, value: "found" });
    await settle();
    live.reset();
    question.value = { text: "stored" };
    expect(live.shown.value).toMatchObject({ result: "kept stored", live: false });
  });
});
