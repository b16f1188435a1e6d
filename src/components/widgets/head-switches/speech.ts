/** What the model says: stored at first, live after the first switch or edit. The newest request wins. */
import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { AnyTrace, ModelInfo } from "../../../engine/model.ts";
import { type Failure, FailureError, toFailure } from "../../../lib/failure.ts";
import { ask, type Run, type Said, type Spoken } from "../../../stored/said.ts";
import type { ModelClient } from "../../../workers/client.ts";
import { actOn } from "../../views/figure/actOn.ts";
import { isQuiet, statusOf } from "../../views/figure/liveStatus.ts";
import type { FigureActions, FigureStatus } from "../../views/figure/status.ts";
import { headsNamed } from "./boards.ts";
import { type Choice, isWhole, promptOf, runKey, wholeKey } from "./choice.ts";

/** What is shown of the model. */
export interface Shown {
  readonly key: string;
  /** What was run. */
  readonly choice: Choice;
  readonly whole: Said;
  readonly now: Said;
  readonly live: boolean;
  /** Null while stored. */
  readonly trace: AnyTrace | null;
}

export interface SpeechOptions {
  readonly id: string;
  readonly choice: ReadonlySignal<Choice>;
  readonly start: Shown;
  readonly clientOf: (model: string) => ModelClient;
  readonly absent: (model: string) => boolean;
  /** What is stored for a choice, or null. */
  readonly stored: (choice: Choice) => Shown | null;
}

export interface Speech {
  readonly shown: ReadonlySignal<Shown>;
  /** What is shown is not what was chosen. */
  readonly stale: ReadonlySignal<boolean>;
  /** What was chosen is not run until the reader asks. */
  readonly waiting: ReadonlySignal<boolean>;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly actions: FigureActions;
  /** A link’s choice is not run until the reader asks; what is stored of its text is shown meanwhile. */
  hold(choice: Choice, meanwhile: Shown | null): void;
  /** Runs what is chosen; answers when it is shown, failed or overtaken. */
  runNow(): Promise<void>;
  reset(): void;
  follow(): () => void;
}

export function createSpeech(options: SpeechOptions): Speech {
  const { id, choice, start } = options;
  const shown = signal(start);
  const running = signal(false);
  const failed = signal<Failure | null>(null);
  const held = signal<string | null>(null);
  const client = computed(() => options.clientOf(choice.value.model));
  const stale = computed(() => runKey(choice.value) !== shown.value.key);
  let whole: { readonly key: string; readonly spoken: Spoken } | null = null;
  let asked = 0;

  /** The run with all heads on, kept for the switches to come. */
  async function wholeOf(want: Choice, info: ModelInfo, run: Run): Promise<Spoken> {
    const key = wholeKey(want);
    if (whole?.key === key) return whole.spoken;
    const spoken = await ask(info.family, promptOf(want), { off: [], fill: "zero" }, run, null);
    whole = { key, spoken };
    return spoken;
  }

  async function runNow(): Promise<void> {
    const want = choice.peek();
    const { modelInfo, trace } = client.peek();
    if (options.absent(want.model) || !isWhole(want, modelInfo)) return;
    const mine = ++asked;
    const run: Run = async (request) => {
      const answer = await trace(request, id);
      if (!answer.ok) throw new FailureError(answer.failure);
      return answer.value;
    };
    batch(() => {
      held.value = null;
      running.value = true;
      failed.value = null;
    });
    const outcome = await spoken(want, modelInfo, run);
    if (mine !== asked) return;
    batch(() => {
      running.value = false;
      if ("failure" in outcome) failed.value = isQuiet(outcome.failure) ? null : outcome.failure;
      else shown.value = outcome;
    });
  }

  async function spoken(want: Choice, info: ModelInfo, run: Run): Promise<Shown | { readonly failure: Failure }> {
    try {
      const before = await wholeOf(want, info, run);
      const removal = { off: headsNamed(want.off, info), fill: want.fill };
      const now = want.off.length === 0 ? before : await ask(info.family, promptOf(want), removal, run, before);
      return { key: runKey(want), choice: want, whole: before.said, now: now.said, live: true, trace: now.trace };
    } catch (thrown) {
      return { failure: toFailure(thrown) };
    }
  }

  /** Shows what is stored where that will do, and runs the rest. */
  function settle(): void {
    const want = choice.peek();
    const stored = shown.peek().live && shown.peek().choice.model === want.model ? null : options.stored(want);
    if (stored) {
      asked++;
      batch(() => {
        shown.value = stored;
        running.value = false;
        failed.value = null;
      });
    } else void runNow();
  }

  const actions: FigureActions = {
    run: () => void runNow(),
    cancel: () => {
      asked++;
      running.value = false;
      held.value = runKey(choice.peek());
      client.peek().cancelLoad();
    },
    prefer: (preference) => {
      client.peek().devicePreference.value = preference;
    },
    act: (action) => {
      failed.value = null;
      actOn(action, client.peek(), () => void client.peek().retry().then(runNow));
    },
  };

  return {
    shown,
    stale,
    waiting: computed(() => stale.value && held.value === runKey(choice.value)),
    status: computed(() =>
      statusOf(client.value, {
        live: shown.value.live,
        stale: stale.value,
        running: running.value,
        failed: failed.value,
        absent: options.absent(choice.value.model),
      }),
    ),
    actions,
    hold: (next, meanwhile) => {
      held.value = runKey(next);
      if (meanwhile) shown.value = meanwhile;
    },
    runNow,
    reset: () => {
      asked++;
      whole = null;
      batch(() => {
        held.value = start.key;
        shown.value = start;
        running.value = false;
        failed.value = null;
      });
    },
    follow: () =>
      effect(() => {
        const key = runKey(choice.value);
        if (key === held.peek()) return;
        if (key === shown.peek().key) {
          // Back at what is shown: a run under way is of no use.
          asked++;
          running.value = false;
        } else untracked(settle);
      }),
  };
}
