/**
 * The inside of the head that is chosen: the stored one while the figure shows the stored run, else asked of the model. While
 * it is on its way, and where only a run could give it, the one before stays.
 */
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { AnyTrace, HeadInside, HeadRef, RunRequest } from "../../../engine/model.ts";
import type { Failure } from "../../../lib/failure.ts";
import { decodeInside, type StoredInside } from "../../../stored/inside.ts";
import { insideExample } from "../../../stored/insideExamples.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";

export interface InsideOptions {
  /** Drawn at build time. */
  readonly first: StoredInside;
  readonly trace: ReadonlySignal<AnyTrace>;
  /** Whether the trace comes from the live model. */
  readonly live: ReadonlySignal<boolean>;
  readonly head: ReadonlySignal<HeadRef>;
  readonly stored: (id: string) => Promise<StoredInside>;
  readonly inspect: (model: string, request: RunRequest, head: HeadRef) => Promise<Outcome<HeadInside>>;
}

export interface InsideState {
  readonly inside: ReadonlySignal<HeadInside>;
  /** The head that is chosen is not the one that is shown yet, and only a run can give it. */
  readonly waiting: ReadonlySignal<boolean>;
  /** Why the chosen head could not be read. */
  readonly failure: ReadonlySignal<Failure | null>;
  /** Starts to follow the choice; answers with a function that stops. */
  follow(): () => void;
}

export function insideState(options: InsideOptions): InsideState {
  const { trace, live, head } = options;
  const inside = signal(decodeInside(options.first));
  const failure = signal<Failure | null>(null);
  const waiting = signal(false);
  let asked = 0;
  const wanted = computed(() => JSON.stringify(head.value));

  async function show(getting: Promise<Outcome<HeadInside>>): Promise<void> {
    const mine = ++asked;
    const got = await getting;
    if (mine !== asked) return;
    batch(() => {
      failure.value = got.ok || got.failure.code === "superseded" ? null : got.failure;
      if (got.ok) inside.value = got.value;
      if (got.ok) waiting.value = false;
    });
  }

  return {
    inside,
    waiting,
    failure,
    follow: () =>
      effect(() => {
        const now = trace.value;
        void wanted.value;
        const chosen = head.peek();
        const example = insideExample(now.model, chosen);
        failure.value = null;
        waiting.value = false;
        if (live.value) {
          void show(options.inspect(now.model, requestOf(now), chosen));
        } else if (example) {
          void show(storedOutcome(options, example.id));
        } else {
          asked++;
          waiting.value = true;
        }
      }),
  };
}

/** What is stored; the one that the figure was drawn from is at hand. */
async function storedOutcome({ first, stored }: InsideOptions, id: string): Promise<Outcome<HeadInside>> {
  return { ok: true, value: decodeInside(id === first.id ? first : await stored(id)) };
}

/** The run of a trace once more; a text that the model wrote is read, so that one run is enough. */
function requestOf({ source, target }: AnyTrace): RunRequest {
  return { source: source.text, target: target === null ? null : target.text };
}
