/**
 * The text under a figure and the trace of it: stored at first, live after the first edit or on request.
 * Figures that share a `source` signal share one of these, so one run updates them all.
 */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Alignment, Token, Trace } from "../../../engine/model.ts";
import type { Failure } from "../../../lib/failure.ts";
import type { LiveClient, Side } from "./liveClient.ts";
import { isQuiet, statusOf } from "./liveStatus.ts";
import type { FigureActions, FigureStatus } from "./status.ts";
import { sourceAdvice } from "./textAdvice.ts";
import { countsOf, type TokenCount } from "./tokenCounts.ts";

export type { LiveClient } from "./liveClient.ts";
export type { TokenCount } from "./tokenCounts.ts";

export interface LiveTextOptions {
  readonly client: LiveClient;
  /** Who asks; figures do not cancel each other's requests. */
  readonly channel: string;
  readonly stored: Trace;
  readonly source?: Signal<string> | undefined;
  readonly target?: Signal<string | null> | undefined;
  /** Gold alignment of a known pair. */
  readonly alignment?: (source: string, target: string | null) => Alignment | undefined;
}

export interface LiveText {
  readonly source: Signal<string>;
  /** Null while the model writes the target. */
  readonly target: Signal<string | null>;
  readonly trace: ReadonlySignal<Trace>;
  readonly live: ReadonlySignal<boolean>;
  /** The picture shows another text than the fields do. */
  readonly stale: ReadonlySignal<boolean>;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly counts: Readonly<Record<Side, ReadonlySignal<TokenCount>>>;
  /** The text in front of a sentence that tells the model what to do. */
  readonly instruction: string;
  /** What should be said about the source: that it is empty, or that a live run of it lacks the instruction. */
  readonly sourceAdvice: ReadonlySignal<ReturnType<typeof sourceAdvice>>;
  readonly actions: FigureActions;
  /** Puts a text from a link into the fields, once and only before the first edit; it is not run until the reader asks. */
  restore(source: string, target: string | null): void;
  /** Back to the stored text and picture. */
  reset(): void;
  /** Starts to follow edits; answers with a function that stops. Called once in the browser by each figure. */
  follow(): () => void;
}

const shared = new WeakMap<Signal<string>, LiveText>();

/** The live text of a `source` signal; the first figure that asks makes it. */
export function liveText(options: LiveTextOptions): LiveText {
  const known = options.source && shared.get(options.source);
  if (known) return known;
  const made = createLiveText(options);
  if (options.source) shared.set(options.source, made);
  return made;
}

/** Makes a live text that nobody shares. */
export function createLiveText(options: LiveTextOptions): LiveText {
  const { client, stored } = options;
  const source = options.source ?? signal(stored.source.text);
  const target = options.target ?? signal(storedTarget(stored));
  const trace = signal(stored);
  const live = signal(false);
  const running = signal(false);
  const failed = signal<Failure | null>(null);
  /** The texts of which the trace is a run. */
  const shown = signal(keyOf(stored.source.text, storedTarget(stored)));
  const stale = computed(() => keyOf(source.value, target.value) !== shown.value);
  /** Texts that are not run until the reader asks; null once the reader has edited or asked. */
  const held = signal<string | null>(keyOf(source.peek(), target.peek()));
  let restored = false;
  let asked = 0;

  async function run(): Promise<void> {
    const mine = ++asked;
    held.value = null;
    running.value = true;
    const request = { source: source.peek(), target: target.peek() };
    const alignment = options.alignment?.(request.source, request.target);
    const answer = await client.trace(alignment ? { ...request, alignment } : request, options.channel);
    if (mine !== asked) return;
    batch(() => {
      running.value = false;
      failed.value = answer.ok || isQuiet(answer.failure) ? null : answer.failure;
      if (!answer.ok) return;
      trace.value = answer.value;
      shown.value = keyOf(request.source, request.target);
      live.value = true;
    });
  }

  async function rerun(): Promise<void> {
    const answer = await client.retry();
    if (answer.ok) await run();
  }

  function followEdits(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      const key = keyOf(source.value, target.value);
      clearTimeout(timer);
      if (key === held.peek()) return;
      held.value = null;
      if (!stale.peek() && !running.peek()) return;
      // Changes made together are one edit; of edits that come too fast, the client drops all but the newest.
      timer = setTimeout(run);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }

  function setTexts(newSource: string, newTarget: string | null, hold: boolean): void {
    batch(() => {
      if (hold) held.value = keyOf(newSource, newTarget);
      source.value = newSource;
      target.value = newTarget;
    });
  }

  const actions: FigureActions = {
    run: () => void run(),
    cancel: () => {
      asked++;
      running.value = false;
      held.value = keyOf(source.peek(), target.peek());
      client.cancelLoad();
    },
    prefer: (preference) => {
      client.devicePreference.value = preference;
    },
    act: (action) => {
      failed.value = null;
      if (action === "reload") location.reload();
      if (action === "use-wasm") client.devicePreference.value = "wasm";
      if (action === "shorten") return shorten(source, target, client.modelInfo.limits, trace.peek());
      if (action === "retry" || action === "use-wasm") void rerun();
    },
  };

  return {
    source,
    target,
    trace,
    live,
    stale,
    status: computed(() =>
      statusOf(client, { live: live.value, stale: stale.value, running: running.value, failed: failed.value }),
    ),
    counts: countsOf(client, source, target, trace, held),
    instruction: client.modelInfo.instruction,
    sourceAdvice: computed(() => sourceAdvice(source.value, trace.value, client.modelInfo.instruction)),
    actions,
    restore: (newSource, newTarget) => {
      if (restored || held.peek() === null) return;
      restored = true;
      setTexts(newSource, newTarget, true);
    },
    reset: () =>
      batch(() => {
        asked++;
        setTexts(stored.source.text, storedTarget(stored), true);
        trace.value = stored;
        shown.value = keyOf(stored.source.text, storedTarget(stored));
        live.value = false;
        running.value = false;
        failed.value = null;
      }),
    follow: once(followEdits),
  };
}

/** Several figures follow one text: the first starts it, the last to leave stops it. */
function once(start: () => () => void): () => () => void {
  let followers = 0;
  let stop: (() => void) | undefined;
  return () => {
    if (followers++ === 0) stop = start();
    return () => {
      if (--followers === 0) stop?.();
    };
  };
}

function storedTarget(trace: Trace): string | null {
  return trace.target.origin === "generated" ? null : trace.target.text;
}

function keyOf(source: string, target: string | null): string {
  return JSON.stringify([source, target]);
}

function shorten(
  source: Signal<string>,
  target: Signal<string | null>,
  limits: Readonly<Record<Side, number>>,
  trace: Trace,
): void {
  const keep = (text: string, tokens: readonly Token[], limit: number) => {
    const end = tokens.filter((token) => !token.special)[limit - 2]?.end;
    return end === undefined || tokens.length === 0 ? text.slice(0, 1000) : text.slice(0, end);
  };
  source.value = keep(source.peek(), trace.source.tokens, limits.source);
  const written = target.peek();
  if (written !== null) target.value = keep(written, trace.target.written, limits.target);
}
