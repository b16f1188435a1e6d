/** The figure's state: which model, which text and output, and which head the reader looks at. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ModelInfo } from "../../../engine/model.ts";
import { readState } from "../../../lib/urlState.ts";
import { type LiveStudy, liveStudy, type StudyClient } from "../../views/attribution/liveStudy.ts";
import { type Question, readQuestion } from "../../views/attribution/question.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { askGates, type Gated } from "./askGates.ts";
import { type HeadChange, headsOf, nameOf } from "./heads.ts";
import { numbersOf } from "./numbers.ts";
import { readingOf } from "./words.ts";

/** A model with what was stored of it. */
export interface OfferOptions {
  readonly client: StudyClient;
  readonly absent: boolean;
  /** What is asked at first. */
  readonly first: Question;
  /** Stored answers by question. */
  readonly find: (question: Question) => Gated | null;
}

export interface GateStateOptions {
  readonly id: string;
  /** The first is shown at first. */
  readonly offers: readonly OfferOptions[];
  readonly evidence?: Signal<FigureEvidence | null> | undefined;
}

/** A model in the figure. */
export interface Offer {
  readonly info: ModelInfo;
  /** What the reader has chosen. */
  readonly chosen: Signal<Question>;
  readonly study: LiveStudy<Question, Gated>;
}

export interface GateState {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly offer: ReadonlySignal<Offer>;
  readonly heads: ReadonlySignal<readonly HeadChange[]>;
  /** The name of the head that was chosen; empty for none. */
  readonly picked: Signal<string>;
  /** The name of the head that is pointed at. */
  readonly pointed: Signal<string | null>;
  readonly head: ReadonlySignal<HeadChange | null>;
  /** Drawn without the head that is farthest off. */
  readonly close: Signal<boolean>;
  readonly reading: ReadonlySignal<string>;
  readonly notice: ReadonlySignal<string | null>;
  chooseModel(id: string): void;
  /** Changes what is asked. */
  ask(change: Partial<Question>): void;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
  /** Follows the questions and publishes to the exercises; answers with a function that stops. */
  connect(): () => void;
}

export function gateState(options: GateStateOptions): GateState {
  const { id } = options;
  const offers = options.offers.map((each) => offerOf(id, each));
  const [first] = offers;
  if (!first) throw new RangeError("the figure offers no model");
  const model = signal(first.info.id);
  const picked = signal("");
  const pointed = signal<string | null>(null);
  const close = signal(false);
  const damage = signal<string | null>(null);

  const offer = computed(() => offers.find(({ info }) => info.id === model.value) ?? first);
  const shown = computed(() => offer.value.study.shown.value);
  const heads = computed(() => headsOf(shown.value.result.study));
  const named = (name: string | null) => heads.value.find((head) => nameOf(head) === name) ?? null;
  const head = computed(() => named(pointed.value) ?? named(picked.value));
  const fields = () => {
    const { source, target, place, follow } = offer.value.chosen.value;
    return { model: model.value, source, target, place, follow, head: picked.value, close: close.value };
  };
  const defaults = JSON.stringify(fields());
  return {
    id,
    offers,
    offer,
    heads,
    picked,
    pointed,
    head,
    close,
    reading: computed(() => readingOf(shown.value.result, head.value)),
    notice: computed(() => damage.value ?? staleNotice(offer.value)),
    chooseModel: (next) =>
      batch(() => {
        model.value = next;
        picked.value = "";
        pointed.value = null;
      }),
    ask: (change) => {
      const { chosen } = offer.peek();
      chosen.value = { ...chosen.peek(), ...change };
    },
    reset: () =>
      batch(() => {
        damage.value = null;
        model.value = first.info.id;
        picked.value = "";
        pointed.value = null;
        close.value = false;
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
      const name = link.fields.get("head");
      batch(() => {
        model.value = asked.info.id;
        close.value = link.fields.get("close") === true;
        const { source, target, place, follow } = readQuestion(link.fields, asked.chosen.peek());
        asked.chosen.value = { ...asked.chosen.peek(), source, target, place, follow };
        picked.value = typeof name === "string" ? name : "";
      });
    },
    connect: () => {
      const publish = effect(() => {
        const { result, live } = shown.value;
        const { evidence } = options;
        if (evidence)
          evidence.value = { figure: id, trace: result.trace, live, focus: null, numbers: numbersOf(result) };
      });
      const stops = [...offers.map(({ study }) => study.follow()), publish];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

/** Above this many layers a study takes minutes: it waits for the button. */
const QUICK_LAYERS = 12;

function offerOf(id: string, { client, absent, first, find }: OfferOptions): Offer {
  const chosen = signal(first);
  const { modelInfo: info } = client;
  const quick = info.layers.encoder + info.layers.decoder <= QUICK_LAYERS;
  const study = liveStudy<Question, Gated>({
    client,
    channel: id,
    question: chosen,
    stored: find,
    absent,
    offer: "Switch them off live",
    follows: () => quick,
    work: (question, tell) => askGates(client, id, question, tell),
  });
  return { info, chosen, study };
}

function staleNotice({ study }: Offer): string | null {
  const { phase, absent } = study.status.value;
  if (!study.stale.value || phase === "running" || phase === "loading" || phase === "failed") return null;
  if (absent) return "Nothing is stored of this, and this copy of the site cannot run the model.";
  return `${study.stopped.value ? "Stopped. " : ""}The picture shows the text before; press Switch them off live for this one.`;
}
