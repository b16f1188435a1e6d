/**
 * The text under a figure and the trace of it: stored at first, live after the first edit or on request.
 * Figures that share a `source` signal share one of these, so one run updates them all.
 */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Alignment, Token, Trace } from "../../../engine/model.ts";
import type { Failure } from "../../../lib/failure.ts";
import type { FigureActions, FigureDevice, FigureStatus } from "./status.ts";

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };
type Side = "source" | "target";

/** What is asked of `workers/client`; its module fits. Given from outside so that views know no worker. */
export interface LiveClient {
  readonly modelStatus: ReadonlySignal<{
    readonly phase: "stored" | "loading" | "live" | "failed";
    readonly progress: { readonly stage: string; readonly loaded: number; readonly total: number } | null;
    readonly device: FigureDevice | null;
    readonly notices: readonly string[];
    readonly failure: Failure | null;
  }>;
  readonly devicePreference: Signal<"auto" | FigureDevice>;
  readonly modelInfo: { readonly limits: Readonly<Record<Side, number>> };
  cancelLoad(): void;
  retry(): Promise<Outcome<unknown>>;
  trace(
    request: { source: string; target: string | null; alignment?: Alignment },
    channel: string,
  ): Promise<Outcome<Trace>>;
  tokenize(text: string, side: Side): Promise<Outcome<readonly Token[]>>;
}

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

/** How many tokens a field holds, against the most that are sent. */
export interface TokenCount {
  /** Null until it is known. */
  readonly count: number | null;
  readonly limit: number;
  /** Tokens at the end that are not sent. */
  readonly cut: number;
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
  readonly actions: FigureActions;
  /** Puts a text from a link into the fields; it is not run until the reader asks. */
  restore(source: string, target: string | null): void;
  /** Back to the stored text and picture. */
  reset(): void;
  /** Starts to follow edits; answers with a function that stops. Called once in the browser by each figure. */
  follow(): () => void;
}

/** Edits closer together than this are one edit, in milliseconds. */
const DEBOUNCE = 30;

/** Stages of loading that are not a download. */
const STAGES: Readonly<Record<string, string>> = {
  session: "starting the model",
  check: "checking its numbers",
};

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
  const stale = computed(() => !shows(trace.value, source.value, target.value));
  const held = signal<string | null>(keyOf(source.peek(), target.peek()));
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
      timer = setTimeout(run, DEBOUNCE);
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
    actions,
    restore: (newSource, newTarget) => setTexts(newSource, newTarget, true),
    reset: () =>
      batch(() => {
        asked++;
        setTexts(stored.source.text, storedTarget(stored), true);
        trace.value = stored;
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

function shows(trace: Trace, source: string, target: string | null): boolean {
  return trace.source.text === source && storedTarget(trace) === target;
}

function keyOf(source: string, target: string | null): string {
  return JSON.stringify([source, target]);
}

/** Answers that need no word: a newer request took over, or the reader cancelled. */
function isQuiet(failure: Failure): boolean {
  return failure.code === "superseded" || failure.code === "cancelled";
}

interface RunState {
  readonly live: boolean;
  readonly stale: boolean;
  readonly running: boolean;
  readonly failed: Failure | null;
}

function statusOf(client: LiveClient, { live, stale, running, failed }: RunState): FigureStatus {
  const model = client.modelStatus.value;
  const phases = { stored: "idle", loading: "loading", live: running ? "running" : "ready", failed: "failed" } as const;
  const loadFailure = model.failure && !isQuiet(model.failure) ? model.failure : null;
  const failure = failed ?? loadFailure;
  return {
    shown: live ? "live" : "stored",
    stale,
    phase: failed ? "failed" : phases[model.phase],
    progress: model.progress && { loaded: model.progress.loaded, total: model.progress.total },
    stage: model.progress ? (STAGES[model.progress.stage] ?? "") : "",
    device: model.device,
    preference: client.devicePreference.value,
    notices: live ? model.notices : [],
    failure,
  };
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

function countsOf(
  client: LiveClient,
  source: Signal<string>,
  target: Signal<string | null>,
  trace: Signal<Trace>,
  held: Signal<string | null>,
): Record<Side, ReadonlySignal<TokenCount>> {
  const counted = {
    source: signal<readonly [string, number] | null>(null),
    target: signal<readonly [string, number] | null>(null),
  };
  const count = (side: Side, text: string, shown: string, tokens: number, cut: number): TokenCount => {
    const limit = client.modelInfo.limits[side];
    if (text === shown) return { count: tokens + cut, limit, cut };
    const known = counted[side].value;
    if (known?.[0] === text) return { count: known[1], limit, cut: Math.max(0, known[1] - limit) };
    if (typeof document !== "undefined" && held.value === null) ask(client, side, text, counted[side]);
    return { count: null, limit, cut: 0 };
  };
  return {
    source: computed(() => {
      const { source: shown, cut } = trace.value;
      return count("source", source.value, shown.text, shown.tokens.length, cut.source);
    }),
    target: computed(() => {
      const { target: shown, cut } = trace.value;
      return count("target", target.value ?? shown.text, shown.text, shown.written.length, cut.target);
    }),
  };
}

function ask(client: LiveClient, side: Side, text: string, into: Signal<readonly [string, number] | null>): void {
  void client.tokenize(text, side).then((answer) => {
    if (answer.ok) into.value = [text, answer.value.length];
  });
}
