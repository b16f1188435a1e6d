/** One model's text in the figure: what was stored of it, and what a live run of the reader's own sentence gives. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AnyTrace, ModelInfo, Token } from "../../../engine/model.ts";
import type { Prompt, RemovalRow, StudyProgress } from "../../../engine/study.ts";
import { type Failure, failure } from "../../../lib/failure.ts";
import type { LiveClient, Outcome } from "../../views/figure/liveClient.ts";
import { isQuiet, statusOf } from "../../views/figure/liveStatus.ts";
import type { FigureActions, FigureStatus } from "../../views/figure/status.ts";
import { barePiece } from "../../views/tokens/face.ts";

/** What is asked of a model's client. */
export interface RemovalClient extends Omit<LiveClient, "trace" | "modelInfo"> {
  readonly modelInfo: ModelInfo;
  trace(request: { source: string; target: string | null }, channel: string): Promise<Outcome<AnyTrace>>;
  study(
    request: { readonly job: "removal"; readonly prompts: readonly Prompt[] },
    channel: string,
    onProgress: (progress: StudyProgress) => void,
  ): Promise<Outcome<{ readonly rows: readonly RemovalRow[] }>>;
  cancelStudy(channel: string): void;
}

/** A text with each of its tokens taken away. */
export interface Removed {
  readonly rows: readonly RemovalRow[];
  readonly live: boolean;
  /** The source's tokens, where the model ran live; null for what was stored. */
  readonly trace: AnyTrace | null;
  /** Runs of the model that it took; 0 when stored. */
  readonly runs: number;
}

export interface OwnText {
  readonly source: Signal<string>;
  /** A decoder's next word; empty for the model's own first choice. */
  readonly answer: Signal<string>;
  readonly removed: ReadonlySignal<Removed>;
  /** Null while nothing runs. */
  readonly progress: ReadonlySignal<StudyProgress | null>;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly actions: FigureActions;
  reset(): void;
}

export interface OwnTextOptions {
  readonly client: RemovalClient;
  readonly channel: string;
  readonly stored: readonly RemovalRow[];
  readonly absent: boolean;
}

/** Too few tokens to put in any order. */
const TOO_SHORT = failure("bad-input", "This text has fewer than three words to take away, or none was written.", {
  action: "none",
  stillWorks: "A longer sentence works.",
});

export function ownText({ client, channel, stored, absent }: OwnTextOptions): OwnText {
  const first = { source: stored[0]?.source ?? "", answer: isDecoder(client) ? (stored[0]?.output ?? "") : "" };
  const source = signal(first.source);
  const answer = signal(first.answer);
  const removed = signal<Removed>({ rows: stored, live: false, trace: null, runs: 0 });
  const shown = signal(first);
  const progress = signal<StudyProgress | null>(null);
  const failed = signal<Failure | null>(null);
  let asked = 0;

  async function run(): Promise<void> {
    if (absent) return;
    const mine = ++asked;
    const texts = { source: source.peek().trim(), answer: answer.peek().trim() };
    failed.value = null;
    progress.value = { done: 0, total: 0 };
    const tell = (next: StudyProgress) => {
      if (mine === asked) progress.value = next;
    };
    const outcome = await removeAll(client, channel, texts, tell);
    if (mine !== asked) return;
    batch(() => {
      progress.value = null;
      failed.value = outcome.ok || isQuiet(outcome.failure) ? null : outcome.failure;
      if (!outcome.ok) return;
      removed.value = outcome.value;
      shown.value = { source: source.peek(), answer: answer.peek() };
    });
  }

  async function rerun(): Promise<void> {
    const answer = await client.retry();
    if (answer.ok) await run();
  }

  const cancel = () => {
    asked++;
    progress.value = null;
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
      if (action === "reload") location.reload();
      if (action === "use-wasm") client.devicePreference.value = "wasm";
      if (action === "retry" || action === "use-wasm") void rerun();
    },
  };

  return {
    source,
    answer,
    removed,
    progress,
    actions,
    status: computed(() => ({
      ...statusOf(client, {
        live: removed.value.live,
        stale: source.value !== shown.value.source || answer.value !== shown.value.answer,
        running: progress.value !== null,
        failed: failed.value,
        absent,
      }),
      ...(progress.value && { phase: client.modelStatus.value.phase === "loading" ? "loading" : "running" }),
      offer: "Remove each token live",
    })),
    reset: () =>
      batch(() => {
        if (progress.peek()) cancel();
        failed.value = null;
        source.value = first.source;
        answer.value = first.answer;
        shown.value = first;
        removed.value = { rows: stored, live: false, trace: null, runs: 0 };
      }),
  };
}

function isDecoder({ modelInfo }: Pick<RemovalClient, "modelInfo">): boolean {
  return modelInfo.family === "decoder";
}

/** Runs the text, then once more without each of its tokens. */
async function removeAll(
  client: RemovalClient,
  channel: string,
  { source, answer }: { readonly source: string; readonly answer: string },
  tell: (progress: StudyProgress) => void,
): Promise<Outcome<Removed>> {
  const traced = await client.trace({ source, target: null }, channel);
  if (!traced.ok) return traced;
  const trace = traced.value;
  const next = answer === "" ? firstChoice(trace) : answer;
  const prompt: Prompt = { source, target: trace.target?.text ?? null, ...(isDecoder(client) && { answer: next }) };
  let runs = 1;
  const study = await client.study({ job: "removal", prompts: [prompt] }, channel, (progress) => {
    runs = 1 + progress.total;
    tell(progress);
  });
  if (!study.ok) return study;
  const { rows } = study.value;
  if (rows.length === 0) return { ok: false, failure: TOO_SHORT };
  return { ok: true, value: { rows, live: true, trace, runs } };
}

/** What a decoder would write next. */
function firstChoice(trace: AnyTrace): string {
  return barePiece(trace.predictions.at(-1)?.[0]?.piece ?? "").trim();
}

/** Places in the source of the tokens that were taken away. */
export function placesOf(tokens: readonly Token[], row: Pick<RemovalRow, "tokens">): number[] {
  const ordinary = tokens.flatMap((token, place) => (token.special || token.instruction ? [] : [place]));
  return ordinary.length === row.tokens.length ? ordinary : [];
}
