/** Ranking all heads, and switching them off in that order: studies with progress, kept by what they were made of. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { HeadOrders, HeadSweep, StudyProgress } from "../../../engine/study.ts";
import type { Failure } from "../../../lib/failure.ts";
import { shuffles, stepsFor } from "../../../lib/headOrders.ts";
import type { HeadTask } from "../../../stored/headTasks.ts";
import { type RankedHead, rankedHeads } from "../../../stored/ranking.ts";
import type { ModelClient } from "../../../workers/client.ts";
import { isQuiet } from "../../views/figure/liveStatus.ts";
import { type Choice, isWhole, promptsOf, rankKey } from "./choice.ts";

/** What is known of a choice's heads. */
export interface Ranked {
  readonly sweep: HeadSweep;
  /** The head that the answer needs most first. */
  readonly heads: readonly RankedHead[];
  readonly curve: HeadOrders | null;
  readonly live: boolean;
}

export type Job = "rank" | "curve";

export interface RankingOptions {
  readonly id: string;
  readonly choice: ReadonlySignal<Choice>;
  readonly task: ReadonlySignal<HeadTask>;
  readonly clientOf: (model: string) => ModelClient;
  readonly absent: (model: string) => boolean;
  readonly stored: (choice: Choice) => { readonly sweep: HeadSweep; readonly curve: HeadOrders | null } | null;
  /** Starts with what is stored. */
  readonly open: boolean;
}

export interface Ranking {
  /** Null until the reader has ranked this text. */
  readonly ranked: ReadonlySignal<Ranked | null>;
  /** What is under way. */
  readonly job: ReadonlySignal<Job | null>;
  readonly progress: ReadonlySignal<StudyProgress | null>;
  readonly failed: ReadonlySignal<Failure | null>;
  /** Whether anything can be ranked here. */
  readonly possible: ReadonlySignal<boolean>;
  rank(): Promise<void>;
  draw(): Promise<void>;
  cancel(): void;
  reset(): void;
}

export function createRanking(options: RankingOptions): Ranking {
  const { choice, task } = options;
  const channel = `${options.id}-rank`;
  const known = signal<Readonly<Record<string, Ranked>>>({});
  const job = signal<Job | null>(null);
  const progress = signal<StudyProgress | null>(null);
  const failed = signal<Failure | null>(null);
  const key = computed(() => rankKey(choice.value, task.value));
  const ranked = computed(() => known.value[key.value] ?? null);
  let client: ModelClient | null = null;

  const keep = (at: string, value: Ranked) => {
    known.value = { ...known.peek(), [at]: value };
  };
  const takeStored = () => {
    const stored = options.stored(choice.peek());
    if (stored) keep(key.peek(), { ...stored, heads: rankedHeads(stored.sweep), live: false });
  };
  if (options.open) takeStored();

  /** Runs a study of one kind at a time; null where it came to nothing. */
  async function study<T>(kind: Job, run: (of: ModelClient) => Promise<Outcome<T>>): Promise<T | null> {
    if (job.peek() !== null) return null;
    client = options.clientOf(choice.peek().model);
    batch(() => {
      job.value = kind;
      progress.value = null;
      failed.value = null;
    });
    const answer = await run(client);
    batch(() => {
      job.value = null;
      progress.value = null;
      if (!answer.ok && !isQuiet(answer.failure)) failed.value = answer.failure;
    });
    return answer.ok ? answer.value : null;
  }

  const hear = (next: StudyProgress) => {
    progress.value = next;
  };

  async function rank(): Promise<void> {
    const want = choice.peek();
    const at = key.peek();
    if (options.absent(want.model)) return takeStored();
    const prompts = promptsOf(want, task.peek());
    const sweep = await study("rank", (of) => of.study({ job: "sweep", prompts, fill: want.fill }, channel, hear));
    if (sweep) keep(at, { sweep, heads: rankedHeads(sweep), curve: null, live: true });
  }

  async function draw(): Promise<void> {
    const want = choice.peek();
    const at = key.peek();
    const before = ranked.peek();
    if (!before || options.absent(want.model)) return;
    const order = before.heads.map(({ ref }) => ref);
    const steps = stepsFor(order.length);
    const orders = [order, ...shuffles(order, steps.at(-1) ?? 0)];
    const prompts = promptsOf(want, task.peek());
    const curve = await study("curve", (of) =>
      of.study({ job: "orders", prompts, fill: want.fill, orders, steps }, channel, hear),
    );
    if (curve) keep(at, { ...before, curve });
  }

  return {
    ranked,
    job,
    progress,
    failed,
    possible: computed(() => {
      const { model } = choice.value;
      if (options.absent(model)) return options.stored(choice.value) !== null;
      return isWhole(choice.value, options.clientOf(model).modelInfo);
    }),
    rank,
    draw,
    cancel: () => client?.cancelStudy(channel),
    reset: () => {
      client?.cancelStudy(channel);
      known.value = {};
      failed.value = null;
      if (options.open) takeStored();
    },
  };
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };
