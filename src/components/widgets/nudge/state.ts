/** The figure's state: which model, which token on which way, and where on it the reader looks. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AnyTrace, ModelInfo } from "../../../engine/model.ts";
import { clamp } from "../../../lib/format.ts";
import { readState } from "../../../lib/urlState.ts";
import { type LiveStudy, liveStudy, type StudyClient } from "../../views/attribution/liveStudy.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { askNudge, type Nudged, plainQuestion } from "./askNudge.ts";
import { type CurvePoint, pointAt, type TokenSlope, tokenSlopes } from "./curve.ts";
import { type NudgeQuestion, readNudge } from "./nudgeQuestion.ts";
import { numbersOf } from "./numbers.ts";
import { readingOf } from "./words.ts";

/** A model with what was stored of it. */
export interface OfferOptions {
  readonly client: StudyClient;
  readonly absent: boolean;
  /** What is asked at first. */
  readonly first: NudgeQuestion;
  /** Stored answers by question. */
  readonly stored: (question: NudgeQuestion) => Nudged | null;
}

export interface NudgeStateOptions {
  readonly id: string;
  /** The first is shown at first. */
  readonly offers: readonly OfferOptions[];
  /** Gives the first model's stored run; asked for in the browser, when exercises listen. */
  readonly run: () => Promise<AnyTrace>;
  readonly evidence?: Signal<FigureEvidence | null> | undefined;
}

/** A model in the figure. */
export interface Offer {
  readonly info: ModelInfo;
  /** What the reader has chosen. */
  readonly chosen: Signal<NudgeQuestion>;
  readonly study: LiveStudy<NudgeQuestion, Nudged>;
}

export interface NudgeState {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly offer: ReadonlySignal<Offer>;
  /** Where the reader looks, as a share of the reach: −1 to 1. */
  readonly at: Signal<number>;
  readonly point: ReadonlySignal<CurvePoint>;
  readonly slopes: ReadonlySignal<readonly TokenSlope[]>;
  readonly reading: ReadonlySignal<string>;
  readonly notice: ReadonlySignal<string | null>;
  chooseModel(id: string): void;
  /** Changes what is asked. */
  ask(change: Partial<NudgeQuestion>): void;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
  /** Follows the questions and publishes to the exercises; answers with a function that stops. */
  connect(): () => void;
}

/** Where the reader looks at first: half of the way. */
const FIRST_AT = 0.5;

export function nudgeState(options: NudgeStateOptions): NudgeState {
  const { id } = options;
  const offers = options.offers.map((each) => offerOf(id, each));
  const [first] = offers;
  if (!first) throw new RangeError("the figure offers no model");
  const model = signal(first.info.id);
  const at = signal(FIRST_AT);
  const damage = signal<string | null>(null);

  const offer = computed(() => offers.find(({ info }) => info.id === model.value) ?? first);
  const shown = computed(() => offer.value.study.shown.value);
  const point = computed(() => pointAt(shown.value.result.study, at.value * shown.value.question.reach));
  const fields = () => ({ model: model.value, at: at.value, ...offer.value.chosen.value });
  const defaults = JSON.stringify(fields());
  return {
    id,
    offers,
    offer,
    at,
    point,
    slopes: computed(() => tokenSlopes(shown.value.result.study)),
    reading: computed(() => readingOf(shown.value.result, shown.value.question, point.value)),
    notice: computed(() => damage.value ?? staleNotice(offer.value)),
    chooseModel: (next) => {
      model.value = next;
    },
    ask: (change) => {
      const { chosen } = offer.peek();
      chosen.value = { ...chosen.peek(), ...change };
    },
    reset: () =>
      batch(() => {
        damage.value = null;
        model.value = first.info.id;
        at.value = FIRST_AT;
        for (const [index, { chosen, study }] of offers.entries()) {
          const begin = options.offers[index]?.first;
          if (begin) chosen.value = begin;
          study.reset();
        }
      }),
    fields: () => (JSON.stringify(fields()) === defaults ? null : fields()),
    restore: (search) => {
      const link = readState(search, id);
      if (link.kind === "refused")
        damage.value = `The link’s state for this figure was not used: ${link.reason}. You see the figure as it starts.`;
      if (link.kind !== "read") return;
      const named = offers.find(({ info }) => info.id === link.fields.get("model")) ?? first;
      batch(() => {
        model.value = named.info.id;
        at.value = clamp(link.fields.get("at"), -1, 1, FIRST_AT);
        named.chosen.value = readNudge(link.fields, named.chosen.peek());
      });
    },
    connect: () => {
      const stops = [...offers.map(({ study }) => study.follow()), publish(options, offer, first)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function offerOf(id: string, { client, absent, first, stored }: OfferOptions): Offer {
  const chosen = signal(first);
  const study = liveStudy<NudgeQuestion, Nudged>({
    client,
    channel: id,
    question: computed(() => plainQuestion(chosen.value)),
    stored,
    absent,
    offer: "Nudge it live",
    // Without a word there is nowhere to go.
    follows: ({ way, word }) => way !== "word" || word !== "",
    work: (question, tell) => askNudge(client, id, question, tell),
  });
  return { info: client.modelInfo, chosen, study };
}

function staleNotice({ study, chosen }: Offer): string | null {
  const { phase, absent } = study.status.value;
  if (!study.stale.value || phase === "running" || phase === "loading") return null;
  if (absent) return "Nothing is stored of this, and this copy of the site cannot run the model.";
  if (chosen.value.way === "word" && chosen.value.word.trim() === "") return "Type a word to move towards.";
  return "The picture shows the nudge before. Run yours live.";
}

/** Tells the exercises what is shown. */
function publish(options: NudgeStateOptions, offer: ReadonlySignal<Offer>, first: Offer): () => void {
  const { evidence, id } = options;
  if (!evidence) return () => {};
  const stored = signal<AnyTrace | null>(null);
  let left = false;
  void options.run().then(
    (trace) => {
      if (!left) stored.value = trace;
    },
    // The exercises fall back on the stored run of their own.
    () => {},
  );
  const stop = effect(() => {
    const { result, live } = offer.value.study.shown.value;
    const trace = result.trace ?? (offer.value === first ? stored.value : null);
    evidence.value = trace && { figure: id, trace, live, focus: null, numbers: numbersOf(result.study) };
  });
  return () => {
    left = true;
    stop();
  };
}
