/** The figure's state: which model, which text, which output, and what of it is drawn. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ModelInfo } from "../../../engine/model.ts";
import { readState } from "../../../lib/urlState.ts";
import type { Cell } from "../../views/attribution/grid.ts";
import { type LiveStudy, liveStudy, type StudyClient } from "../../views/attribution/liveStudy.ts";
import { type Question, readQuestion } from "../../views/attribution/question.ts";
import type { ScoredLine } from "../../views/attribution/scored.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { askLayers, type Layered, questionOf } from "./askLayers.ts";
import { numbersOf } from "./numbers.ts";
import { type LayerMap, linesOf, type Measure, mapsOf, type Row, rowAt, type Side } from "./row.ts";
import { readingOf } from "./words.ts";

/** A model with what was stored of it. */
export interface OfferOptions {
  readonly client: StudyClient;
  readonly absent: boolean;
  /** What is chosen at first. */
  readonly first: Question;
  /** Stored answers by question. */
  readonly find: (question: Question) => Layered | null;
}

export interface LayerStateOptions {
  readonly id: string;
  /** The first is shown at first. */
  readonly offers: readonly OfferOptions[];
  readonly evidence?: Signal<FigureEvidence | null> | undefined;
}

/** A model in the figure. */
export interface Offer {
  readonly info: ModelInfo;
  /** What the reader has chosen; `place` names the output that is looked at. */
  readonly chosen: Signal<Question>;
  readonly study: LiveStudy<Question, Layered>;
}

/** How the picture is drawn. */
export interface View {
  readonly measure: Measure;
  /** Colours: one scale for all layers, or one for each. */
  readonly by: "all" | "row";
  /** Sub-words are summed to words. */
  readonly words: boolean;
}

export const FIRST_VIEW: View = { measure: "norm", by: "row", words: false };

export interface LayerState {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly offer: ReadonlySignal<Offer>;
  readonly view: Signal<View>;
  readonly row: ReadonlySignal<Row>;
  readonly maps: ReadonlySignal<readonly LayerMap[]>;
  readonly attention: ReadonlySignal<readonly ScoredLine[]>;
  readonly rollout: ReadonlySignal<readonly ScoredLine[]>;
  /** The cell that is pointed at. */
  readonly cell: Signal<{ readonly side: Side; readonly cell: Cell } | null>;
  readonly reading: ReadonlySignal<string>;
  readonly notice: ReadonlySignal<string | null>;
  chooseModel(id: string): void;
  /** Changes what is asked. */
  ask(change: Partial<Question>): void;
  /** Changes how it is drawn. */
  draw(change: Partial<View>): void;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
  /** Follows the questions and publishes to the exercises; answers with a function that stops. */
  connect(): () => void;
}

export function layerState(options: LayerStateOptions): LayerState {
  const { id } = options;
  const offers = options.offers.map((each) => offerOf(id, each));
  const [first] = offers;
  if (!first) throw new RangeError("the figure offers no model");
  const model = signal(first.info.id);
  const view = signal(FIRST_VIEW);
  const cell: LayerState["cell"] = signal(null);
  const damage = signal<string | null>(null);

  const offer = computed(() => offers.find(({ info }) => info.id === model.value) ?? first);
  const shown = computed(() => offer.value.study.shown.value);
  const row = computed(() => rowAt(shown.value.result, offer.value.chosen.value.place ?? 0));
  const maps = computed(() => mapsOf(shown.value.result, row.value));
  const lines = (method: "attention" | "rollout") =>
    computed(() => linesOf(shown.value.result[method], row.value, view.value.words));
  const [attention, rollout] = [lines("attention"), lines("rollout")];
  const fields = () => {
    const { source, target, place, follow, to } = offer.value.chosen.value;
    return { model: model.value, source, target, place, follow, to, ...view.value };
  };
  const defaults = JSON.stringify(fields());
  return {
    id,
    offers,
    offer,
    view,
    row,
    maps,
    attention,
    rollout,
    cell,
    reading: computed(() => readingOf(row.value, maps.value, attention.value, rollout.value)),
    notice: computed(() => damage.value ?? staleNotice(offer.value)),
    chooseModel: (next) =>
      batch(() => {
        model.value = next;
        cell.value = null;
      }),
    ask: (change) =>
      batch(() => {
        cell.value = null;
        const { chosen } = offer.peek();
        chosen.value = { ...chosen.peek(), ...change };
      }),
    draw: (change) =>
      batch(() => {
        cell.value = null;
        view.value = { ...view.peek(), ...change };
      }),
    reset: () =>
      batch(() => {
        damage.value = null;
        model.value = first.info.id;
        view.value = FIRST_VIEW;
        cell.value = null;
        for (const [index, { chosen, study }] of offers.entries()) {
          chosen.value = options.offers[index]?.first ?? chosen.peek();
          study.reset();
        }
      }),
    fields: () => (JSON.stringify(fields()) === defaults ? null : fields()),
    restore: (search) => {
      const link = readState(search, id);
      if (link.kind === "refused")
        damage.value = `The link’s state for this figure was not used: ${link.reason}. You see the figure as it starts.`;
      if (link.kind !== "read") return;
      const asked = offers.find(({ info }) => info.id === link.fields.get("model")) ?? first;
      batch(() => {
        model.value = asked.info.id;
        view.value = readView(link.fields);
        const { source, target, place, follow, to } = readQuestion(link.fields, asked.chosen.peek());
        asked.chosen.value = { ...asked.chosen.peek(), source, target, place, follow, to };
      });
    },
    connect: () => {
      const publish = effect(() => {
        const { result, live } = shown.value;
        const { evidence } = options;
        const numbers = numbersOf(result, row.value);
        if (evidence) evidence.value = { figure: id, trace: result.trace, live, focus: null, numbers };
      });
      const stops = [...offers.map(({ study }) => study.follow()), publish];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function offerOf(id: string, { client, absent, first, find }: OfferOptions): Offer {
  const chosen = signal(first);
  const { modelInfo: info } = client;
  const study = liveStudy<Question, Layered>({
    client,
    channel: id,
    question: computed(() => questionOf(chosen.value, info.family)),
    stored: find,
    absent,
    work: (question, tell) => askLayers(client, id, question, tell),
  });
  return { info, chosen, study };
}

function staleNotice({ study }: Offer): string | null {
  const { phase, absent } = study.status.value;
  if (!study.stale.value || phase === "running" || phase === "loading" || phase === "failed") return null;
  if (absent) return "Nothing is stored of this, and this copy of the site cannot run the model.";
  return `${study.stopped.value ? "Stopped. " : ""}The picture is still as it was before; press Run it live to compute this one.`;
}

function readView(fields: ReadonlyMap<string, unknown>): View {
  return {
    measure: fields.get("measure") === "score" ? "score" : FIRST_VIEW.measure,
    by: fields.get("by") === "all" ? "all" : FIRST_VIEW.by,
    words: fields.get("words") === true,
  };
}
