/** The figure's state: which model, what is asked of it, which output and token are looked at. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AnyTrace, ModelInfo } from "../../../engine/model.ts";
import { readState } from "../../../lib/urlState.ts";
import type { TextPlace } from "../../views/attribution/ColouredText.tsx";
import type { Cell } from "../../views/attribution/grid.ts";
import { type LiveStudy, liveStudy, type StudyClient } from "../../views/attribution/liveStudy.ts";
import { METHOD_WORDS } from "../../views/attribution/methodWords.ts";
import { type Question, readQuestion } from "../../views/attribution/question.ts";
import { type ScoredItem, type ScoredLine, scoredLines } from "../../views/attribution/scored.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { questionOf } from "./asked.ts";
import { numbersOf } from "./numbers.ts";
import { askPair, type Pair } from "./pair.ts";
import { type Row, rowAt } from "./rows.ts";
import { readingOf } from "./words.ts";

/** A model with what was stored of it. */
export interface OfferOptions {
  readonly client: StudyClient;
  readonly absent: boolean;
  /** What is asked at first. */
  readonly first: Question;
  /** Stored answers by question. */
  readonly stored: (question: Question) => Pair | null;
}

export interface TextStateOptions {
  readonly id: string;
  readonly contrast: boolean;
  /** The first is shown at first. */
  readonly offers: readonly OfferOptions[];
  readonly evidence?: Signal<FigureEvidence | null> | undefined;
}

/** A model in the figure. */
export interface Offer {
  readonly info: ModelInfo;
  /** What the reader has chosen. */
  readonly chosen: Signal<Question>;
  readonly study: LiveStudy<Question, Pair>;
}

/** How the picture is drawn. */
export interface View {
  /** Sub-words are summed to words. */
  readonly words: boolean;
  /** The table's colours: one scale for all rows, or one for each. */
  readonly by: "all" | "row";
  /** Encoder: the second sentence is coloured. */
  readonly second: boolean;
}

export const FIRST_VIEW: View = { words: false, by: "all", second: false };

export interface TextState {
  readonly id: string;
  readonly contrast: boolean;
  readonly offers: readonly Offer[];
  readonly offer: ReadonlySignal<Offer>;
  readonly view: Signal<View>;
  /** The row that is explained, by itself and against a word. */
  readonly row: ReadonlySignal<Row>;
  readonly contrastRow: ReadonlySignal<Row | null>;
  readonly lines: ReadonlySignal<readonly ScoredLine[]>;
  readonly contrastLines: ReadonlySignal<readonly ScoredLine[] | null>;
  /** A token that is pointed at, in the one text or the other. */
  readonly pointed: Signal<{ readonly of: "plain" | "contrast"; readonly place: TextPlace } | null>;
  readonly cell: Signal<Cell | null>;
  readonly reading: ReadonlySignal<string>;
  readonly notice: ReadonlySignal<string | null>;
  chooseModel(id: string): void;
  /** Changes what is asked; a method and its settings hold for all models. */
  ask(change: Partial<Question>): void;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
  /** Follows the questions and publishes to the exercises; answers with a function that stops. */
  connect(): () => void;
}

/** What all models are asked alike. */
const SHARED: readonly (keyof Question)[] = ["method", "norm", "baseline", "steps", "rule", "scale"];

export function textState(options: TextStateOptions): TextState {
  const { id, contrast } = options;
  const view = signal(FIRST_VIEW);
  const offers = options.offers.map((each) => offerOf(each, options, view));
  const [first] = offers;
  if (!first) throw new RangeError("the figure offers no model");
  const model = signal(first.info.id);
  const damage = signal<string | null>(null);
  const pointed: TextState["pointed"] = signal(null);
  const cell = signal<Cell | null>(null);

  const offer = computed(() => offers.find(({ info }) => info.id === model.value) ?? first);
  const shown = computed(() => offer.value.study.shown.value);
  const place = computed(() => shown.value.question.place ?? offer.value.chosen.value.place ?? 0);
  const row = computed(() => rowAt(shown.value.result.plain, place.value));
  const contrastRow = computed(() => {
    const { contrast: answer } = shown.value.result;
    return answer && rowAt(answer, place.value);
  });
  const linesOf = ({ attribution, row: at, place: written }: Row) =>
    scoredLines(attribution, {
      row: at,
      words: view.value.words,
      ...(written !== undefined && { place: written }),
      ...(attribution.targets[0]?.kind === "similarity" && { label: "coloured" }),
    });
  const lines = computed(() => linesOf(row.value));
  const contrastLines = computed(() => contrastRow.value && linesOf(contrastRow.value));
  const fields = () => ({ model: model.value, ...offer.value.chosen.value, ...view.value });
  const defaults = JSON.stringify(fields());

  return {
    id,
    contrast,
    offers,
    offer,
    view,
    row,
    contrastRow,
    lines,
    contrastLines,
    pointed,
    cell,
    reading: computed(() => readingNow()),
    notice: computed(() => damage.value ?? staleNotice(offer.value)),
    chooseModel: (next) =>
      batch(() => {
        pointed.value = null;
        cell.value = null;
        model.value = next;
      }),
    ask: (change) => batch(() => ask(change)),
    reset: () => batch(reset),
    fields: () => (JSON.stringify(fields()) === defaults ? null : fields()),
    restore: (search) => batch(() => restore(search)),
    connect: () => {
      const stops = offers.map(({ study }) => study.follow());
      const publish = effect(() => {
        const { evidence } = options;
        if (evidence) evidence.value = evidenceOf(id, shown.value);
      });
      return () => {
        for (const stop of [...stops, publish]) stop();
      };
    },
  };

  function readingNow(): string {
    const { question } = shown.value;
    const at = pointed.value;
    const item = (of: readonly ScoredLine[] | null): ScoredItem | null =>
      of?.find(({ side }) => side === at?.place.side)?.items[at?.place.at ?? -1] ?? null;
    if (contrastRow.value && contrastLines.value && at?.of !== "plain") {
      return readingOf(contrastRow.value, contrastLines.value, question, item(contrastLines.value));
    }
    return readingOf(row.value, lines.value, { ...question, against: "" }, at && item(lines.value));
  }

  function ask(change: Partial<Question>): void {
    pointed.value = null;
    cell.value = null;
    const shared = Object.fromEntries(Object.entries(change).filter(([name]) => SHARED.some((each) => each === name)));
    for (const each of offers) {
      const mine = each === offer.peek() ? change : shared;
      if (Object.keys(mine).length > 0) each.chosen.value = { ...each.chosen.peek(), ...mine };
    }
  }

  function reset(): void {
    view.value = FIRST_VIEW;
    model.value = first?.info.id ?? "";
    damage.value = null;
    pointed.value = null;
    cell.value = null;
    for (const [at, each] of offers.entries()) {
      each.chosen.value = options.offers[at]?.first ?? each.chosen.peek();
      each.study.reset();
    }
  }

  function restore(search: string): void {
    const state = readState(search, id);
    if (state.kind === "none") return;
    if (state.kind === "refused") {
      damage.value = `The link’s state for this figure was not used: ${state.reason}. You see the figure as it starts.`;
      return;
    }
    const named = offers.find(({ info }) => info.id === state.fields.get("model"));
    if (named) model.value = named.info.id;
    const is = (name: keyof View): boolean => state.fields.get(name) === true;
    view.value = { words: is("words"), second: is("second"), by: state.fields.get("by") === "row" ? "row" : "all" };
    ask(readQuestion(state.fields, offer.peek().chosen.peek()));
  }
}

function offerOf(
  { client, absent, first, stored }: OfferOptions,
  { id, contrast }: TextStateOptions,
  view: ReadonlySignal<View>,
): Offer {
  const { modelInfo: info } = client;
  const chosen = signal(first);
  const channel = `${id}/${info.id}`;
  const question = computed(() =>
    questionOf(chosen.value, { family: info.family, contrast, second: view.value.second }),
  );
  const study = liveStudy<Question, Pair>({
    client,
    channel,
    question,
    stored,
    work: (asked, tell) => askPair(client, channel, asked, tell),
    absent,
    follows: ({ method }) => !METHOD_WORDS[method].slow,
  });
  return { info, chosen, study };
}

/** That the picture is not what the controls ask for. */
function staleNotice({ study }: Offer): string | null {
  const { stale, phase, absent } = study.status.value;
  if (!stale || phase === "running" || phase === "loading" || phase === "failed") return null;
  if (absent)
    return "This copy of the site has no stored answer to that and lacks the model. The picture is as it was.";
  const stopped = study.stopped.value ? "Stopped. " : "";
  return `${stopped}The picture is still as it was before; press Run it live to compute this one.`;
}

function evidenceOf(
  figure: string,
  { result, live, question }: { readonly result: Pair; readonly live: boolean; readonly question: Question },
): FigureEvidence & { readonly trace: AnyTrace } {
  return { figure, trace: result.plain.trace, live, focus: null, numbers: numbersOf(result, question) };
}
