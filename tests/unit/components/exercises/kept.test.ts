import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { keptOnce } from "../../../../src/components/exercises/progress/kept.ts";
import { createProgress } from "../../../../src/components/exercises/progress/store.ts";
import * as rules from "../../../../src/components/exercises/rules.ts";
import { createSession } from "../../../../src/components/exercises/session.ts";
import { evidenceOf } from "./trace.ts";

describe("an island that hydrates after the progress was read", () => {
  it("is first what the server drew, and then what was kept", async () => {
    const store = createProgress("test", () => null);
    store.open();
    const session = (hydrated: boolean) => {
      const seen = signal(hydrated);
      const one = createSession({
        id: "ex",
        kind: "numeric",
        question: "How many heads?",
        key: { value: "heads", tolerance: 0, traps: [] },
        hints: 2,
        evidence: signal(evidenceOf()),
        mark: signal(null),
        open: signal(true),
        store: { ...store, ...keptOnce(seen, store) },
        rules: async () => rules,
      });
      return { one, seen };
    };
    const early = session(true);
    early.one.draft.value = 2;
    await early.one.check();

    const late = session(false);
    expect(late.one.entry.value).toMatchObject({ done: false, verdict: null, at: 0 });
    late.seen.value = true;
    expect(late.one.entry.value).toMatchObject({ done: true, verdict: { state: "right" } });
  });

  it("knows of no reset and no lack of storage at first", async () => {
    const store = createProgress("test", () => null);
    store.open();
    store.remove([]);
    const hydrated = signal(false);
    const kept = keptOnce(hydrated, store);
    expect([kept.keeping.value, kept.undoable.value]).toEqual(["saved", null]);
    hydrated.value = true;
    expect([kept.keeping.value, kept.undoable.value]).toEqual(["memory", { entries: {}, added: [] }]);
  });
});
