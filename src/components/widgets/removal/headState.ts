/** The state of the figure of heads: which model, which head is named. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ModelInfo } from "../../../engine/model.ts";
import { readState } from "../../../lib/urlState.ts";
import type { Removal } from "../../../stored/removal.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import type { Level } from "./headRuns.ts";
import { headReading } from "./headWords.ts";
import { staleNotice } from "./notice.ts";
import type { OwnText } from "./ownText.ts";
import type { PlotOptions } from "./plot.ts";
import { headName } from "./ranks.ts";

/** A model with its stored study and its text. */
export interface HeadOffer {
  readonly info: ModelInfo;
  readonly removal: Removal;
  readonly text: OwnText<Level>;
}

export interface HeadState {
  readonly id: string;
  readonly offers: readonly HeadOffer[];
  readonly offer: ReadonlySignal<HeadOffer>;
  /** What is shown: the stored study's heads, or those of the reader's sentence. */
  readonly heads: ReadonlySignal<Level["heads"]>;
  /** Chosen from the list; null for none. */
  readonly chosen: ReadonlySignal<number | null>;
  readonly reading: ReadonlySignal<string>;
  readonly notice: ReadonlySignal<string | null>;
  readonly plot: ReadonlySignal<PlotOptions>;
  chooseModel(model: string): void;
  chooseHead(head: number | null): void;
  point(head: number | null): void;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
}

export function headState(id: string, offers: readonly HeadOffer[]): HeadState {
  const [first] = offers;
  if (!first) throw new RangeError("the figure shows no study");
  const model = signal(first.info.id);
  const chosen = signal<number | null>(null);
  const pointed = signal<number | null>(null);
  const offer = computed(() => offers.find(({ info }) => info.id === model.value) ?? first);
  const heads = computed(() => offer.value.text.found.value.heads);
  const within = (head: number | null) => (head !== null && head < heads.value.weight.length ? head : null);
  const named = computed(() => within(pointed.value) ?? within(chosen.value));
  const set = (next: string, head: number | null) =>
    batch(() => {
      pointed.value = null;
      chosen.value = head;
      model.value = next;
    });
  const fields = () => {
    const { source, answer } = offer.value.text;
    return { model: model.value, head: chosen.value, source: source.value, answer: answer.value };
  };
  const defaults = JSON.stringify(fields());
  return {
    id,
    offers,
    offer,
    heads,
    chosen: computed(() => within(chosen.value)),
    reading: computed(() => headReading(offer.value.removal, heads.value, named.value)),
    notice: computed(() => staleNotice(offer.value.text, `the mean over ${heads.value.prompts} texts`)),
    plot: computed(() => plotOf(offer.value.removal, heads.value, named.value)),
    chooseModel: (next) => set(next, null),
    chooseHead: (head) => {
      chosen.value = head;
    },
    point: (head) => {
      pointed.value = head;
    },
    reset: () =>
      batch(() => {
        for (const { text } of offers) text.reset();
        set(first.info.id, null);
      }),
    fields: () => (JSON.stringify(fields()) === defaults ? null : fields()),
    restore: (search) => {
      const link = readState(search, id);
      if (link.kind !== "read") return;
      const known = offers.find(({ info }) => info.id === link.fields.get("model"));
      const { text } = known ?? first;
      for (const name of ["source", "answer"] as const) {
        const typed = link.fields.get(name);
        if (typeof typed === "string" && typed.length <= MAX_TEXT) text[name].value = typed;
      }
      const head = link.fields.get("head");
      set(known?.info.id ?? first.info.id, Number.isSafeInteger(head) && Number(head) >= 0 ? Number(head) : null);
    },
  };
}

/** The longest text that a link may hold, in characters. */
const MAX_TEXT = 8_000;

function plotOf({ shape, kind }: Removal, heads: Level["heads"], chosen: number | null): PlotOptions {
  const [, across = 1] = shape;
  const named = heads.weight.map((weight, at) => ({
    name: `${Math.floor(at / across) + 1}.${(at % across) + 1}`,
    across: weight,
    up: heads.fall[at] ?? 0,
    ...(heads.prompts > 1 && { interval: [heads.low[at] ?? 0, heads.high[at] ?? 0] as const }),
  }));
  const followed = followedBy(kind);
  const up = `fall of ${followed} with the head off${kind === "cross" ? ", nats" : ""}`;
  return { named, others: [], chosen, across: "attention on the token that matters most", up };
}

function followedBy(kind: Removal["kind"]): string {
  return kind === "cross" ? "mean log-probability" : "logit difference";
}

/** Every head as a row that says what it is of. */
export function headTable({ shape, kind, model }: Removal, heads: Level["heads"]): FigureTable {
  const of = (values: readonly number[], at: number): number => values[at] ?? 0;
  const about = [followedBy(kind), model, heads.prompts > 1 ? `${heads.prompts} texts` : "one text"];
  return {
    caption: "Every head: its weight on the token that matters most, and the fall with the head off",
    columns: ["head", "attention on the token that matters most", "fall", "from", "to", "measure", "model", "corpus"],
    rows: heads.weight.length,
    row: (at) => {
      const numbers = [heads.weight, heads.fall, heads.low, heads.high].map((values) => of(values, at));
      return [headName(at, shape), ...numbers, ...about];
    },
  };
}
