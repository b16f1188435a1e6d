/** One exercise at work: the answer being made, what was kept of it, and what the buttons do. No drawing. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { checkers } from "./checkers.ts";
import type { Evidence, Mark } from "./evidence.ts";
import { type Entry, freshEntry, type KeptVerdict } from "./progress/record.ts";
import type { ProgressStore } from "./progress/store.ts";
import type { Answers, Checker, Keys, Kind, Solution, Source, UnsettledReason } from "./types.ts";
import { versionOf } from "./version.ts";
import { UNSETTLED_WORDS } from "./words.ts";

/** What a session is made from. */
export interface SessionOptions<K extends Kind> {
  readonly id: string;
  readonly kind: K;
  readonly question: string;
  readonly key: Keys[K];
  readonly hints: number;
  readonly evidence: ReadonlySignal<Evidence | null>;
  readonly mark: Signal<Mark | null>;
  /** Whether the figure can be seen: false while it waits behind a curtain. */
  readonly open: ReadonlySignal<boolean>;
  readonly store: Pick<ProgressStore, "entries" | "undoable" | "put" | "remove" | "undo">;
  /** Milliseconds since 1970; given in tests. */
  readonly now?: () => number;
}

export interface Session<K extends Kind> {
  /** The answer as it stands in the controls. */
  readonly draft: Signal<Answers[K] | null>;
  readonly entry: ReadonlySignal<Entry<K>>;
  /** Why the last try could not be settled; empty otherwise. */
  readonly notice: Signal<string>;
  /** The right answer and its numbers, from what the figure shows now. */
  readonly solution: ReadonlySignal<Solution<K>>;
  /** A reset of this exercise can be taken back. */
  readonly undoable: ReadonlySignal<boolean>;
  /** Whether the figure can be seen. */
  readonly open: ReadonlySignal<boolean>;
  /** The draft is not the answer that the verdict speaks of. */
  readonly dirty: ReadonlySignal<boolean>;
  /** Checks the draft; true when there is a verdict. */
  check(): boolean;
  hint(): void;
  showSolution(): void;
  reset(): void;
  /** Brings into view and marks again in the figure what decided the verdict. */
  point(): void;
  /** Marks something in the figure, unless that is covered. */
  show(mark: Mark | null): void;
  /** Takes a notice back once the figure shows another run. Returns how to stop. */
  watch(): () => void;
  /** Takes note that the question is another one than the one answered. */
  noteChange(): void;
  /** Keeps the draft in step with what is kept: after a reload, an undo, a try in another tab. Returns how to stop. */
  follow(): () => void;
}

const SOLUTION_AFTER = 1;

/** Whether the solution may be shown without asking: after one try. */
export function solutionEarned(entry: Pick<Entry, "tries">): boolean {
  return entry.tries >= SOLUTION_AFTER;
}

export function createSession<K extends Kind>(options: SessionOptions<K>): Session<K> {
  const { id, kind, key, evidence, mark, open, store, now = Date.now } = options;
  // The table is typed by kind; TypeScript can't see that the row of K is a Checker<K>.
  const checker = checkers[kind] as unknown as Checker<K>;
  const version = versionOf({ question: options.question, key });
  const draft: Signal<Answers[K] | null> = signal(null);
  const notice = signal("");

  const entry = computed<Entry<K>>(() => {
    const kept = Object.hasOwn(store.entries.value, id) ? store.entries.value[id] : undefined;
    return kept?.kind === kind ? (kept as Entry<K>) : freshEntry(kind, version);
  });
  const write = (change: Partial<Entry<K>>): void => {
    const base = entry.value.changed ? freshEntry(kind, version) : entry.value;
    store.put(id, { ...base, ...change, at: now() } as unknown as Entry);
  };

  const show = (next: Mark | null): void => {
    if (open.value) mark.value = next;
  };

  const check = (): boolean => {
    const shown = evidence.value;
    const verdict = checker.check(draft.value, key, shown);
    if (verdict.state === "unsettled") {
      notice.value = UNSETTLED_WORDS[verdict.why as UnsettledReason];
      return false;
    }
    notice.value = "";
    const base = entry.value.changed ? freshEntry(kind, version) : entry.value;
    const kept: KeptVerdict = { ...verdict, source: sourceOf(checker.measured(key), shown) };
    write({
      answer: draft.value,
      verdict: kept,
      tries: base.tries + 1,
      done: base.done || checker.ends.includes(verdict.state),
    });
    show(verdict.mark ?? null);
    return true;
  };

  return {
    draft,
    entry,
    notice,
    solution: computed(() => checker.solve(key, evidence.value)),
    undoable: computed(() => Object.hasOwn(store.undoable.value?.entries ?? {}, id)),
    open,
    dirty: computed(() => JSON.stringify(draft.value) !== JSON.stringify(entry.value.answer)),
    check,
    hint: () => write({ hints: Math.min(options.hints, entry.value.hints + 1) }),
    showSolution() {
      const { answer, mark: proof } = checker.solve(key, evidence.value);
      write({ solutionSeen: true });
      if (kind === "cells" && answer !== null) draft.value = answer;
      if (proof) show(proof);
    },
    reset() {
      store.remove([id]);
      draft.value = null;
      notice.value = "";
      mark.value = null;
    },
    point() {
      const proof = entry.value.verdict?.mark;
      // A new object each time: a signal tells nobody of a value that it holds already.
      if (proof) show({ ...proof, bring: true });
    },
    show,
    watch() {
      let run = evidence.value?.trace;
      return evidence.subscribe((shown) => {
        if (shown?.trace !== run) notice.value = "";
        run = shown?.trace;
      });
    },
    noteChange() {
      const kept = entry.value;
      if (kept.version === version || kept.changed) return;
      store.put(id, { ...kept, changed: true, done: false } as unknown as Entry);
    },
    follow() {
      let seen = "null";
      return entry.subscribe(({ answer, at }) => {
        const now = JSON.stringify(answer);
        // A hint, too, changes the entry; an answer in the making must outlive it.
        if (now === seen) return;
        seen = now;
        if (answer !== null || at === 0) draft.value = answer;
      });
    },
  };
}

function sourceOf(measured: boolean, evidence: Evidence | null): Source {
  if (!measured || !evidence) return "none";
  return evidence.live ? "live" : "stored";
}
