/** The walk through a repeat: one run of random tokens that come twice, one head of it, and what each token cost. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AnyTrace, HeadRef, Role, RunRequest } from "../../../engine/model.ts";
import type { Failure } from "../../../lib/failure.ts";
import { below, seeded } from "../../../lib/random.ts";
import { readState } from "../../../lib/urlState.ts";
import {
  type AttentionFigure,
  type AttentionFigureOptions,
  attentionFigure,
} from "../../views/attention/attentionFigure.ts";
import { DEFAULT_CHOICE } from "../../views/attention/choice.ts";
import { wholeState } from "../../views/attention/link.ts";
import type { Cell } from "../../views/attention/MatrixView.tsx";
import type { Outcome } from "../../views/figure/liveClient.ts";
import type { SwitchedText } from "../../views/figure/liveModels.ts";
import type { FigureStatus } from "../../views/figure/status.ts";
import { withRun } from "./withRun.ts";
import { headName } from "./words.ts";

/** The two roles of the circuit, in the order in which they work. */
export const STEPS = ["previous", "induction"] as const satisfies readonly Role[];
export type Step = (typeof STEPS)[number];

/** Most draws that a link may name. */
const MOST_DRAWS = 999;

export interface RepeatOptions {
  readonly id: string;
  /** The stored run's text: its trace is what is shown at first. */
  readonly live: SwitchedText;
  readonly trace: (request: RunRequest) => Promise<Outcome<AnyTrace>>;
  readonly evidence?: AttentionFigureOptions["evidence"];
  readonly mark?: AttentionFigureOptions["mark"];
}

/** What one token cost. */
export interface Cost {
  /** Position in the run. */
  readonly at: number;
  /** −log P, in nats. */
  readonly loss: number;
  /** It stands in the second half, after its first token: the model has seen what comes next. */
  readonly known: boolean;
}

export interface RepeatState extends AttentionFigure {
  readonly chosen: ReadonlySignal<HeadRef>;
  /** The best head of the run for each step. */
  readonly bests: ReadonlySignal<Readonly<Record<Step, HeadRef>>>;
  /** The step of which the chosen head is the best; null for none. */
  readonly step: ReadonlySignal<Step | null>;
  /** All tokens but the first, which nothing predicts. */
  readonly costs: ReadonlySignal<readonly Cost[]>;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly reading: ReadonlySignal<string>;
  readonly cell: Signal<Cell | null>;
  show(step: Step): void;
  /** The tokens in another order, run live. */
  shuffle(): void;
}

export function repeatState(options: RepeatOptions): RepeatState {
  const { id, live } = options;
  const run = signal<AnyTrace | null>(null);
  const running = signal(false);
  const failed = signal<Failure | null>(null);
  const draw = signal(0);
  const asked = signal(0);
  const isLive = computed(() => run.value !== null);
  const stored = live.trace.peek();
  const first = bestsOf(stored).induction;
  const figure = attentionFigure({
    ...options,
    live: withRun(live, run, isLive),
    own: ["draw"],
    defaults: { ...DEFAULT_CHOICE, kind: first.kind, layer: first.layer, heads: [first.head] },
    focus: ({ kind, layer, heads }) => ({ kind, layer, head: heads[0] ?? 0 }),
  });
  const trace = computed(() => run.value ?? stored);
  const chosen = computed<HeadRef>(() => {
    const { kind, layer, heads } = figure.choice.value;
    return { kind, layer, head: heads[0] ?? 0 };
  });
  const bests = computed(() => bestsOf(trace.value));
  const costs = computed(() => costsOf(trace.value));

  async function shuffle(): Promise<void> {
    const next = draw.peek() + (run.peek() === null && draw.peek() > 0 ? 0 : 1);
    const mine = asked.peek() + 1;
    batch(() => {
      asked.value = mine;
      running.value = true;
      failed.value = null;
      draw.value = next;
    });
    const answer = await options.trace({ source: "", target: null, ids: shuffled(stored, next) });
    if (mine !== asked.peek()) return;
    batch(() => {
      running.value = false;
      if (answer.ok) run.value = answer.value;
      else if (answer.failure.code !== "cancelled") failed.value = answer.failure;
    });
  }

  return {
    ...figure,
    chosen,
    bests,
    costs,
    cell: signal<Cell | null>(null),
    step: computed(() => STEPS.find((step) => same(bests.value[step], chosen.value)) ?? null),
    status: computed(() => ({
      ...live.status.value,
      shown: isLive.value ? "live" : "stored",
      stale: isLive.value && !running.value,
      phase: running.value && live.status.value.phase !== "loading" ? "running" : live.status.value.phase,
      failure: failed.value ?? live.status.value.failure,
      offer: "Shuffle the tokens, live",
    })),
    reading: computed(() => readingOf(trace.value, chosen.value, costs.value)),
    notice: computed(() => {
      if (draw.value > 0 && run.value === null && !running.value) {
        return `The link speaks of another order of the tokens (draw ${draw.value}); shuffle them live to see it.`;
      }
      return figure.notice.value;
    }),
    departure: signal(null),
    show: (step) => {
      const { layer, head } = bests.peek()[step];
      figure.patch({ layer, heads: [head] });
    },
    shuffle: () => void shuffle(),
    reset: () =>
      batch(() => {
        asked.value++;
        run.value = null;
        running.value = false;
        failed.value = null;
        draw.value = 0;
        figure.reset();
      }),
    fields: () => (draw.value > 0 ? { ...wholeState(figure.choice.value, live), draw: draw.value } : figure.fields()),
    restore: (search) =>
      batch(() => {
        const state = readState(search, id);
        const wanted = state.kind === "read" ? state.fields.get("draw") : undefined;
        draw.value = Number.isInteger(wanted) ? Math.min(MOST_DRAWS, Math.max(0, Number(wanted))) : 0;
        figure.restore(search);
      }),
  };
}

/** The best head of a run for each step. */
function bestsOf(trace: AnyTrace): Record<Step, HeadRef> {
  const best = (role: Step): HeadRef => {
    const scores = trace.roles.find((each) => each.role === role);
    const { data, shape } = scores?.values ?? { data: new Float32Array([0]), shape: [1, 1] };
    const at = data.indexOf(data.reduce((most, value) => Math.max(most, value), 0));
    const [, heads = 1] = shape;
    return { kind: scores?.kind ?? "decoder", layer: Math.floor(at / heads), head: at % heads };
  };
  return { previous: best("previous"), induction: best("induction") };
}

function same(a: HeadRef, b: HeadRef): boolean {
  return a.layer === b.layer && a.head === b.head;
}

/** Where the ordinary tokens begin, and how many a half has. */
function halves({ source }: AnyTrace): { readonly from: number; readonly length: number } {
  const from = Math.max(
    0,
    source.tokens.findIndex(({ special }) => !special),
  );
  return { from, length: Math.floor(source.tokens.filter(({ special }) => !special).length / 2) };
}

function costsOf(trace: AnyTrace): Cost[] {
  const { from, length } = halves(trace);
  return Array.from(trace.tokenLoss, (loss, before) => {
    const at = before + 1;
    return { at, loss, known: at > from + length };
  });
}

/** The ids of a run with each half in another order, the same in both: every draw has its own. */
function shuffled(trace: AnyTrace, draw: number): number[] {
  const ids = trace.source.tokens.map(({ id }) => id);
  const { from, length } = halves(trace);
  const half = ids.slice(from, from + length);
  const random = seeded(draw);
  for (let last = half.length - 1; last > 0; last--) {
    const other = below(random, last + 1);
    const [here = 0, there = 0] = [half[last], half[other]];
    half[last] = there;
    half[other] = here;
  }
  return [...ids.slice(0, from), ...half, ...half];
}

function readingOf(trace: AnyTrace, { layer, head }: HeadRef, costs: readonly Cost[]): string {
  const mean = (known: boolean) => {
    const part = costs.filter((cost) => cost.known === known);
    return part.reduce((sum, { loss }) => sum + loss, 0) / Math.max(1, part.length);
  };
  const score = (role: Step) => {
    const values = trace.roles.find((each) => each.role === role)?.values;
    return values?.data[layer * (values.shape[1] ?? 1) + head] ?? 0;
  };
  const name = headName({ layer, head });
  const who = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  return (
    `${who} puts ${score("induction").toFixed(2)} of its weight on the token after the same token’s earlier place, ` +
    `and ${score("previous").toFixed(2)} on the token before. ` +
    `A token costs ${mean(false).toFixed(1)} nats the first time round, ${mean(true).toFixed(2)} once the repeat is under way.`
  );
}
