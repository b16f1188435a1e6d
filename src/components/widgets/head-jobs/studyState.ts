/** Studies of the figure: stored ones fetched when they are first shown, live ones made on request. Signals only. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Corpus, HeadStudy, StudyProgress } from "../../../engine/study.ts";
import type { Failure } from "../../../lib/failure.ts";
import { decodeStudy, type StoredStudy } from "../../../stored/study.ts";
import type { StudyName } from "../../../stored/studyExamples.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";

/** A study as it is shown. */
export interface ShownStudy {
  readonly study: HeadStudy;
  readonly live: boolean;
  /** What a live study took; null for a stored one. */
  readonly cost: { readonly runs: number; readonly seconds: number } | null;
}

export interface StudyStateOptions {
  /** What is shown at first. */
  readonly first: { readonly model: string; readonly name: StudyName; readonly stored: StoredStudy };
  readonly model: ReadonlySignal<string>;
  readonly name: ReadonlySignal<StudyName>;
  readonly stored: (model: string, name: StudyName) => Promise<StoredStudy>;
  /** Loads a model, so that a study's time is its own. */
  readonly load: (model: string) => Promise<Outcome<unknown>>;
  readonly study: (
    model: string,
    corpus: Corpus,
    onProgress: (progress: StudyProgress) => void,
  ) => Promise<Outcome<HeadStudy>>;
  readonly cancel: (model: string) => void;
}

export interface StudyState {
  /** Null while the stored study is being fetched. */
  readonly shown: ReadonlySignal<ShownStudy | null>;
  /** How far the study of what is shown is; null while there is none. */
  readonly progress: ReadonlySignal<StudyProgress | null>;
  readonly failure: ReadonlySignal<Failure | null>;
  /** Scores every head over a corpus, live; a study that runs is stopped. */
  score(corpus: Corpus): Promise<void>;
  cancel(): void;
  /** Fetches the stored study of what is shown, where it is not yet known. */
  fetch(): Promise<void>;
  /** Back to what is stored. */
  reset(): void;
}

interface Running {
  readonly key: string;
  readonly model: string;
  readonly progress: StudyProgress;
}

export function studyState(options: StudyStateOptions): StudyState {
  const { first, model, name } = options;
  const key = computed(() => keyOf(model.value, name.value));
  const known = signal<ReadonlyMap<string, ShownStudy>>(new Map());
  const stored = signal<ReadonlyMap<string, ShownStudy>>(
    new Map([[keyOf(first.model, first.name), asStored(first.stored)]]),
  );
  const running = signal<Running | null>(null);
  const failed = signal<{ readonly key: string; readonly failure: Failure } | null>(null);
  let asked = 0;

  function stop(): void {
    asked++;
    const was = running.peek();
    running.value = null;
    if (was) options.cancel(was.model);
  }

  async function score(corpus: Corpus): Promise<void> {
    stop();
    const mine = ++asked;
    const place = { key: key.peek(), model: model.peek() };
    const tell = (progress: StudyProgress) => {
      if (mine === asked) running.value = { ...place, progress };
    };
    failed.value = null;
    tell({ done: 0, total: sizeOf(corpus) });
    const loaded = await options.load(place.model);
    if (mine !== asked) return;
    const start = performance.now();
    const answer = loaded.ok ? await options.study(place.model, corpus, tell) : loaded;
    if (mine !== asked) return;
    batch(() => {
      running.value = null;
      if (!answer.ok) {
        failed.value = isQuiet(answer.failure) ? null : { key: place.key, failure: answer.failure };
        return;
      }
      const study = answer.value as HeadStudy;
      const cost = { runs: study.sentences, seconds: (performance.now() - start) / 1000 };
      known.value = new Map(known.peek()).set(place.key, { study, live: true, cost });
    });
  }

  async function fetch(): Promise<void> {
    const place = { key: key.peek(), model: model.peek(), name: name.peek() };
    if (stored.peek().has(place.key)) return;
    const found = asStored(await options.stored(place.model, place.name));
    stored.value = new Map(stored.peek()).set(place.key, found);
  }

  return {
    shown: computed(() => known.value.get(key.value) ?? stored.value.get(key.value) ?? null),
    progress: computed(() => (running.value?.key === key.value ? running.value.progress : null)),
    failure: computed(() => (failed.value?.key === key.value ? failed.value.failure : null)),
    score,
    cancel: stop,
    fetch,
    reset: () =>
      batch(() => {
        stop();
        failed.value = null;
        known.value = new Map();
      }),
  };
}

function keyOf(model: string, name: StudyName): string {
  return `${model} ${name}`;
}

function asStored(stored: StoredStudy): ShownStudy {
  return { study: decodeStudy(stored), live: false, cost: null };
}

function sizeOf(corpus: Corpus): number {
  return corpus.kind === "texts" ? corpus.texts.length : corpus.count;
}

function isQuiet({ code }: Failure): boolean {
  return code === "superseded" || code === "cancelled";
}
