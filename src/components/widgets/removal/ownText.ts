/** One model's text in a figure: what was stored of it, and what live runs of the reader's own sentence give. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AnyTrace, ModelInfo } from "../../../engine/model.ts";
import type { HeadSweep, Prompt, RemovalStudy, StudyProgress } from "../../../engine/study.ts";
import type { Failure } from "../../../lib/failure.ts";
import { actOn } from "../../views/figure/actOn.ts";
import type { LiveClient, Outcome } from "../../views/figure/liveClient.ts";
import { isQuiet, statusOf } from "../../views/figure/liveStatus.ts";
import type { FigureActions, FigureStatus } from "../../views/figure/status.ts";

/** Hears how far the runs are. */
export type Tell = (progress: StudyProgress) => void;

/** What is asked of a model's client. */
export interface RemovalClient extends Omit<LiveClient, "trace" | "modelInfo"> {
  readonly modelInfo: ModelInfo;
  trace(request: { source: string; target: string | null }, channel: string): Promise<Outcome<AnyTrace>>;
  /** Runs texts without each of their tokens. */
  remove(prompts: readonly Prompt[], channel: string, tell: Tell): Promise<Outcome<Pick<RemovalStudy, "rows">>>;
  /** Runs texts without each of the model's heads. */
  sweep(prompts: readonly Prompt[], channel: string, tell: Tell): Promise<Outcome<Pick<HeadSweep, "effects">>>;
  cancelStudy(channel: string): void;
}

/** What the reader types. */
export interface Texts {
  readonly source: string;
  /** A decoder's next word; empty for the model's own first choice. */
  readonly answer: string;
}

/** What the runs give. */
export interface Found {
  readonly live: boolean;
  /** Runs of the model that it took; 0 when stored. */
  readonly runs: number;
}

export interface OwnText<T extends Found = Found> {
  readonly source: Signal<string>;
  readonly answer: Signal<string>;
  readonly found: ReadonlySignal<T>;
  /** The text that the picture shows. */
  readonly shown: ReadonlySignal<Texts>;
  /** The runs of what stands in the fields were stopped by the reader. */
  readonly stopped: ReadonlySignal<boolean>;
  /** Null while nothing runs. */
  readonly progress: ReadonlySignal<StudyProgress | null>;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly actions: FigureActions;
  reset(): void;
}

/** Runs the model on a text, as often as it takes. */
export type Work<T> = (texts: Texts, tell: Tell) => Promise<Outcome<T>>;

export interface OwnTextOptions<T extends Found> {
  readonly client: RemovalClient;
  readonly channel: string;
  /** The stored text, and what was found of it. */
  readonly first: Texts;
  readonly stored: T;
  readonly absent: boolean;
  /** What the button says. */
  readonly offer: string;
  readonly work: Work<T>;
}

export function ownText<T extends Found>(options: OwnTextOptions<T>): OwnText<T> {
  const { client, channel, first, stored, absent } = options;
  const source = signal(first.source);
  const answer = signal(first.answer);
  const found = signal(stored);
  const shown = signal(first);
  const progress = signal<StudyProgress | null>(null);
  const failed = signal<Failure | null>(null);
  const halted = signal<Texts | null>(null);
  const holds = (texts: Texts) => source.value === texts.source && answer.value === texts.answer;
  let asked = 0;

  async function run(): Promise<void> {
    if (absent) return;
    const mine = ++asked;
    const typed: Texts = { source: source.peek(), answer: answer.peek() };
    failed.value = null;
    halted.value = null;
    progress.value = { done: 0, total: 0 };
    const outcome = await options.work({ source: typed.source.trim(), answer: typed.answer.trim() }, (next) => {
      if (mine === asked) progress.value = next;
    });
    if (mine !== asked) return;
    batch(() => {
      progress.value = null;
      failed.value = outcome.ok || isQuiet(outcome.failure) ? null : outcome.failure;
      if (!outcome.ok) return;
      found.value = outcome.value;
      shown.value = typed;
    });
  }

  async function rerun(): Promise<void> {
    const answer = await client.retry();
    if (answer.ok) await run();
  }

  const cancel = () => {
    asked++;
    progress.value = null;
    halted.value = { source: source.peek(), answer: answer.peek() };
    client.cancelLoad();
    client.cancelStudy(channel);
  };
  const actions: FigureActions = {
    run: () => void run(),
    cancel,
    prefer: (preference) => {
      client.devicePreference.value = preference;
    },
    act: (action) => {
      failed.value = null;
      actOn(action, client, () => void rerun());
    },
  };

  return {
    source,
    answer,
    found,
    shown,
    stopped: computed(() => halted.value !== null && holds(halted.value)),
    progress,
    actions,
    status: computed(() => ({
      ...statusOf(client, {
        live: found.value.live,
        stale: !holds(shown.value),
        running: progress.value !== null,
        failed: failed.value,
        absent,
      }),
      ...(progress.value && { phase: client.modelStatus.value.phase === "loading" ? "loading" : "running" }),
      offer: options.offer,
    })),
    reset: () =>
      batch(() => {
        if (progress.peek()) cancel();
        failed.value = null;
        halted.value = null;
        source.value = first.source;
        answer.value = first.answer;
        shown.value = first;
        found.value = stored;
      }),
  };
}
