/** The figure's state: which model, which head, which output, how the two are compared, and the reader's own text. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AnyTrace, ModelInfo } from "../../../engine/model.ts";
import type { RemovalRow } from "../../../engine/study.ts";
import { readState } from "../../../lib/urlState.ts";
import type { Comparison, Removal } from "../../../stored/removal.ts";
import { hitsOf, meanLists, topOf, weightsOf } from "../../../stored/removalRows.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { staleNotice } from "./notice.ts";
import type { OwnText } from "./ownText.ts";
import { placesOf, type Removed } from "./removalRuns.ts";
import { readingOf, STILL } from "./words.ts";

/** A model with its stored study and its text. */
export interface Offer {
  readonly info: ModelInfo;
  readonly removal: Removal;
  readonly text: OwnText<Removed>;
}

export interface RemovalOptions {
  readonly id: string;
  /** The first is shown at first. */
  readonly offers: readonly Offer[];
  /** The output whose dots are named at first, by its text. */
  readonly output?: string | undefined;
  /** A run of the first model's stored text. */
  readonly run: AnyTrace;
  readonly evidence?: Signal<Evidence | null> | undefined;
}

/** What exercises are given: the falls and hits of the shown text by name. */
export interface Evidence extends FigureEvidence {
  readonly numbers?: Readonly<Record<string, number>>;
}

export interface RemovalState {
  readonly id: string;
  readonly offer: ReadonlySignal<Offer>;
  readonly offers: readonly Offer[];
  readonly rows: ReadonlySignal<readonly RemovalRow[]>;
  readonly row: ReadonlySignal<RemovalRow>;
  /** Null for the mean of all. */
  readonly head: ReadonlySignal<number | null>;
  readonly output: ReadonlySignal<number>;
  readonly by: Signal<Comparison>;
  /** Pointed at, else taken away. */
  readonly token: ReadonlySignal<number | null>;
  readonly held: ReadonlySignal<number | null>;
  /** Figures of the shown text: `[head + 1]`. */
  readonly own: ReadonlySignal<readonly number[]>;
  readonly ownName: ReadonlySignal<string>;
  readonly reading: ReadonlySignal<string>;
  readonly notice: ReadonlySignal<string | null>;
  chooseModel(id: string): void;
  chooseHead(head: number | null): void;
  chooseOutput(output: number): void;
  point(token: number | null): void;
  hold(token: number): void;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
  /** Publishes to the exercises; answers with a function that stops. */
  connect(): () => void;
}

export function removalState(options: RemovalOptions): RemovalState {
  const { id, offers } = options;
  const [first] = offers;
  if (!first) throw new RangeError("the figure offers no model");
  const model = signal(first.info.id);
  const chosenHead = signal<number | null>(null);
  const startOutput = Math.max(
    0,
    first.removal.shown.findIndex(({ output }) => output === options.output),
  );
  const chosenOutput = signal(startOutput);
  const by = signal<Comparison>("rho");
  const pointed = signal<number | null>(null);
  const held = signal<number | null>(null);
  const notice = signal<string | null>(null);

  const offer = computed(() => offers.find(({ info }) => info.id === model.value) ?? first);
  const rows = computed(() => offer.value.text.found.value.rows);
  const output = computed(() => Math.min(chosenOutput.value, rows.value.length - 1));
  const row = computed(() => rows.value[output.value] ?? emptyRow());
  const heads = computed(() => offer.value.removal.rho.mean.length - 1);
  const head = computed(() => (chosenHead.value !== null && chosenHead.value < heads.value ? chosenHead.value : null));
  const within = (token: number | null) => (token !== null && token < row.value.tokens.length ? token : null);
  const token = computed(() => within(pointed.value) ?? within(held.value));
  const letGo = () => {
    pointed.value = null;
    held.value = null;
  };
  const fields = () => ({
    model: model.value,
    head: head.value,
    output: output.value,
    by: by.value,
    source: offer.value.text.source.value,
    answer: offer.value.text.answer.value,
  });
  const defaults = JSON.stringify({ ...fields() });

  return {
    id,
    offer,
    offers,
    rows,
    row,
    head,
    output,
    by,
    token,
    held: computed(() => within(held.value)),
    own: computed(() => meanLists(rows.value.map((each) => (by.value === "rho" ? each.correlation : hitsOf(each))))),
    ownName: computed(() => (offer.value.text.found.value.live ? "your sentence" : "this sentence")),
    reading: computed(() =>
      readingOf(offer.value.removal, row.value, { head: head.value, by: by.value, token: token.value }),
    ),
    notice: computed(() => notice.value ?? staleNotice(offer.value.text)),
    chooseModel: (next) =>
      batch(() => {
        if (next === model.peek()) return;
        letGo();
        model.value = next;
        chosenHead.value = null;
        chosenOutput.value = next === first.info.id ? startOutput : 0;
      }),
    chooseHead: (next) => {
      chosenHead.value = next;
    },
    chooseOutput: (next) => {
      chosenOutput.value = next;
    },
    point: (next) => {
      pointed.value = next;
    },
    hold: (next) => {
      held.value = held.peek() === next ? null : next;
    },
    reset: () =>
      batch(() => {
        letGo();
        for (const { text } of offers) text.reset();
        model.value = first.info.id;
        chosenHead.value = null;
        chosenOutput.value = startOutput;
        by.value = "rho";
        notice.value = null;
      }),
    fields: () => (JSON.stringify(fields()) === defaults ? null : fields()),
    restore: (search) => batch(() => restore(search)),
    connect: () =>
      effect(() => {
        if (options.evidence)
          options.evidence.value = offer.value === first ? evidenceOf(id, first, options.run) : null;
      }),
  };

  function restore(search: string): void {
    const state = readState(search, id);
    if (state.kind === "none") return;
    if (state.kind === "refused") {
      notice.value = `The link’s state for this figure was not used: ${state.reason}. You see the figure as it starts.`;
      return;
    }
    const field = (name: string): unknown => state.fields.get(name);
    const named = offers.find(({ info }) => info.id === field("model"));
    if (named) model.value = named.info.id;
    chosenHead.value = place(field("head"));
    chosenOutput.value = place(field("output")) ?? startOutput;
    by.value = field("by") === "hit" ? "hit" : "rho";
    const { text } = offer.peek();
    if (isText(field("source"))) text.source.value = String(field("source"));
    if (isText(field("answer"))) text.answer.value = String(field("answer"));
  }
}

/** The longest text that a link may hold, in characters. */
const MAX_TEXT = 8_000;

function isText(value: unknown): boolean {
  return typeof value === "string" && value.length <= MAX_TEXT;
}

function place(value: unknown): number | null {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null;
}

function emptyRow(): RemovalRow {
  return {
    source: "",
    output: "",
    tokens: [],
    effect: [],
    weights: { data: new Float32Array(), shape: [0, 0] },
    correlation: [],
  };
}

/** The numbers of the shown text: `fall.<output>.<place>` in nats, and on how many outputs attention points elsewhere. */
function evidenceOf(figure: string, { text }: Offer, stored: AnyTrace): Evidence {
  const { rows, live, trace } = text.found.value;
  const shown = trace ?? stored;
  const numbers = { ...fallsOf(rows, shown), misses: missesOf(rows) };
  return { figure, trace: shown, live, focus: null, numbers };
}

/** The falls of a text's outputs, as `fall.<output>.<place>`. */
export function fallsOf(rows: readonly RemovalRow[], { source }: AnyTrace): Readonly<Record<string, number>> {
  const falls = rows.flatMap((row) => {
    const places = placesOf(source.tokens, row);
    return row.effect.map((fall, at) => [`fall.${row.output}.${places[at]}`, fall] as const);
  });
  return Object.fromEntries(falls);
}

/** Outputs that miss some token, but not the one that all heads together look at most. */
export function missesOf(rows: readonly RemovalRow[]): number {
  return rows.filter((row) => {
    const costliest = topOf(row.effect);
    return (row.effect[costliest] ?? 0) >= STILL && topOf(weightsOf(row, null)) !== costliest;
  }).length;
}
