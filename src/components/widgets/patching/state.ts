/** The figure's state: which model, which pair of texts, and which state the reader looks at. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ModelInfo } from "../../../engine/model.ts";
import { readState } from "../../../lib/urlState.ts";
import { type LiveStudy, liveStudy, type StudyClient } from "../../views/attribution/liveStudy.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { askPatching, type Patched } from "./askPatching.ts";
import { type Counts, type LiveCounts, liveCounts } from "./counts.ts";
import { recoveredAt, type Spot } from "./maps.ts";
import { numbersOf } from "./numbers.ts";
import { type PatchQuestion, readPatch } from "./patchQuestion.ts";
import { countNotice, readingOf } from "./words.ts";

/** A model with what was stored of it. */
export interface OfferOptions {
  readonly client: StudyClient;
  readonly absent: boolean;
  /** What is asked at first. */
  readonly first: PatchQuestion;
  /** Stored answers by question. */
  readonly find: (question: PatchQuestion) => Patched | null;
}

export interface PatchingStateOptions {
  readonly id: string;
  /** The first is shown at first. */
  readonly offers: readonly OfferOptions[];
  readonly evidence?: Signal<FigureEvidence | null> | undefined;
}

/** A model in the figure. */
export interface Offer {
  readonly info: ModelInfo;
  /** What the reader has chosen. */
  readonly chosen: Signal<PatchQuestion>;
  readonly study: LiveStudy<PatchQuestion, Patched>;
  readonly counts: ReadonlySignal<Counts>;
  /** Starts to follow question and counts; answers with a function that stops. */
  readonly follow: () => () => void;
}

export interface PatchingState {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly offer: ReadonlySignal<Offer>;
  /** The state whose numbers are read: pressed, or else pointed at. Null for none. */
  readonly picked: Signal<Spot | null>;
  readonly pointed: Signal<Spot | null>;
  readonly spot: ReadonlySignal<Spot | null>;
  readonly reading: ReadonlySignal<string>;
  readonly notice: ReadonlySignal<string | null>;
  chooseModel(id: string): void;
  /** Changes what is asked. */
  ask(change: Partial<PatchQuestion>): void;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
  /** Follows the questions and publishes to the exercises; answers with a function that stops. */
  connect(): () => void;
}

export function patchingState(options: PatchingStateOptions): PatchingState {
  const { id } = options;
  const offers = options.offers.map((each) => offerOf(id, each));
  const [first] = offers;
  if (!first) throw new RangeError("the figure offers no model");
  const model = signal(first.info.id);
  const picked = signal<Spot | null>(null);
  const pointed = signal<Spot | null>(null);
  const damage = signal<string | null>(null);

  const offer = computed(() => offers.find(({ info }) => info.id === model.value) ?? first);
  const shown = computed(() => offer.value.study.shown.value);
  const spot = computed(() => known(pointed.value, shown.value.result) ?? known(picked.value, shown.value.result));
  const fields = () => ({ model: model.value, ...offer.value.chosen.value, ...spotFields(picked.value) });
  const defaults = JSON.stringify(fields());
  return {
    id,
    offers,
    offer,
    picked,
    pointed,
    spot,
    reading: computed(() => readingOf(shown.value.result, shown.value.question.against, spot.value)),
    notice: computed(() => damage.value ?? staleNotice(offer.value)),
    chooseModel: (next) =>
      batch(() => {
        model.value = next;
        picked.value = null;
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
        picked.value = null;
        pointed.value = null;
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
      const named = offers.find(({ info }) => info.id === link.fields.get("model")) ?? first;
      batch(() => {
        model.value = named.info.id;
        picked.value = readSpot(link.fields);
        named.chosen.value = readPatch(link.fields, named.chosen.peek());
      });
    },
    connect: () => {
      const publish = effect(() => {
        const { result, live } = shown.value;
        const { evidence } = options;
        if (evidence)
          evidence.value = { figure: id, trace: result.trace, live, focus: null, numbers: numbersOf(result) };
      });
      const stops = [...offers.map(({ follow }) => follow()), publish];
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
  const fits = (): boolean => countNotice(live.counts.value.clean, live.counts.value.corrupted) === null;
  const study = liveStudy<PatchQuestion, Patched>({
    client,
    channel: id,
    question: chosen,
    stored: find,
    absent,
    offer: "Patch it live",
    follows: () => quick && fits(),
    work: (question, tell) => askPatching(client, id, question, tell),
  });
  const live: LiveCounts = liveCounts(
    client,
    chosen,
    computed(() => {
      const { question, result } = study.shown.value;
      return { ...question, count: result.study.clean.source.length };
    }),
  );
  const follow = (): (() => void) => {
    const stops = [study.follow(), ...(absent ? [] : [live.follow()])];
    return () => {
      for (const stop of stops) stop();
    };
  };
  return { info, chosen, study, counts: live.counts, follow };
}

function staleNotice({ study, counts }: Offer): string | null {
  const { phase, absent } = study.status.value;
  if (!study.stale.value || phase === "running" || phase === "loading") return null;
  if (absent) return "Nothing is stored of this, and this copy of the site cannot run the model.";
  const { clean, corrupted } = counts.value;
  const unequal = countNotice(clean, corrupted);
  if (unequal) return unequal;
  if (phase === "failed") return null;
  return `${study.stopped.value ? "Stopped. " : ""}The picture shows the pair before; press Patch it live for this one.`;
}

/** A spot that the study has; else null. */
function known(spot: Spot | null, { study }: Patched): Spot | null {
  return spot && Number.isFinite(recoveredAt(study, spot)) ? spot : null;
}

function spotFields(spot: Spot | null): Record<string, unknown> {
  return spot ? { side: spot.side, layer: spot.layer, token: spot.token } : {};
}

/** Bounds of what a link may name. */
const MOST = 512;

function readSpot(fields: ReadonlyMap<string, unknown>): Spot | null {
  const [side, layer, token] = [fields.get("side"), fields.get("layer"), fields.get("token")];
  const whole = (value: unknown): value is number =>
    Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= MOST;
  if ((side !== "source" && side !== "target") || !whole(layer) || !whole(token)) return null;
  return { side, layer, token };
}
