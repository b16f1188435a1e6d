import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it } from "vitest";
import type { Evidence, Mark } from "../../../../src/components/exercises/evidence.ts";
import { createProgress } from "../../../../src/components/exercises/progress/store.ts";
import * as allRules from "../../../../src/components/exercises/rules.ts";
import { createSession, solutionEarned } from "../../../../src/components/exercises/session.ts";
import { evidenceOf } from "./trace.ts";

const evidence = signal<Evidence | null>(null);
const mark = signal<Mark | null>(null);
const open = signal(true);
const rules = async () => allRules;
let store = createProgress("test", () => null);

function session(question = "How many heads?", fetched: typeof rules = rules) {
  return createSession({
    id: "ex",
    kind: "numeric",
    question,
    key: { value: "heads", tolerance: 0, traps: [] },
    hints: 2,
    evidence,
    mark,
    open,
    store,
    rules: fetched,
    now: () => 1,
  });
}

beforeEach(() => {
  evidence.value = evidenceOf();
  mark.value = null;
  open.value = true;
  store = createProgress("test", () => null);
  store.open();
});

describe("a session", () => {
  it("says so when its rules cannot be fetched, and tries again", async () => {
    let online = false;
    const fetchRules = async () => (online ? allRules : Promise.reject(new Error("offline")));
    const one = session("How many heads?", fetchRules);
    one.draft.value = 2;
    expect(await one.check()).toBe(false);
    expect(one.notice.value).toMatch(/could not fetch/);
    expect(one.entry.value.tries).toBe(0);
    online = true;
    expect(await one.check()).toBe(true);
    expect(one.notice.value).toBe("");
  });

  it("keeps the verdict with where its numbers came from", async () => {
    const one = session();
    one.draft.value = 3;
    expect(await one.check()).toBe(true);
    expect(one.entry.value).toMatchObject({ tries: 1, done: false, verdict: { why: "high", source: "live" } });
    evidence.value = evidenceOf(undefined, false);
    one.draft.value = 2;
    await one.check();
    expect(one.entry.value).toMatchObject({ tries: 2, done: true, verdict: { why: "right", source: "stored" } });
  });

  it("stays done after a later wrong try", async () => {
    const one = session();
    one.draft.value = 2;
    await one.check();
    one.draft.value = 5;
    await one.check();
    expect(one.entry.value).toMatchObject({ done: true, verdict: { state: "wrong" } });
  });

  it("does not count what cannot be settled", async () => {
    const one = session();
    expect(await one.check()).toBe(false);
    expect(one.notice.value).not.toBe("");
    evidence.value = null;
    one.draft.value = 2;
    expect(await one.check()).toBe(false);
    expect(one.entry.value.tries).toBe(0);
  });

  it("gives hints one by one, and the solution unasked only after a try", async () => {
    const one = session();
    expect(solutionEarned(one.entry.value)).toBe(false);
    for (let i = 0; i < 4; i++) await one.hint();
    expect(one.entry.value.hints).toBe(2);
    one.draft.value = 7;
    await one.check();
    expect(solutionEarned(one.entry.value)).toBe(true);
    await one.showSolution();
    expect(one.entry.value).toMatchObject({ solutionSeen: true, done: false });
    expect(one.solution.value.answer).toBe(2);
  });

  it("follows what is kept, without losing an answer in the making", async () => {
    const one = session();
    const other = session();
    const stop = other.follow();
    one.draft.value = 3;
    await one.check();
    expect(other.draft.value).toBe(3);
    other.draft.value = 4;
    await other.hint();
    expect(other.draft.value).toBe(4);
    store.remove(["ex"]);
    expect(other.draft.value).toBeNull();
    store.undo();
    expect(other.draft.value).toBe(3);
    stop();
  });

  it("keeps what was begun before an answer of an earlier visit arrived", async () => {
    const one = session();
    one.draft.value = 3;
    await one.check();
    const other = session();
    other.draft.value = 4;
    const stop = other.follow();
    expect(other.draft.value).toBe(4);
    one.draft.value = 5;
    await one.check();
    expect(other.draft.value).toBe(5);
    stop();
  });

  it("comes back, and says when the question has changed since", async () => {
    const one = session();
    one.draft.value = 2;
    await one.check();
    const again = session();
    again.noteChange();
    expect(again.entry.value).toMatchObject({ answer: 2, done: true, changed: false });
    const other = session("How many heads has a layer?");
    other.noteChange();
    expect(other.entry.value).toMatchObject({ answer: 2, done: false, changed: true });
    other.draft.value = 2;
    await other.check();
    expect(other.entry.value).toMatchObject({ done: true, changed: false, tries: 1 });
  });

  it("marks the figure again on request, and resets with undo", async () => {
    const cells = createSession({
      id: "grid",
      kind: "cells",
      question: "Which cells?",
      key: { kind: "decoder" },
      hints: 2,
      evidence,
      mark,
      open,
      store,
      rules,
    });
    await cells.showSolution();
    expect(cells.draft.value?.cells).toHaveLength(3);
    await cells.check();
    expect(mark.value?.bring).toBeUndefined();
    mark.value = null;
    cells.point();
    expect(mark.value).toMatchObject({ cells: [{ query: 0, key: 1 }, {}, {}], bring: true });
    cells.reset();
    expect(mark.value).toBeNull();
    expect(cells.entry.value.at).toBe(0);
    store.undo();
    expect(cells.entry.value.done).toBe(true);
  });

  it("marks nothing in a figure that is covered", async () => {
    open.value = false;
    const one = session();
    one.show({ label: "your pick" });
    one.draft.value = 2;
    await one.check();
    one.point();
    expect(one.entry.value.verdict?.why).toBe("right");
    expect(mark.value).toBeNull();
    open.value = true;
    one.show({ label: "your pick" });
    expect(mark.value).toEqual({ label: "your pick" });
  });

  it("takes a notice back when the figure shows another run, not when it shows another head", async () => {
    const one = session();
    const stop = one.watch();
    await one.check();
    const shown = evidenceOf();
    evidence.value = { ...evidence.value, ...shown, trace: evidence.value?.trace ?? shown.trace };
    expect(one.notice.value).not.toBe("");
    evidence.value = shown;
    expect(one.notice.value).toBe("");
    stop();
  });
});
