/** One exercise at work: the answer being made, what was kept of it, and what the buttons do. No drawing. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Evidence, Mark } from "./evidence.ts";
import { type Entry, freshEntry, type KeptVerdict } from "./progress/record.ts";
import type { ProgressStore } from "./progress/store.ts";
import type { Answers, Checker, Keys, Kind, Solution, Source, UnsettledReason } from "./types.ts";
import { versionOf } from "./version.ts";
import { NOT_FETCHED } from "./words.ts";

/** What `rules.ts` holds: a checker for each kind, and what to say where a try cannot be settled. */
export interface Rules {
  readonly checkers: { readonly [K in Kind]: Checker<K> };
  readonly UNSETTLED_WORDS: Readonly<Record<UnsettledReason, string>>;
}

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
  /** Fetches the stored run that stands in for the figure. */
  readonly stored?: (() => Promise<Evidence>) | undefined;
  /** The question is about the stored run alone. */
  readonly alone?: boolean | undefined;
  /** Said where the figure shows something else than the question is about. */
  readonly elsewhere?: string | undefined;
  readonly store: Pick<ProgressStore, "entries" | "undoable" | "put" | "remove" | "undo">;
  /** The rules; fetched when they are first needed, so that a page that is only read does without. */
  readonly rules: () => Promise<Rules>;
  /** Milliseconds since 1970; given in tests. */
  readonly now?: () => number;
}

export interface Session<K extends Kind> {
  /** The answer as it stands in the controls. */
  readonly draft: Signal<Answers[K] | null>;
  readonly entry: ReadonlySignal<Entry<K>>;
  /** Why the last try could not be settled; empty otherwise. */
  readonly notice: Signal<string>;
  /** The right answer and its numbers, from what the figure shows now; none until the rules are there. */
  readonly solution: ReadonlySignal<Solution<K>>;
  /** A reset of this exercise can be taken back. */
  readonly undoable: ReadonlySignal<boolean>;
  /** Whether the figure can be seen. */
  readonly open: ReadonlySignal<boolean>;
  /** The draft is not the answer that the verdict speaks of. */
  readonly dirty: ReadonlySignal<boolean>;
  /** Fetches the rules. False where they could not be fetched, which the notice says. */
  ready(): Promise<boolean>;
  /** Checks the draft; true when there is a verdict. */
  check(): Promise<boolean>;
  hint(): Promise<void>;
  showSolution(): Promise<void>;
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

/** Kinds whose answer is easier seen in the controls than told in words. */
const SHOWN_IN_PLACE: ReadonlySet<Kind> = new Set<Kind>(["cells", "order", "tokens", "several"]);

/** Whether the solution may be shown without asking: after one try. */
export function solutionEarned(entry: Pick<Entry, "tries">): boolean {
  return entry.tries >= SOLUTION_AFTER;
}

export function createSession<K extends Kind>(options: SessionOptions<K>): Session<K> {
  const { id, kind, key, evidence, mark, open, store, now = Date.now } = options;
  const rules: Signal<Fetched<K> | null> = signal(null);
  const standIn: Signal<Evidence | null> = signal(null);
  const settling = (): Evidence | null => (options.alone ? standIn.value : evidence.value);
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

  const fetched = async (): Promise<Fetched<K> | null> => {
    try {
      standIn.value ??= (await options.stored?.()) ?? null;
      rules.value ??= rulesFor(kind)(await options.rules());
    } catch {
      rules.value = null;
    }
    if (!rules.value) notice.value = NOT_FETCHED;
    return rules.value;
  };

  const check = async (): Promise<boolean> => {
    const found = await fetched();
    if (!found) return false;
    const { checker, unsettledWords } = found;
    const shown = settling();
    const verdict = checker.check(draft.value, key, shown);
    if (verdict.state === "unsettled") {
      const own = verdict.why === "other-text" ? options.elsewhere : undefined;
      notice.value = own ?? unsettledWords[verdict.why as UnsettledReason];
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

  const solve = ({ checker }: Fetched<K>): Solution<K> => {
    const solution = checker.solve(key, settling());
    if (solution.answer !== null || !standIn.value) return solution;
    // What decides it there would mark something else in the figure.
    const { answer, facts } = checker.solve(key, standIn.value);
    return { answer, facts };
  };

  return {
    draft,
    entry,
    notice,
    solution: computed(() => (rules.value ? solve(rules.value) : { answer: null, facts: {} })),
    undoable: computed(() => Object.hasOwn(store.undoable.value?.entries ?? {}, id)),
    open,
    dirty: computed(() => JSON.stringify(draft.value) !== JSON.stringify(entry.value.answer)),
    ready: async () => (await fetched()) !== null,
    check,
    async hint() {
      // A hint may speak of the run's numbers.
      await fetched();
      write({ hints: Math.min(options.hints, entry.value.hints + 1) });
    },
    async showSolution() {
      const found = await fetched();
      if (!found) return;
      const { answer, mark: proof } = solve(found);
      write({ solutionSeen: true });
      if (SHOWN_IN_PLACE.has(kind) && answer !== null) draft.value = answer;
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
      // Begun before the page was ready: newer than what an earlier visit left.
      let early = draft.peek() !== null;
      return entry.subscribe(({ answer, at }) => {
        const now = JSON.stringify(answer);
        // A hint, too, changes the entry; an answer in the making must outlive it.
        if (now === seen) return;
        seen = now;
        const outlives = early;
        early = false;
        if (outlives) return;
        if (answer !== null || at === 0) draft.value = answer;
      });
    },
  };
}

/** The rules of one kind. */
interface Fetched<K extends Kind> {
  readonly checker: Checker<K>;
  readonly unsettledWords: Rules["UNSETTLED_WORDS"];
}

function rulesFor<K extends Kind>(kind: K): (rules: Rules) => Fetched<K> {
  return ({ checkers, UNSETTLED_WORDS }) => ({
    // The table is typed by kind; TypeScript can't see that the row of K is a Checker<K>.
    checker: checkers[kind] as unknown as Checker<K>,
    unsettledWords: UNSETTLED_WORDS,
  });
}

function sourceOf(measured: boolean, evidence: Evidence | null): Source {
  if (!measured || !evidence) return "none";
  return evidence.live ? "live" : "stored";
}
