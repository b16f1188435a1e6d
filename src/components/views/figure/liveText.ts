/**
 * The text under a figure and the trace of it: stored at first, live after the first edit or on request.
 * Figures that share a `source` signal share one of these, so one run updates them all.
 */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Alignment, AnyTrace, Token } from "../../../engine/model.ts";
import type { Failure } from "../../../lib/failure.ts";
import type { ModelPlace } from "../../controls/modelOffer.ts";
import { actOn } from "./actOn.ts";
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
  readonly stored: AnyTrace;
  readonly source?: Signal<string> | undefined;
  readonly target?: Signal<string | null> | undefined;
  /** Gold alignment of a known pair. */
  readonly alignment?: (source: string, target: string | null) => Alignment | undefined;
  /** This copy of the site lacks the model: the stored run is all there is. */
  readonly absent?: boolean;
}

export interface LiveText {
  readonly source: Signal<string>;
  /** Null while the model writes the target, and where it has none. */
  readonly target: Signal<string | null>;
  readonly trace: ReadonlySignal<AnyTrace>;
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
  /** The models that the figure can go over to; left out where it has one. */
  readonly models?: ModelSwitch;
  /** Takes over a sentence that was typed for another model; it is not run until the reader asks this one. */
  offer(source: string): void;
  /** Puts a text from a link into the fields, once and only before the first edit; it is not run until the reader asks. */
  restore(source: string, target: string | null): void;
  /** Back to the stored text and picture. */
  reset(): void;
  /** Starts to follow edits; answers with a function that stops. Called once in the browser by each figure. */
  follow(): () => void;
}

/** Several models in one figure. */
export interface ModelSwitch {
  /** Their names. */
  readonly offered: readonly string[];
  readonly chosen: ReadonlySignal<string>;
  choose(model: string): void;
  /** Where a model is; followed like a signal. */
  placeOf(model: string): ModelPlace;
}

const shared = new WeakMap<Signal<string>, LiveText>();

/** The live text of a `source` signal; the first figure that asks makes it. Figures that share one show one model. */
export function liveText(options: LiveTextOptions): LiveText {
  const known = options.source && shared.get(options.source);
  if (known) return known;
  const made = createLiveText(options);
  if (options.source) shared.set(options.source, made);
  return made;
}

/** Makes a live text that nobody shares. */
export function createLiveText(options: LiveTextOptions): LiveText {
  const { client, stored, absent = false } = options;
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
    if (absent) return;
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
    // A sentence typed for another model meanwhile loads nothing here.
    if (held.peek() !== null) held.value = keyOf(source.peek(), target.peek());
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
      if (action === "shorten") return shorten(source, target, client.modelInfo.limits, trace.peek());
      actOn(action, client, () => void rerun());
    },
  };

  return {
    source,
    target,
    trace,
    live,
    stale,
    status: computed(() =>
      statusOf(client, { live: live.value, stale: stale.value, running: running.value, failed: failed.value, absent }),
    ),
    counts: countsOf(client, source, target, trace, held),
    instruction: client.modelInfo.instruction,
    sourceAdvice: computed(() => sourceAdvice(source.value, trace.value, client.modelInfo.instruction)),
    actions,
    offer: (newSource) => setTexts(newSource, target.peek(), held.peek() !== null),
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

function storedTarget({ target }: AnyTrace): string | null {
  return target === null || target.origin === "generated" ? null : target.text;
}

function keyOf(source: string, target: string | null): string {
  return JSON.stringify([source, target]);
}

function shorten(
  source: Signal<string>,
  target: Signal<string | null>,
  limits: Readonly<Record<Side, number>>,
  trace: AnyTrace,
): void {
  const keep = (text: string, tokens: readonly Token[], limit: number) => {
    const end = tokens.filter((token) => !token.special)[limit - 2]?.end;
    return end === undefined || tokens.length === 0 ? text.slice(0, 1000) : text.slice(0, end);
  };
  source.value = keep(source.peek(), trace.source.tokens, limits.source);
  const written = target.peek();
  if (written !== null && trace.target !== null) target.value = keep(written, trace.target.written, limits.target);
}
