/**
 * One study behind a figure: stored answers at first, live ones once the reader edits or asks. What is asked is plain data, so
 * that an answer is known by its question: a stored or an earlier live one is shown at once, a late one of another question
 * never.
 */
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { AnyTrace, ModelInfo, RunRequest } from "../../../engine/model.ts";
import type { StudyProgress, StudyRequest, StudyResults } from "../../../engine/study.ts";
import type { Failure } from "../../../lib/failure.ts";
import { actOn } from "../figure/actOn.ts";
import type { LiveClient, Outcome } from "../figure/liveClient.ts";
import { isQuiet, statusOf } from "../figure/liveStatus.ts";
import type { FigureActions, FigureStatus } from "../figure/status.ts";

/** What is asked of a model's client in `workers/client`: `clientOf(id)` fits. */
export interface StudyClient extends Omit<LiveClient, "trace" | "modelInfo"> {
  readonly modelInfo: ModelInfo;
  trace(request: RunRequest, channel: string): Promise<Outcome<AnyTrace>>;
  study<K extends StudyRequest["job"]>(
    request: Extract<StudyRequest, { job: K }>,
    channel: string,
    onProgress: Tell,
  ): Promise<Outcome<StudyResults[K]>>;
  cancelStudy(channel: string): void;
}

/** Hears how far a study is. */
export type Tell = (progress: StudyProgress) => void;

export interface LiveStudyOptions<Question, Result> {
  readonly client: StudyClient;
  /** Who asks: the figure's id, so that figures do not end each other's studies. */
  readonly channel: string;
  /** What the reader asks, as plain data; equal questions have equal JSON. */
  readonly question: ReadonlySignal<Question>;
  /** What was stored for a question, null where nothing was; the first question must have something. */
  readonly stored: (question: Question) => Result | null;
  /** Asks the model. */
  readonly work: (question: Question, tell: Tell) => Promise<Outcome<Result>>;
  /** This copy of the site lacks the model: stored answers are all there is. */
  readonly absent?: boolean;
  /** Which questions run by themselves once they change; others wait for the button. Default: all. */
  readonly follows?: (question: Question) => boolean;
  /** What the button says. Default: "Run it live". */
  readonly offer?: string;
}

/** What the picture shows. */
export interface Shown<Question, Result> {
  readonly question: Question;
  readonly result: Result;
  readonly live: boolean;
}

export interface LiveStudy<Question, Result> {
  /** Always an answer with the question that it is of. */
  readonly shown: ReadonlySignal<Shown<Question, Result>>;
  /** The reader asks something else than what is shown. */
  readonly stale: ReadonlySignal<boolean>;
  /** The reader stopped the study of what is asked. */
  readonly stopped: ReadonlySignal<boolean>;
  /** Null while nothing runs; a total of 0 while it is not known. */
  readonly progress: ReadonlySignal<StudyProgress | null>;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly actions: FigureActions;
  /** Forgets live answers; the figure sets its question back itself. */
  reset(): void;
  /** Starts to follow the question, in the browser; answers with a function that stops. */
  follow(): () => void;
}

/** How long a question must rest before it is run, in milliseconds. */
const REST = 300;
/** Live answers that are kept. */
const KEPT = 16;

export function liveStudy<Question, Result>(options: LiveStudyOptions<Question, Result>): LiveStudy<Question, Result> {
  const { client, channel, question, absent = false } = options;
  const first = question.peek();
  const firstResult = options.stored(first);
  if (firstResult === null) throw new RangeError(`nothing is stored for the first question of ${channel}`);
  const shown = signal<Shown<Question, Result>>({ question: first, result: firstResult, live: false });
  const progress = signal<StudyProgress | null>(null);
  const failed = signal<Failure | null>(null);
  const halted = signal<string | null>(null);
  const key = computed(() => JSON.stringify(question.value));
  const stale = computed(() => key.value !== JSON.stringify(shown.value.question));
  const answers = new Map<string, Shown<Question, Result>>();
  let asked = 0;

  async function run(): Promise<void> {
    if (absent) return;
    const mine = ++asked;
    const mineKey = key.peek();
    const now = question.peek();
    batch(() => {
      failed.value = null;
      halted.value = null;
      progress.value = { done: 0, total: 0 };
    });
    const outcome = await options.work(now, (next) => {
      if (mine === asked) progress.value = next;
    });
    if (mine !== asked) return;
    batch(() => {
      progress.value = null;
      failed.value = outcome.ok || isQuiet(outcome.failure) ? null : outcome.failure;
      if (!outcome.ok) return;
      shown.value = { question: now, result: outcome.value, live: true };
      keep(answers, mineKey, shown.value);
    });
  }

  /** Shows what is known of a question; whether something is. */
  function look(now: Question, nowKey: string): boolean {
    const stored = answers.has(nowKey) ? null : options.stored(now);
    const known = answers.get(nowKey) ?? (stored && { question: now, result: stored, live: false });
    if (!known) return false;
    stop();
    shown.value = known;
    return true;
  }

  function stop(): void {
    if (progress.peek() === null) return;
    asked++;
    progress.value = null;
    client.cancelStudy(channel);
  }

  function follow(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // What a link put there is not run until the reader asks.
    let held: string | null = key.peek();
    const end = effect(() => {
      const [now, nowKey] = [question.value, key.value];
      clearTimeout(timer);
      if (nowKey === JSON.stringify(shown.peek().question)) return stop();
      if (look(now, nowKey) || nowKey === held) return;
      held = null;
      stop();
      if (options.follows?.(now) ?? true) timer = setTimeout(run, REST);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }

  async function rerun(): Promise<void> {
    const answer = await client.retry();
    if (answer.ok) await run();
  }

  const actions: FigureActions = {
    run: () => void run(),
    cancel: () => {
      halted.value = key.peek();
      stop();
      client.cancelLoad();
    },
    prefer: (preference) => {
      client.devicePreference.value = preference;
    },
    act: (action) => {
      failed.value = null;
      actOn(action, client, () => void rerun());
    },
  };

  const running = computed(() => progress.value !== null);
  return {
    shown,
    stale,
    stopped: computed(() => halted.value === key.value),
    progress,
    actions,
    status: computed(() => ({
      ...statusOf(client, {
        live: shown.value.live,
        stale: stale.value,
        running: running.value,
        failed: failed.value,
        absent,
      }),
      ...(running.value && { phase: client.modelStatus.value.phase === "loading" ? "loading" : "running" }),
      ...(options.offer !== undefined && { offer: options.offer }),
    })),
    reset: () =>
      batch(() => {
        stop();
        answers.clear();
        failed.value = null;
        halted.value = null;
        shown.value = { question: first, result: firstResult, live: false };
      }),
    follow,
  };
}

/** Keeps the newest answers. */
function keep<Answer>(answers: Map<string, Answer>, key: string, answer: Answer): void {
  answers.delete(key);
  answers.set(key, answer);
  const [oldest] = answers.keys();
  if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest);
}
