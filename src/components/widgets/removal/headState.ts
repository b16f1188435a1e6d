/** The state of the figure of heads: which model, which head is named. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { readState } from "../../../lib/urlState.ts";
import type { Removal } from "../../../stored/removal.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { headReading } from "./headWords.ts";
import type { PlotOptions } from "./plot.ts";
import { headName } from "./ranks.ts";

export interface HeadState {
  readonly id: string;
  readonly studies: readonly Removal[];
  readonly removal: ReadonlySignal<Removal>;
  /** Chosen from the list; null for none. */
  readonly chosen: ReadonlySignal<number | null>;
  readonly reading: ReadonlySignal<string>;
  readonly plot: ReadonlySignal<PlotOptions>;
  chooseModel(model: string): void;
  chooseHead(head: number | null): void;
  point(head: number | null): void;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
}

export function headState(id: string, studies: readonly Removal[]): HeadState {
  const [first] = studies;
  if (!first) throw new RangeError("the figure shows no study");
  const model = signal(first.model);
  const chosen = signal<number | null>(null);
  const pointed = signal<number | null>(null);
  const removal = computed(() => studies.find((study) => study.model === model.value) ?? first);
  const within = (head: number | null) =>
    head !== null && head < (removal.value.heads?.weight.length ?? 0) ? head : null;
  const named = computed(() => within(pointed.value) ?? within(chosen.value));
  const set = (next: string, head: number | null) =>
    batch(() => {
      pointed.value = null;
      chosen.value = head;
      model.value = next;
    });
  return {
    id,
    studies,
    removal,
    chosen: computed(() => within(chosen.value)),
    reading: computed(() => headReading(removal.value, named.value)),
    plot: computed(() => plotOf(removal.value, named.value)),
    chooseModel: (next) => set(next, null),
    chooseHead: (head) => {
      chosen.value = head;
    },
    point: (head) => {
      pointed.value = head;
    },
    reset: () => set(first.model, null),
    fields: () =>
      model.value === first.model && chosen.value === null ? null : { model: model.value, head: chosen.value },
    restore: (search) => {
      const link = readState(search, id);
      if (link.kind !== "read") return;
      const known = studies.find((study) => study.model === link.fields.get("model"));
      const head = link.fields.get("head");
      set(known?.model ?? first.model, Number.isSafeInteger(head) && Number(head) >= 0 ? Number(head) : null);
    },
  };
}

function plotOf({ heads, shape, kind }: Removal, chosen: number | null): PlotOptions {
  const [, across = 1] = shape;
  const named = (heads?.weight ?? []).map((weight, at) => ({
    name: `${Math.floor(at / across) + 1}.${(at % across) + 1}`,
    across: weight,
    up: heads?.fall[at] ?? 0,
    interval: [heads?.low[at] ?? 0, heads?.high[at] ?? 0] as const,
  }));
  const followed = kind === "cross" ? "mean log-probability" : "logit difference";
  const up = `fall of ${followed} with the head off${kind === "cross" ? ", nats" : ""}`;
  return { named, others: [], chosen, across: "attention on the token that matters most", up };
}

/** Every head as a row. */
export function headTable({ heads, shape }: Removal): FigureTable {
  const of = (values: readonly number[] | undefined, at: number): number => values?.[at] ?? 0;
  return {
    caption: "Every head: its weight on the token that matters most, and the fall with the head off",
    columns: ["head", "attention on the token that matters most", "fall", "from", "to"],
    rows: heads?.weight.length ?? 0,
    row: (at) => [
      headName(at, shape),
      of(heads?.weight, at),
      of(heads?.fall, at),
      of(heads?.low, at),
      of(heads?.high, at),
    ],
  };
}
